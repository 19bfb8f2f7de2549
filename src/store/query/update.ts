import type { Document } from 'bson';
import { isRegex } from '../regex/regex.ts';
import { refuse, StoreError } from '../values/errors.ts';
import { equalValues } from '../values/order.ts';
import { field, hasOperators, isDocument, own, typeName } from '../values/types.ts';
import { compileUpdatePipeline } from './document-stages.ts';
import { arrayFiltersOf, type How, isPositional, resolve } from './positional.ts';
import { type Edit, editors, type UpdateScope } from './update-operators.ts';

export type UpdateOptions = UpdateScope & { arrayFilters?: Document[] | undefined };

type Change = { path: string[]; edit: Edit };

/**
 * Compiles an update (operators, a replacement or a pipeline) to a function that gives a new document and leaves the old one
 * alone. It takes typed documents, and throws MongoDB's errors (66 if `_id` would change).
 */
export function compileUpdate(
  update: Document | Document[],
  options: UpdateOptions,
): (document: Document, how?: How) => Document {
  const apply = changeOf(update, options);
  return (document, how = {}) => keepId(document, apply(document, how));
}

function changeOf(
  update: Document | Document[],
  options: UpdateOptions,
): (document: Document, how: How) => Document {
  if (hasOperators(update)) return compileOperators(update, options);
  if (options.arrayFilters)
    throw new StoreError(
      9,
      `arrayFilters may not be specified for ${Array.isArray(update) ? 'pipeline' : 'replacement'}-style updates`,
    );
  return Array.isArray(update) ? compileUpdatePipeline(update, options) : compileReplacement(update);
}

/** The document that an upsert inserts: the equalities of the filter, then the update. `_id` may be missing. */
export function upsertDocument(
  filter: Document,
  update: Document | Document[],
  options: UpdateOptions,
): Document {
  const replacing = !Array.isArray(update) && !hasOperators(update);
  const changes = equalitiesOf(filter)
    .filter(([path]) => !replacing || path === '_id')
    .map(([path, value]): Change => ({ path: path.split('.'), edit: { creates: true, apply: () => value } }));
  assertApart(
    changes.map(({ path }) => path),
    (path) => new StoreError(54, `cannot infer query fields to set, path '${path}' is matched twice`),
  );
  const start = changes.reduce<unknown>((document, change) => changeAt(document, change, {}), {});
  return compileUpdate(update, options)(start as Document, { inserting: true });
}

function equalitiesOf(filter: Document): [string, unknown][] {
  return Object.entries(filter).flatMap(([key, value]): [string, unknown][] => {
    if (key === '$and' || (key === '$or' && value.length === 1)) return value.flatMap(equalitiesOf);
    if (key.startsWith('$')) return [];
    const values = hasOperators(value)
      ? '$eq' in value
        ? [value.$eq]
        : (value.$in ?? value.$all ?? [])
      : [value];
    return values.length === 1 && !isRegex(values[0]) && !hasOperators(values[0]) ? [[key, values[0]]] : [];
  });
}

function compileReplacement(replacement: Document): (document: Document) => Document {
  const operator = Object.keys(replacement).find((key) => key.startsWith('$'));
  if (operator) throw notStorable(operator);
  return (document) => ('_id' in replacement ? replacement : { ...withId(document), ...replacement });
}

function notStorable(name: string): StoreError {
  return new StoreError(52, `The dollar ($) prefixed field '${name}' in '${name}' is not valid for storage.`);
}

function compileOperators(
  update: Document,
  options: UpdateOptions,
): (document: Document, how: How) => Document {
  const changes = Object.entries(update)
    .flatMap(([operator, operand]) => changesOf(operator, operand, options))
    .sort((a, b) => comparePaths(a.path, b.path));
  assertApart(changes.map(({ path }) => path));
  const positional = changes.some(({ path }) => path.some(isPositional));
  const dollar = changes.find(({ path }) => path[0]?.startsWith('$'))?.path[0];
  const filters = arrayFiltersOf(
    options.arrayFilters ?? [],
    changes.map(({ path }) => path),
    options,
  );
  return (document, how) => {
    if (dollar && !how.inserting) throw notStorable(dollar);
    let resolved = changes.filter(({ edit }) => !edit.onlyInserting || how.inserting);
    if (positional) {
      // Every path is resolved in the original document: one change must not move the target of another.
      resolved = resolved.flatMap(({ path, edit }) =>
        resolve(document, path, { ...how, filters }).map((concrete) => ({ path: concrete, edit })),
      );
      assertApart(resolved.map(({ path }) => path));
    }
    let result = document;
    for (const change of resolved) result = changeAt(result, change, document) as Document;
    if ('_id' in document && !('_id' in result)) throw immutableId();
    return result;
  };
}

