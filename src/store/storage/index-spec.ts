import type { Document } from 'bson';
import { isRegex } from '../regex/regex.ts';
import { collationOf } from '../values/collation.ts';
import { StoreError } from '../values/errors.ts';
import { refuseName } from '../values/missing.ts';
import { numberKind, toInteger, toNumber } from '../values/numbers.ts';
import { hasOperators, isDocument, typeName } from '../values/types.ts';

const knownOptions = new Set(
  'key name v unique sparse partialFilterExpression expireAfterSeconds collation background dropDups ns'.split(
    ' ',
  ),
);

/** The options that the index of `_id` may have: it is unique and holds every document anyway. */
const idOptions = new Set(['key', 'name', 'v', 'ns', 'collation', 'background']);

/** The specification as it is stored and listed. What MongoDB refuses at creation is refused with its codes. */
export function normalSpec(asked: Document): Document {
  checkOptions(asked);
  checkKey(asked.key);
  checkFlags(asked);
  if (asked.expireAfterSeconds !== undefined) checkExpiry(asked);
  const { key, partialFilterExpression } = asked;
  const spec: Document = { v: 2, key: numbers(key), name: nameOf(asked) };
  if (asked.unique) spec.unique = true;
  if (asked.sparse) spec.sparse = true;
  if (partialFilterExpression) spec.partialFilterExpression = partialFilterExpression;
  if (asked.expireAfterSeconds !== undefined) spec.expireAfterSeconds = toNumber(asked.expireAfterSeconds);
  const collation = collationOf(asked.collation);
  if (collation) spec.collation = collation.spec;
  return spec;
}

function checkOptions(asked: Document): void {
  for (const option of Object.keys(asked)) {
    const text = `The field '${option}' is not valid for an index specification.`;
    if (!knownOptions.has(option)) refuseName('options of indexes', option, 197, text);
    if (isIdKey(asked.key) && !idOptions.has(option) && asked[option] !== false)
      throw new StoreError(197, `The field '${option}' is not valid for an _id index specification.`);
  }
  const version = toNumber(asked.v ?? 2);
  if (version !== 1 && version !== 2) throw new StoreError(67, `Invalid index version: { v: ${asked.v} }`);
}

function isIdKey(key: unknown): boolean {
  return isDocument(key) && Object.keys(key).join() === '_id' && toNumber(key._id) === 1;
}

function checkKey(key: unknown): asserts key is Document {
  if (!isDocument(key))
    throw new StoreError(14, `The field 'key' must be an object, but got ${typeName(key)}`);
  const fields = Object.entries(key);
  if (fields.length === 0) throw new StoreError(67, 'Index keys cannot be empty.');
  if (fields.length > 32) throw new StoreError(67, 'Index keys cannot have more than 32 fields');
  for (const [path, kind] of fields) {
    if (typeof kind === 'string') refuseName('kinds of indexes', kind, 67, `Unknown index plugin '${kind}'`);
    if (!numberKind(kind) || !toNumber(kind))
      throw new StoreError(67, `Values in the index key pattern must be numbers other than 0: ${path}`);
    checkPath(path);
  }
}

function checkPath(path: string): void {
  const names = path.split('.');
  if (names.includes('')) throw new StoreError(67, 'Index keys cannot contain an empty field.');
  if (names.includes('$**')) refuseWildcard();
  if (names.some((name) => name.startsWith('$') && !/^\$(id|ref|db)$/.test(name)))
    throw new StoreError(67, "Index key contains an illegal field name: field name starts with '$'.");
}

function refuseWildcard(): never {
  throw new StoreError(238, 'the wildcard index $** is not supported by the embedded database');
}

function checkFlags({ unique, sparse, partialFilterExpression: filter }: Document): void {
  for (const [option, value] of Object.entries({ unique, sparse }))
    if (value !== undefined && typeof value !== 'boolean' && !numberKind(value))
      throw new StoreError(14, `The field '${option}' has value ${value}, which is not convertible to bool`);
  if (filter === undefined) return;
  if (!isDocument(filter)) throw new StoreError(14, `The field 'partialFilterExpression' must be an object`);
  if (sparse) throw new StoreError(67, 'cannot mix "partialFilterExpression" and "sparse" options');
  checkPartial(filter);
}

const partialOperators = new Set('$eq $exists $gt $gte $in $lt $lte $type'.split(' '));

/** https://www.mongodb.com/docs/v7.0/core/index-partial/ */
function checkPartial(filter: Document): void {
  for (const [path, condition] of Object.entries(filter)) {
    if (path === '$and' || path === '$or') for (const part of condition) checkPartial(part);
    else if (path.startsWith('$')) throw notInPartial(path);
    else if (isRegex(condition)) throw notInPartial('a regular expression');
    else if (hasOperators(condition))
      for (const [operator, operand] of Object.entries(condition)) {
        if (!partialOperators.has(operator)) throw notInPartial(operator);
        if (operator === '$exists' && !operand) throw notInPartial('$exists: false');
      }
  }
}

function notInPartial(operator: string): StoreError {
  return new StoreError(67, `Expression not supported in partial index: ${operator}`);
}

/** A TTL index has one field, which is not `_id`. */
function checkExpiry({ key, expireAfterSeconds }: Document): void {
  const seconds = toNumber(expireAfterSeconds);
  if (!(seconds >= 0 && seconds < 2 ** 31))
    throw new StoreError(67, `TTL index 'expireAfterSeconds' must be within 0 and ${2 ** 31 - 1}`);
  if (Object.keys(key).length > 1 || '_id' in key)
    throw new StoreError(67, 'TTL indexes are indexes of one single field other than _id');
}

function numbers(key: Document): Document {
  const plain = (direction: unknown) => Number(toInteger(direction) ?? toNumber(direction));
  return Object.fromEntries(Object.entries(key).map(([path, direction]) => [path, plain(direction)]));
}

function nameOf({ key, name }: Document): string {
  if (isIdKey(key)) return '_id_';
  if (name === undefined) return Object.entries(numbers(key)).flat().map(String).join('_');
  if (typeof name !== 'string')
    throw new StoreError(14, `The field 'name' must be a string, but got ${typeName(name)}`);
  if (name === '' || name === '*')
    throw new StoreError(name ? 2 : 67, `The index name '${name}' is not valid.`);
  if (name === '_id_')
    throw new StoreError(
      2,
      "The index name '_id_' is reserved for the _id index, which must have key pattern {_id: 1}",
    );
  return name;
}
