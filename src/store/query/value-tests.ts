import { Binary, MaxKey, MinKey, ObjectId } from 'bson';
import type { Scope } from '../expressions/expression.ts';
import { isRegex, matchesValue, type Regex, regexOf } from '../regex/regex.ts';
import { StoreError } from '../values/errors.ts';
import { numberKind, toInteger, toNumber, unwrapped } from '../values/numbers.ts';
import { compareValues, equalValues, typeRank, valueKey } from '../values/order.ts';
import { hasOperators, typeName, types } from '../values/types.ts';

/** A test of one value, `undefined` if the field is missing. */
export type Test = (value: unknown) => boolean;

/** Equality; null is equal to missing. A regular expression is matched, unless `literal` ($eq). */
export function equals(operand: unknown, { collation }: Scope, literal = false): Test {
  if (operand === null || operand === undefined) return (value) => value === null || value === undefined;
  if (typeof operand === 'string' && !collation) return (value) => value === operand;
  if (operand instanceof ObjectId) return (value) => value instanceof ObjectId && operand.equals(value);
  const number = unwrapped(operand);
  if (typeof number === 'number') {
    return (value) => {
      const plain = unwrapped(value);
      return plain === number || (plain !== null && typeof plain !== 'string' && equalValues(plain, number));
    };
  }
  if (isRegex(operand)) {
    return literal ? (value) => equalValues(value, operand) : matchesRegex(regexOf(operand));
  }
  return (value) => equalValues(value, operand, collation);
}

/** Order within one type (type bracketing); null compares as equal to missing, NaN only as equal to itself. */
export function compares(operand: unknown, { collation }: Scope, accepts: (order: number) => boolean): Test {
  if (operand === null || operand === undefined || (Number.isNaN(toNumber(operand)) && numberKind(operand))) {
    return accepts(0) ? equals(operand, {}) : () => false;
  }
  if (isRegex(operand)) throw new StoreError(2, "Can't have RegEx as arg to predicate over field");
  if (operand instanceof MinKey || operand instanceof MaxKey)
    return (value) => accepts(compareValues(value, operand));
  const rank = typeRank(operand);
  const number = unwrapped(operand);
  return (value) => {
    const plain = unwrapped(value);
    if (typeof number === 'number' && typeof plain === 'number') {
      return !Number.isNaN(plain) && accepts(plain < number ? -1 : Number(plain > number));
    }
    if (typeRank(value) !== rank || (rank === 3 && Number.isNaN(toNumber(value)))) return false;
    return accepts(compareValues(value, operand, collation));
  };
}

/** `$in`: equal to one of the values, or matched by one of the patterns. */
export function oneOf(operator: string, operand: unknown, scope: Scope): Test {
  if (!Array.isArray(operand)) throw new StoreError(2, `${operator} needs an array`);
  if (operand.some(hasOperators)) throw new StoreError(2, `cannot nest $ under ${operator}`);
  const patterns = operand.filter(isRegex).map((pattern) => equals(pattern, scope));
  const values = operand.filter((value) => !isRegex(value));
  const inValues = isOneOf(values, scope);
  if (patterns.length === 0) return inValues;
  return (value) => inValues(value) || patterns.some((matches) => matches(value));
}

function isOneOf(values: unknown[], scope: Scope): Test {
  if (values.length <= 4) {
    const tests = values.map((value) => equals(value, scope));
    return (value) => tests.some((test) => test(value));
  }
  const keys = new Set(values.map((value) => valueKey(value ?? null, scope.collation)));
  return (value) => keys.has(valueKey(value ?? null, scope.collation));
}

/** Texts match a pattern, and so does the same pattern as a stored value. */
export function matchesRegex(regex: Regex): Test {
  return (value) => matchesValue(regex, value);
}

/** `$type`: an alias or number, or a list of them. */
export function hasType(operand: unknown): Test {
  if (Array.isArray(operand) && operand.length === 0)
    throw new StoreError(9, '$type must match at least one type');
  const names = (Array.isArray(operand) ? operand : [operand]).flatMap((type) => {
    if (type === 'number') return ['int', 'long', 'double', 'decimal'];
    if (typeof type !== 'string' && !numberKind(type))
      throw new StoreError(14, 'type must be represented as a number or a string');
    const known = Object.entries(types).find(
      ([name, { number }]) => type === name || toNumber(type) === number,
    );
    if (!known || known[0] === 'missing') throw new StoreError(2, `Unknown type name alias: ${type}`);
    return known[0];
  });
  return (value) => names.includes(typeName(value));
}

/** `$mod: [divisor, remainder]`; fractions are cut off. */
export function hasRemainder(operand: unknown): Test {
  if (!Array.isArray(operand) || operand.length !== 2)
    throw new StoreError(2, 'malformed mod, needs to be an array of two');
  const [divisor, remainder] = operand.map(wholePart);
  if (divisor === undefined || remainder === undefined)
    throw new StoreError(2, 'malformed mod, not a number');
  if (divisor === 0n) throw new StoreError(2, 'divisor cannot be 0');
  return (value) => {
    const whole = wholePart(value);
    return whole !== undefined && whole % divisor === remainder;
  };
}

function wholePart(value: unknown): bigint | undefined {
  const number = toNumber(value);
  if (!Number.isFinite(number)) return undefined;
  return toInteger(value) ?? BigInt(Math.trunc(number));
}

/** `$bitsAllSet` and its like, with a mask or a list of positions. */
export function bits(
  operator: string,
  operand: unknown,
  accepts: (value: bigint, mask: bigint) => boolean,
): Test {
  const masks = (Array.isArray(operand) ? operand : [operand]).map(bitsOf);
  const mask = masks.reduce<bigint>((sum, at = 0n) => sum | (Array.isArray(operand) ? 1n << at : at), 0n);
  if (masks.some((one) => one === undefined || one < 0n))
    throw new StoreError(
      9,
      `${operator} takes a non-negative whole number, a list of bit positions or binary data`,
    );
  return (value) => {
    const whole = bitsOf(value);
    return whole !== undefined && accepts(whole, mask);
  };
}

/** A whole number, or binary data with its first byte lowest. */
function bitsOf(value: unknown): bigint | undefined {
  if (!(value instanceof Binary)) return toInteger(value);
  return BigInt(`0x0${Buffer.from(value.value()).reverse().toString('hex')}`);
}
