import type { Document } from 'bson';
import { compileExpression, type Scope } from '../expressions/expression.ts';
import { refuse, StoreError } from '../values/errors.ts';
import { numberKind, toInteger, truthy } from '../values/numbers.ts';
import { hasOperators, isDocument } from '../values/types.ts';
import { type Compute, compute, drop, type Keep, keep, type Tree, treeOf } from './field-tree.ts';
import { compileFilter, type Filter } from './filter.ts';

/** The parts of a projection, by dotted path. */
type Parts = {
  included: string[];
  excluded: string[];
  computed: [string, unknown][];
  /** Elements that find picks (`$elemMatch`, positional), and arrays that it slices. */
  picked: [string, Keep][];
  sliced: [string, Keep][];
  /** The fields other than `_id` as they were given. */
  order: string[];
};

type FindOptions = Scope & { filter?: Filter };

/**
 * Compiles a find projection: inclusion, exclusion, `$slice`, `$elemMatch`, positional (`filter` says which element) and
 * expressions.
 */
export function compileProjection(
  spec: Document,
  options: FindOptions = {},
): (document: Document) => Document {
  return compileParts(partsOf(spec, options), options);
}

/** Compiles a `$project` stage: inclusion or exclusion, and expressions. */
export function compileProject(spec: Document, scope: Scope): (document: Document) => Document {
  if (Object.keys(spec).length === 0)
    throw new StoreError(51272, 'Invalid $project :: projection specification must have at least one field');
  return compileParts(partsOf(spec), scope);
}

/** Compiles `$addFields`: the results of expressions set at their paths, into every element of arrays on the way. */
export function compileAddFields(spec: Document, scope: Scope): (document: Document) => Document {
  if (Object.keys(spec).length === 0)
    throw new StoreError(40177, 'Invalid $addFields :: specification must have at least one field');
  const computed = Object.entries(spec).flatMap(([path, value]) => leavesOf(path, value));
  const tree = computeTree(computed, scope);
  return (document) => compute(document, tree, document);
}

/** Compiles `$unset`: removes the fields at the paths. */
export function compileUnset(paths: string[]): (document: Document) => Document {
  const tree = treeOf<Keep>(paths.map((path) => [path, true]));
  return (document) => drop(document, tree, document);
}

function compileParts(parts: Parts, scope: Scope): (document: Document) => Document {
  const { included, excluded, computed, picked, sliced } = parts;
  const inclusive = picked.length > 0 || computed.length > 0 || included.some((path) => path !== '_id');
  const unwanted = excluded.find((path) => path !== '_id');
  if (inclusive && unwanted) throw mixed(parts);
  if (!inclusive && (unwanted || !included.includes('_id'))) {
    const tree = treeOf<Keep>([...excluded.map((path): [string, Keep] => [path, true]), ...sliced]);
    return (document) => drop(document, tree, document);
  }
  const id = excluded.includes('_id') || computed.some(([path]) => path === '_id') ? [] : ['_id'];
  const paths = [...new Set([...id, ...included])];
  const tree = treeOf<Keep>([...paths.map((path): [string, Keep] => [path, true]), ...picked, ...sliced]);
  const computes = computeTree(computed, scope);
  return (document) => compute(idFirst(keep(document, tree, document)), computes, document);
}

/** The first field other than `_id` decides which of the two a projection is. */
function mixed({ included, excluded, order }: Parts): StoreError {
  const [first = ''] = order;
  if (excluded.includes(first)) {
    const field = included.find((path) => path !== '_id') ?? order.find((path) => !excluded.includes(path));
    return new StoreError(31253, `Cannot do inclusion on field ${field} in exclusion projection`);
  }
  const field = excluded.find((path) => path !== '_id');
  return new StoreError(31254, `Cannot do exclusion on field ${field} in inclusion projection`);
}

