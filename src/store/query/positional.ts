import type { Document } from 'bson';
import type { Scope } from '../expressions/expression.ts';
import { refuse, StoreError } from '../values/errors.ts';
import { field, isDocument } from '../values/types.ts';
import { compileFilter } from './filter.ts';

/** How an update meets one document: the index for the positional `$`, and whether an upsert inserts it. */
export type How = { position?: number | undefined; inserting?: boolean };

/** Whether a name in a path is `$`, `$[]` or `$[identifier]`. */
export function isPositional(name: string): boolean {
  return /^\$(\[.*\])?$/.test(name);
}

/** By identifier, which elements `$[identifier]` stands for. */
export type ArrayFilters = Map<string, (element: unknown) => boolean>;

/** Compiles `arrayFilters`: each names one identifier, that one of the paths uses (9). */
export function arrayFiltersOf(conditions: Document[], paths: string[][], scope: Scope): ArrayFilters {
  const filters: ArrayFilters = new Map();
  for (const condition of conditions) {
    const [identifier = '', ...more] = new Set(identifiersOf(condition));
    if (identifier === '' || more.length > 0)
      throw new StoreError(9, 'Error parsing array filter: expected a single top-level field name');
    if (!/^[a-z][A-Za-z0-9]*$/.test(identifier))
      throw new StoreError(
        2,
        `The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${identifier}'`,
      );
    if (filters.has(identifier)) {
      throw new StoreError(
        9,
        `Found multiple array filters with the same top-level field name ${identifier}`,
      );
    }
    if (!paths.some((path) => path.includes(`$[${identifier}]`))) {
      throw new StoreError(9, `The array filter for identifier '${identifier}' was not used in the update`);
    }
    const filter = compileFilter(condition, scope);
    filters.set(identifier, (element) => filter.matches({ [identifier]: element }));
  }
  return filters;
}

function identifiersOf(condition: Document): string[] {
  return Object.entries(condition).flatMap(([key, value]) => {
    if (!key.startsWith('$')) return [key.split('.')[0] ?? ''];
    return Array.isArray(value) ? value.flatMap(identifiersOf) : refuse(`${key} in an array filter`);
  });
}

/** What decides which elements positional names stand for. */
type Meaning = How & { filters: ArrayFilters };

/** The concrete paths that `$`, `$[]` and `$[identifier]` stand for in a document. */
export function resolve(node: unknown, path: string[], meaning: Meaning, at = 0): string[][] {
  const next = path.findIndex((name, i) => i >= at && isPositional(name));
  if (next < 0) return [path];
  let target = node;
  for (const name of path.slice(at, next)) target = childOf(target, name);
  return indexesOf(target, path, next, meaning).flatMap((index) =>
    resolve(childOf(target, index), path.with(next, index), meaning, next + 1),
  );
}

function indexesOf(target: unknown, path: string[], at: number, meaning: Meaning): string[] {
  const name = path[at] ?? '';
  if (name === '$') {
    if (meaning.position === undefined) {
      throw new StoreError(2, 'The positional operator did not find the match needed from the query.');
    }
    return [String(meaning.position)];
  }
  const identifier = name.slice(2, -1);
  const accepts = identifier === '' ? () => true : meaning.filters.get(identifier);
  if (!accepts)
    throw new StoreError(
      2,
      `No array filter found for identifier '${identifier}' in path '${path.join('.')}'`,
    );
  if (!Array.isArray(target)) {
    const where = path.slice(0, at).join('.');
    if (target === undefined)
      throw new StoreError(
        2,
        `The path '${where}' must exist in the document in order to apply array updates.`,
      );
    throw new StoreError(2, `Cannot apply array updates to non-array element ${where}`);
  }
  return target.flatMap((element, i) => (accepts(element) ? [String(i)] : []));
}

function childOf(node: unknown, name: string): unknown {
  return isDocument(node) || Array.isArray(node) ? field(node as Document, name) : undefined;
}
