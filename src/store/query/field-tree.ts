import type { Document } from 'bson';
import { StoreError } from '../values/errors.ts';
import { fieldPath } from '../values/paths.ts';
import { field, isDocument } from '../values/types.ts';

/** Fields by name; nested documents are trees too. */
export interface Tree<T> extends Map<string, T | Tree<T>> {}
/** What happens to the value of a field: nothing (`true`), or it is changed. */
export type Keep = true | ((value: unknown, document: Document) => unknown);
/** An expression of the whole document. */
export type Compute = (document: Document) => unknown;

/** A tree of paths; 31249 if one is within another. */
export function treeOf<T>(leaves: [string, T][]): Tree<T> {
  const root: Tree<T> = new Map();
  for (const [path, leaf] of leaves) {
    const names = fieldPath(path);
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

/** The fields in the tree, in the document's order; anything on the way that is not a document is left out. */
export function keep(node: Document, tree: Tree<Keep>, document: Document): Document {
  const result: Document = {};
  for (const [name, value] of Object.entries(node)) {
    const part = tree.get(name);
    const kept = part === true ? value : part && follow(value, part, document, keep);
    if (kept !== undefined) result[name] = kept;
  }
  return result;
}

/** The document without the fields in the tree. */
export function drop(node: Document, tree: Tree<Keep>, document: Document): Document {
  const result: Document = {};
  for (const [name, value] of Object.entries(node)) {
    const part = tree.get(name);
    if (part !== true) result[name] = part ? follow(value, part, document, drop) : value;
  }
  return result;
}

/** Changes a value, or looks into a document or all of an array; other values vanish from what is kept. */
function follow(
  value: unknown,
  part: Exclude<Keep, true> | Tree<Keep>,
  document: Document,
  into: typeof keep | typeof drop,
): unknown {
  if (typeof part === 'function') return part(value, document);
  if (isDocument(value)) return into(value, part, document);
  if (!Array.isArray(value)) return into === drop ? value : undefined;
  return value
    .map((element) => follow(element, part, document, into))
    .filter((element) => element !== undefined);
}

/** The document with the results of the tree's expressions; one that is missing takes its field away. */
export function compute(node: Document, tree: Tree<Compute>, document: Document): Document {
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
