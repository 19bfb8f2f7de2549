import type { CommandStartedEvent, Document } from 'mongodb';
import { databaseClient } from '../../../src/base/database.ts';

/** Does some work. @returns every command that was sent to the database meanwhile, in their order */
export async function commandsOf(work: () => Promise<unknown>): Promise<Document[]> {
  const { client } = databaseClient();
  const commands: Document[] = [];
  const listen = ({ command }: CommandStartedEvent) => commands.push(command);
  client.on('commandStarted', listen);
  try {
    await work();
  } finally {
    client.off('commandStarted', listen);
  }
  return commands;
}

/** The parts of commands that look for documents: each of its own, with nothing that only concerns the connection. */
export function looksOf(commands: Document[]): Document[] {
  return commands.flatMap((command) => {
    const { lsid, $db, txnNumber, startTransaction, autocommit, $clusterTime, $readPreference, ...rest } =
      command;
    const [name = ''] = Object.keys(rest);
    if (name === 'update' || name === 'delete')
      return (rest[`${name}s`] as Document[]).map((one) => ({ [name]: rest[name], [`${name}s`]: [one] }));
    return ['find', 'aggregate', 'count', 'distinct', 'findAndModify'].includes(name) ? [rest] : [];
  });
}

/** What tells commands apart that look in the same way: the collection, the fields that are asked for, and the order. */
export function shapeOf(look: Document): string {
  const [name = ''] = Object.keys(look);
  const [operation = {}] = look.updates ?? look.deletes ?? [];
  const asked = look.filter ?? look.query ?? operation.q ?? look.pipeline?.[0]?.$match ?? look.pipeline ?? {};
  const order = look.sort ? ` by ${Object.keys(look.sort).join(', ')}` : '';
  return `${name} ${look[name]} ${fieldsIn(asked)}${order}`;
}

/** The fields and operators of a filter, without its values. */
function fieldsIn(filter: unknown): string {
  if (Array.isArray(filter)) return `[${[...new Set(filter.map(fieldsIn))].join(', ')}]`;
  if (filter === null || typeof filter !== 'object' || filter.constructor !== Object) return '';
  return `{ ${Object.entries(filter)
    .map(([name, value]) => (name.startsWith('$in') ? name : `${name} ${fieldsIn(value)}`.trim()))
    .join(', ')} }`;
}
