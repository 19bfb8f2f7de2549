import type { Document } from 'bson';
import { StoreError } from './errors.ts';
import { field, isDocument } from './types.ts';

/** Sees a value at the end of a path, and the index in the outermost array that the path was spread over. */
export type Visit = (value: unknown, index: number | undefined) => boolean;

/**
 * Whether `visit` accepts one of the values that a query path reaches (after MongoDB's ElementPath): elements of arrays on
 * the way, an array at the end element by element and then itself (`whole`: only itself), `undefined` if the path breaks.
 */
export function someAt(document: Document, path: string[], visit: Visit, whole = false): boolean {
  return inNode(document, 0);

  function inNode(start: unknown, from: number, index?: number): boolean {
    let node = start;
    for (let at = from; at < path.length; at++) {
      if (Array.isArray(node)) return inArray(node, at, index);
      node = isDocument(node) ? field(node, path[at] ?? '') : undefined;
      if (node === undefined) return visit(undefined, index);
    }
    if (!Array.isArray(node)) return visit(node, index);
    return (!whole && node.some((element, i) => visit(element, index ?? i))) || visit(node, index);
  }

  function inArray(array: unknown[], at: number, index?: number): boolean {
    return array.some((element, i) => {
      if (isDocument(element) && inNode(element, at, index ?? i)) return true;
      if (path[at] !== String(i)) return false;
      if (at === path.length - 1) return visit(element, index);
      if (Array.isArray(element)) return inArray(element, at + 1, index);
      return isDocument(element) && inNode(element, at + 1, index);
    });
  }
}

/** The value at a path through documents only; `undefined` if anything else is on the way. */
export function getAt(document: Document, path: string[]): unknown {
  return path.reduce<unknown>((node, name) => (isDocument(node) ? field(node, name) : undefined), document);
}

/** The document with another value (none for `undefined`) at a path through documents. Everything off the path is shared with the old document. */
export function setAt(document: Document, path: string[], value: unknown): Document {
  const [name = '', ...rest] = path;
  const inner = field(document, name);
  const changed = rest.length === 0 ? value : setAt(isDocument(inner) ? inner : {}, rest, value);
  const result = { ...document };
  if (changed === undefined) delete result[name];
  else result[name] = changed;
  return result;
}

/** The names of a dotted path that something is written to; MongoDB's errors for a path that it does not allow. */
export function fieldPath(path: string): string[] {
  if (path === '') throw new StoreError(40352, 'FieldPath cannot be constructed with empty string');
  if (path.endsWith('.')) throw new StoreError(40353, "FieldPath must not end with a '.'.");
  const names = path.split('.');
  for (const name of names) checkFieldName(name);
  return names;
}

/** Checks the name of one field that is written to. */
export function checkFieldName(name: string): void {
  if (name === '') throw new StoreError(15998, 'FieldPath field names may not be empty strings.');
  if (name.startsWith('$'))
    throw new StoreError(16410, `FieldPath field names may not start with '$', given '${name}'.`);
  if (name.includes('.'))
    throw new StoreError(16412, `FieldPath field names may not contain '.', given '${name}'.`);
}