function changesOf(operator: string, operand: unknown, options: UpdateOptions): Change[] {
  const editor = own(editors, operator);
  if (!editor) {
    throw new StoreError(
      9,
      `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update`,
    );
  }
  if (!isDocument(operand)) {
    throw new StoreError(9, `Modifiers operate on fields but we found type ${typeName(operand)} instead.`);
  }
  return Object.entries(operand).flatMap(([path, value]) =>
    Object.entries(editor(value, path, options)).map(([at, edit]) => ({ path: pathOf(at), edit })),
  );
}

function pathOf(path: string): string[] {
  const names = path.split('.');
  if (names.includes('')) {
    throw new StoreError(56, `The update path '${path}' contains an empty field name, which is not allowed.`);
  }
  if (names.includes('__proto__')) refuse('the field name __proto__');
  if (isPositional(names[0] ?? '')) {
    throw new StoreError(
      2,
      `Cannot have a positional operator or '$' as the first path component in '${path}'`,
    );
  }
  return names;
}

/** MongoDB changes fields in the order of their names, numbers by value; new fields are appended so. */
function comparePaths(a: string[], b: string[]): number {
  for (const [i, name] of a.entries()) {
    const other = b[i];
    if (other === undefined) return 1;
    if (name === other) continue;
    const numeric = /^\d+$/.test(name) && /^\d+$/.test(other);
    return numeric ? Number(name) - Number(other) : name < other ? -1 : 1;
  }
  return -1;
}

function assertApart(
  paths: string[][],
  conflict = (path: string) =>
    new StoreError(40, `Updating the path '${path}' would create a conflict at '${path}'`),
): void {
  const taken = new Set<string>();
  const passed = new Set<string>();
  for (const names of paths) {
    const path = names.join('.');
    const prefixes = names.slice(1).map((_, i) => names.slice(0, i + 1).join('.'));
    if (taken.has(path) || passed.has(path) || prefixes.some((prefix) => taken.has(prefix)))
      throw conflict(path);
    taken.add(path);
    for (const prefix of prefixes) passed.add(prefix);
  }
}

const mostPadding = 1_500_000;

/** The node with the edit applied at the path. Everything off the path is shared with the old node. */
function changeAt(node: unknown, change: Change, document: Document, at = 0): unknown {
  const { path, edit } = change;
  const name = path[at];
  if (name === undefined) return edit.apply(node, document);
  if (node === undefined) {
    const value = edit.creates ? changeAt(undefined, change, document, at + 1) : undefined;
    return value === undefined ? undefined : { [name]: value };
  }
  const array = Array.isArray(node);
  if ((!array && !isDocument(node)) || (array && !/^(0|[1-9]\d*)$/.test(name))) {
    if (!edit.creates) return node;
    const parent = path[at - 1] ?? '';
    throw new StoreError(28, `Cannot create field '${name}' in element {${parent}: ${JSON.stringify(node)}}`);
  }
  const old = field(node as Document, name);
  const value = changeAt(old, change, document, at + 1);
  if (value === old) return node;
  return array ? withElement(node, Number(name), value) : withField(node as Document, name, value);
}

function withElement(array: unknown[], index: number, value: unknown): unknown[] {
  if (index - array.length > mostPadding)
    throw new StoreError(2, "can't backfill more than 1500000 elements");
  const result = [...array];
  while (result.length < index) result.push(null);
  result[index] = value ?? null;
  return result;
}

function withField(document: Document, name: string, value: unknown): Document {
  const result = { ...document };
  if (value === undefined) delete result[name];
  else result[name] = value;
  return result;
}

function withId(document: Document): Document {
  return '_id' in document ? { _id: document._id } : {};
}

/** `_id` stays what it was, and stands first. */
function keepId(before: Document, after: Document): Document {
  const id = field(before, '_id');
  if (id !== undefined && '_id' in after && !equalValues(after._id, id)) {
    throw immutableId();
  }
  if (id !== undefined && !('_id' in after)) return { _id: id, ...after };
  return '_id' in after && Object.keys(after)[0] !== '_id' ? { _id: after._id, ...after } : after;
}

function immutableId(): StoreError {
  return new StoreError(66, "Performing an update on the path '_id' would modify the immutable field '_id'");
}
