import { BSON, type Document, Long, ObjectId } from 'mongodb';

/** What special operators of an expectation refer to. */
export type Referred = { lsidOf(session: string): Document | undefined; entity(id: string): unknown };

// https://github.com/mongodb/specifications/blob/master/source/unified-test-format/unified-test-format.md#evaluating-matches
/** Why `actual` does not match `expected`; undefined where it does. Documents at the root may have more fields. */
export function mismatch(
  expected: unknown,
  actual: unknown,
  refer: Referred,
  isRoot = true,
  path = '',
): string | undefined {
  const say = (what = '') =>
    `${path || 'result'}: ${what || `${text(expected)} expected, found ${text(actual)}`}`;
  if (isObject(expected)) {
    const [operator = ''] = Object.keys(expected);
    if (operator.startsWith('$$')) return special(operator, expected[operator], actual, refer, path);
    if (!isObject(actual)) return say();
    for (const [name, value] of Object.entries(expected)) {
      const there = Object.hasOwn(actual, name) ? actual[name] : undefined;
      const wrong = mismatch(value, there, refer, false, `${path}.${name}`);
      if (wrong) return wrong;
    }
    const more = Object.keys(actual).find((name) => !Object.hasOwn(expected, name));
    return isRoot || more === undefined ? undefined : say(`${more} is not expected`);
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) return say();
    return expected
      .map((item, i) => mismatch(item, actual[i], refer, isRoot && path === '', `${path}[${i}]`))
      .find((wrong) => wrong);
  }
  return text(plain(expected)) === text(plain(actual)) ? undefined : say();
}

function special(
  operator: string,
  operand: unknown,
  actual: unknown,
  refer: Referred,
  path: string,
): string | undefined {
  const wrong = (ok: boolean) =>
    ok ? undefined : `${path || 'result'}: ${operator} ${text(operand)}, found ${text(actual)}`;
  switch (operator) {
    case '$$exists':
      return wrong((actual !== undefined) === operand);
    case '$$unsetOrMatches':
      return actual === undefined || actual === null
        ? undefined
        : mismatch(operand, actual, refer, true, path);
    case '$$type':
      return wrong([operand].flat().includes(typeOf(actual)));
    case '$$sessionLsid':
      return mismatch(refer.lsidOf(String(operand)), actual, refer, false, path);
    case '$$matchesEntity':
      return mismatch(refer.entity(String(operand)), actual, refer, false, path);
    case '$$lte':
      return wrong(Number(actual) <= Number(operand));
    default:
      throw new Unsupported(operator);
  }
}

/** Something that a test wants and the runner does not do. */
export class Unsupported extends Error {}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date) return 'date';
  if (value instanceof ObjectId) return 'objectId';
  if (value instanceof Long) return 'long';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'double';
  if (typeof value === 'object')
    return String((value as { _bsontype?: string })._bsontype ?? 'object').toLowerCase();
  return typeof value === 'boolean' ? 'bool' : typeof value;
}

function isObject(value: unknown): value is Document {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !('_bsontype' in value) &&
    !(value instanceof Date)
  );
}

/** Numbers of all types are equal where their values are. */
function plain(value: unknown): unknown {
  const { _bsontype: type } = (value ?? {}) as { _bsontype?: string };
  return type === 'Long' || type === 'Int32' || type === 'Double' ? Number(value) : value;
}

function text(value: unknown): string {
  return value === undefined ? 'nothing' : BSON.EJSON.stringify(value).slice(0, 300);
}
