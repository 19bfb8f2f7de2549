import type { Document } from 'bson';
import { refuse, StoreError } from './errors.ts';
import { compileExpression, type Scope } from './expressions.ts';
import { compileFilter, type Filter } from './match.ts';
import { numberKind, toInteger, truthy } from './numbers.ts';
import { field, hasOperators, isDocument } from './types.ts';

/** Fields by name, those of nested documents in a tree of their own. */
interface Tree<T> extends Map<string, T | Tree<T>> {}
/** What happens to the value of a field: nothing (`true`), or it is changed. */
type Keep = true | ((value: unknown, document: Document) => unknown);
/** An expression of the whole document. */
type Compute = (document: Document) => unknown;

/** The parts of a projection, by dotted path. */
type Parts = {
  included: string[];
  excluded: string[];
  computed: [string, unknown][];
  picked: [string, Keep][];
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
  const { included, excluded, computed, picked } = parts;
  const picks = picked.some(([, keep]) => isElementPick(keep));
  const inclusive = picks || computed.length > 0 || included.some((path) => path !== '_id');
  const unwanted = excluded.find((path) => path !== '_id');
  if (inclusive && unwanted) {
    throw new StoreError(31254, `Cannot do exclusion on field ${unwanted} in inclusion projection`);
  }
  if (!inclusive && (unwanted || !included.includes('_id'))) {
    const tree = treeOf<Keep>([...excluded.map((path): [string, Keep] => [path, true]), ...picked]);
    return (document) => drop(document, tree, document);
  }
  const id = excluded.includes('_id') || computed.some(([path]) => path === '_id') ? [] : ['_id'];
  const paths = [...new Set([...id, ...included])];
  const tree = treeOf<Keep>([...paths.map((path): [string, Keep] => [path, true]), ...picked]);
  const computes = computeTree(computed, scope);
  return (document) => compute(idFirst(keep(document, tree, document)), computes, document);
}

const elementPicks = new WeakSet<object>();

/** `$elemMatch` and the positional `$` make a projection one of inclusion; `$slice` does not. */
function isElementPick(value: Keep): boolean {
  return typeof value === 'function' && elementPicks.has(value);
}

function partsOf(spec: Document, find?: FindOptions): Parts {
  const parts: Parts = { included: [], excluded: [], computed: [], picked: [] };
  for (const [path, value] of Object.entries(spec)) addPart(path, value, parts, find);
  return parts;
}

function addPart(path: string, value: unknown, parts: Parts, find?: FindOptions): void {
  if (typeof value === 'boolean' || numberKind(value)) {
    if (find && path.endsWith('.$')) parts.picked.push([path.slice(0, -2), positional(find.filter)]);
    else if (truthy(value)) parts.included.push(path);
    else parts.excluded.push(path);
  } else if (isDocument(value) && !hasOperators(value)) {
    if (Object.keys(value).length === 0)
      throw new StoreError(51270, `An empty sub-projection is not a valid value. Found empty object at path`);
    for (const [name, inner] of Object.entries(value)) addPart(`${path}.${name}`, inner, parts, find);
  } else if (find && isDocument(value) && '$elemMatch' in value) {
    parts.picked.push([path, elementMatching(value.$elemMatch, find)]);
  } else if (find && isDocument(value) && isPlainSlice(value.$slice)) {
    parts.picked.push([path, slice(value.$slice)]);
  } else {
    if (isDocument(value) && '$meta' in value) refuse('the projection operator $meta');
    parts.computed.push([path, value]);
  }
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
  const pick = (value: unknown) => {
    const position =
      Array.isArray(value) && filter.matches({ list: value }) ? filter.position({ list: value }) : undefined;
    return Array.isArray(value) && position !== undefined ? [value[position]] : undefined;
  };
  elementPicks.add(pick);
  return pick;
}

function positional(filter: Filter | undefined): Keep {
  const pick = (value: unknown, document: Document) => {
    if (!Array.isArray(value)) return value;
    const position = filter?.position(document);
    if (position === undefined || position >= value.length) {
      throw new StoreError(51246, "positional operator '.$' couldn't find a matching element in the array");
    }
    return [value[position]];
  };
  elementPicks.add(pick);
  return pick;
}

/** The fields of a nested document of `$addFields` one by one, so that they are merged with what is there. */
function leavesOf(path: string, value: unknown): [string, unknown][] {
  if (!isDocument(value) || hasOperators(value) || Object.keys(value).length === 0) return [[path, value]];
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(`${path}.${name}`, inner));
}

function computeTree(computed: [string, unknown][], scope: Scope): Tree<Compute> {
  return treeOf<Compute>(computed.map(([path, spec]) => [path, compileExpression(spec, scope)]));
}

function treeOf<T>(leaves: [string, T][]): Tree<T> {
  const root: Tree<T> = new Map();
  for (const [path, leaf] of leaves) {
    const names = path.split('.');
    if (names.some((name) => name === '' || name.startsWith('$'))) refuse(`the path ${path} in a projection`);
    let node: Tree<T> = root;
    for (const name of names.slice(0, -1)) {
      const inner: T | Tree<T> = node.get(name) ?? new Map();
      if (!(inner instanceof Map)) throw collision(path);
      node.set(name, inner);
      node = inner;
    }
    const last = names.at(-1) ?? '';
    if (node.has(last)) throw collision(path);
    node.set(last, leaf);
  }
  return root;
}

function collision(path: string): StoreError {
  return new StoreError(31249, `Path collision at ${path}`);
}

/** The fields in the tree, in the document's order; what is no document on the way is left out. */
function keep(node: Document, tree: Tree<Keep>, document: Document): Document {
  const result: Document = {};
  for (const name of Object.keys(node)) {
    const part = tree.get(name);
    if (part === undefined) continue;
    const value =
      part === true
        ? node[name]
        : part instanceof Map
          ? within(node[name], (d) => keep(d, part, document))
          : part(node[name], document);
    if (value !== undefined) result[name] = value;
  }
  return result;
}

/** The document without the fields in the tree. */
function drop(node: Document, tree: Tree<Keep>, document: Document): Document {
  const result: Document = {};
  for (const [name, value] of Object.entries(node)) {
    const part = tree.get(name);
    if (part === true) continue;
    result[name] =
      part === undefined
        ? value
        : part instanceof Map
          ? within(value, (d) => drop(d, part, document), true)
          : part(value, document);
  }
  return result;
}

/** Changes a document, or each one in an array however deep; other values stay (`others`) or vanish. */
function within(value: unknown, change: (document: Document) => Document, others = false): unknown {
  if (isDocument(value)) return change(value);
  if (Array.isArray(value)) {
    return value.map((element) => within(element, change, others)).filter((element) => element !== undefined);
  }
  return others ? value : undefined;
}

function compute(node: Document, tree: Tree<Compute>, document: Document): Document {
  if (tree.size === 0) return node;
  const result = { ...node };
  for (const [name, part] of tree) {
    const value = part instanceof Map ? computeWithin(field(node, name), part, document) : part(document);
    if (value === undefined) delete result[name];
    else result[name] = value;
  }
  return result;
}

/** A path through arrays reaches every element; through anything else but documents it makes a new document. */
function computeWithin(value: unknown, tree: Tree<Compute>, document: Document): unknown {
  if (Array.isArray(value)) return value.map((element) => computeWithin(element, tree, document));
  return compute(isDocument(value) ? value : {}, tree, document);
}

function idFirst(document: Document): Document {
  return '_id' in document ? { _id: document._id, ...document } : document;
}