function partsOf(spec: Document, find?: FindOptions): Parts {
  const order = Object.keys(spec).filter((path) => path !== '_id');
  const parts: Parts = { included: [], excluded: [], computed: [], picked: [], sliced: [], order };
  for (const [path, value] of Object.entries(spec)) addPart(path, value, parts, find);
  return parts;
}

function addPart(path: string, value: unknown, parts: Parts, find?: FindOptions): void {
  if (typeof value === 'boolean' || numberKind(value)) {
    if (path.endsWith('.$') && !find)
      throw new StoreError(31324, 'Cannot use positional projection in aggregation projection');
    if (find && path.endsWith('.$')) {
      checkPositional(path, value, parts);
      parts.picked.push([path.slice(0, -2), positional(find.filter)]);
    } else if (truthy(value)) parts.included.push(path);
    else parts.excluded.push(path);
  } else if (isDocument(value) && !hasOperators(value)) {
    if (Object.keys(value).length === 0)
      throw new StoreError(51270, `An empty sub-projection is not a valid value. Found empty object at path`);
    for (const [name, inner] of Object.entries(value)) addPart(`${path}.${name}`, inner, parts, find);
  } else if (find && isDocument(value) && '$elemMatch' in value) {
    parts.picked.push([path, elementMatching(value.$elemMatch, find)]);
  } else if (find && isDocument(value) && isPlainSlice(value.$slice)) {
    parts.sliced.push([path, slice(value.$slice)]);
  } else {
    if (isDocument(value) && '$meta' in value) refuse('the projection operator $meta');
    parts.computed.push([path, value]);
  }
}

function checkPositional(path: string, value: unknown, { picked, excluded }: Parts): void {
  if (picked.length > 0)
    throw new StoreError(31276, 'Cannot specify more than one positional projection per query.');
  if (!truthy(value) || excluded.some((other) => other !== '_id'))
    throw new StoreError(31395, `positional projection '${path}' cannot be used with exclusion`);
}

/** `$slice: n` or `[skip, n]` of numbers is find's own; with an expression it is the operator of that name. */
function isPlainSlice(operand: unknown): boolean {
  return numberKind(operand) !== undefined || (Array.isArray(operand) && operand.every(numberKind));
}

function slice(operand: unknown): Keep {
  const [first = 0, second] = (Array.isArray(operand) ? operand : [operand]).map((value) =>
    Number(toInteger(value)),
  );
  if (second !== undefined && second <= 0)
    throw new StoreError(28729, 'Third argument to $slice must be positive');
  return (value) => {
    if (!Array.isArray(value)) return value;
    if (second === undefined) return first < 0 ? value.slice(first) : value.slice(0, first);
    const from = first < 0 ? Math.max(0, value.length + first) : first;
    return value.slice(from, from + second);
  };
}

function elementMatching(condition: unknown, scope: Scope): Keep {
  const filter = compileFilter({ list: { $elemMatch: condition } }, scope);
  return (list) => {
    const position = filter.position({ list });
    return Array.isArray(list) && position !== undefined ? [list[position]] : undefined;
  };
}

function positional(filter: Filter | undefined): Keep {
  return (value, document) => {
    if (!Array.isArray(value)) return value;
    const position = filter?.position(document);
    if (position === undefined || position >= value.length) {
      throw new StoreError(51246, "positional operator '.$' couldn't find a matching element in the array");
    }
    return [value[position]];
  };
}

function computeTree(computed: [string, unknown][], scope: Scope): Tree<Compute> {
  return treeOf<Compute>(computed.map(([path, spec]) => [path, compileExpression(spec, scope)]));
}

/** The fields of a nested document of `$addFields` one by one, so that they are merged with what is there. */
function leavesOf(path: string, value: unknown): [string, unknown][] {
  if (!isDocument(value) || hasOperators(value) || Object.keys(value).length === 0) return [[path, value]];
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(`${path}.${name}`, inner));
}

function idFirst(document: Document): Document {
  return '_id' in document ? { _id: document._id, ...document } : document;
}
