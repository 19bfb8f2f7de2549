import { normalisedAddress } from '../../base/form/addresses.ts';

/** What a report says of one receiver (RFC 3464, 2.3). */
type ReportVerdict = { addresses: string[]; action: string; status: string; text: string };

/** What became of a letter: it never arrived and never will, or nothing that is for good. */
export type Fate = { fate: 'failed'; status: string; text: string } | { fate: 'open' };

/**
 * What a delivery report says of the letter to this address. Of several receivers only those count that are this one;
 * where none is, as with mail that is passed on, all of them count.
 * @param report the part of type message/delivery-status
 */
export function fateIn(report: string, receiver: string): Fate {
  const verdicts = verdictsIn(report);
  const own = verdicts.filter(({ addresses }) => addresses.includes(receiver));
  const [first, ...more] = own.length > 0 ? own : verdicts;
  if (!first || ![first, ...more].every(isForGood)) return { fate: 'open' };
  return { fate: 'failed', status: first.status, text: first.text };
}

function isForGood({ action, status }: ReportVerdict): boolean {
  return action === 'failed' && status.startsWith('5.');
}

/** The first group of fields is about the mail, each further one about a receiver. */
function verdictsIn(report: string): ReportVerdict[] {
  const groups = report
    .replace(/\r\n?/g, '\n')
    .split(/\n[ \t]*\n/)
    .map(fieldsIn);
  return groups
    .filter((fields) => fields.has('action'))
    .map((fields) => ({
      addresses: ['final-recipient', 'original-recipient'].flatMap(
        (name) => normalisedAddress(typed(fields, name)) ?? [],
      ),
      action: (fields.get('action') ?? '').toLowerCase(),
      status: /^\d\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '')?.[0] ?? '',
      text: typed(fields, 'diagnostic-code'),
    }));
}

/** Fields by name; one may go on over several lines. */
function fieldsIn(group: string): Map<string, string> {
  const lines = group.replace(/\n[ \t]+/g, ' ').split('\n');
  return new Map(
    lines.flatMap((line): [string, string][] => {
      const [, name = '', value = ''] = /^([\w-]+):(.*)$/.exec(line) ?? [];
      return name ? [[name.toLowerCase(), value.trim()]] : [];
    }),
  );
}

/** What stands after the type, as `rfc822; asa@example.se`. */
function typed(fields: Map<string, string>, name: string): string {
  const value = fields.get(name) ?? '';
  return value.slice(value.indexOf(';') + 1).trim();
}
