import type { Document } from 'bson';

/** MongoDB's alias of a BSON type (as `$type` names it) → its number and its rank in the order between types. */
export const types: Record<string, { number: number; rank: number }> = {
  minKey: { number: -1, rank: 0 },
  missing: { number: 0, rank: 1 },
  undefined: { number: 6, rank: 1 },
  null: { number: 10, rank: 2 },
  int: { number: 16, rank: 3 },
  long: { number: 18, rank: 3 },
  double: { number: 1, rank: 3 },
  decimal: { number: 19, rank: 3 },
  string: { number: 2, rank: 4 },
  symbol: { number: 14, rank: 4 },
  object: { number: 3, rank: 5 },
  array: { number: 4, rank: 6 },
  binData: { number: 5, rank: 7 },
  objectId: { number: 7, rank: 8 },
  bool: { number: 8, rank: 9 },
  date: { number: 9, rank: 10 },
  timestamp: { number: 17, rank: 11 },
  regex: { number: 11, rank: 12 },
  javascript: { number: 13, rank: 13 },
  maxKey: { number: 127, rank: 15 },
};

const wrappers: Record<string, string> = {
  Int32: 'int',
  Long: 'long',
  Double: 'double',
  Decimal128: 'decimal',
  BSONSymbol: 'symbol',
  Binary: 'binData',
  ObjectId: 'objectId',
  Timestamp: 'timestamp',
  BSONRegExp: 'regex',
  Code: 'javascript',
  MinKey: 'minKey',
  MaxKey: 'maxKey',
  DBRef: 'object',
};

/**
 * The alias of the BSON type of `value`, wrapped (`promoteValues: false`) or promoted; `undefined` is 'missing'.
 * A promoted number has the type that bson writes it as: whole numbers of 32 bits are 'int', others 'double'.
 */
export function typeName(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
      return isInt32(value) ? 'int' : 'double';
    case 'boolean':
      return 'bool';
    case 'undefined':
      return 'missing';
  }
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (isDocument(value)) return 'object';
  const wrapper = wrappers[(value as { _bsontype?: string })._bsontype ?? ''];
  if (wrapper) return wrapper;
  if (value instanceof Date) return 'date';
  if (value instanceof RegExp) return 'regex';
  return value instanceof Uint8Array ? 'binData' : 'object';
}

/** Whether `value` is an embedded document (not an array, a date or one of bson's value types). */
export function isDocument(value: unknown): value is Document {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Whether `value` is a document of operators: its first key starts with a dollar. */
export function hasOperators(value: unknown): value is Document {
  return isDocument(value) && Object.keys(value)[0]?.startsWith('$') === true;
}

/** Whether bson writes the promoted number as a 32-bit integer. */
export function isInt32(value: number): boolean {
  return (value | 0) === value && !Object.is(value, -0);
}

/** A field of a document; `undefined` if it is missing (never something inherited such as `constructor`). */
export function field(document: Document, name: string): unknown {
  return Object.hasOwn(document, name) ? document[name] : undefined;
}

/** An entry of a table; `undefined` for names that it only inherits, such as `constructor`. */
export function own<T>(table: Record<string, T>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
