import { Decimal128, Long } from 'bson';
import { decimal128, decimalToNumber, divideDecimals, exactDecimal, quantize } from '../values/decimal.ts';
import { StoreError } from '../values/errors.ts';
import {
  add,
  compareNumbers,
  double,
  integer,
  multiply,
  type NumberKind,
  numberKind,
  subtract,
  toDecimal,
  toInteger,
  toNumber,
  wider,
} from '../values/numbers.ts';
import { typeName } from '../values/types.ts';
import { accumulated, nullable, type Operator } from './operator.ts';

const real = (compute: (x: number, y: number) => number, count: number, check: Check = () => {}) =>
  nullable(count, count, (values, name) => {
    const kinds = values.map((value) => kindFor(value, name, 'numeric types', count === 1 ? 28765 : 28756));
    const [x = Number.NaN, y = Number.NaN] = values.map(toNumber);
    check(x, y);
    const result = compute(x, y);
    return kinds.includes('decimal') ? Decimal128.fromString(String(result)) : double(result);
  });

/** Throws for arguments that the function is not defined for. */
type Check = (x: number, y: number) => void;

const positive =
  (name: string, code: number): Check =>
  (x) => {
    if (x <= 0) throw new StoreError(code, `${name}'s argument must be a positive number, but is ${x}`);
  };

const rounded = (how: 'even' | 'zero' | 'floor' | 'ceil', most: number) =>
  nullable(1, most, ([value, place = 0], name) => round(value, place, how, name));

/** Arithmetic on typed numbers, and sums of dates. */
export const arithmeticOperators: Record<string, Operator> = {
  $add: nullable(0, Number.POSITIVE_INFINITY, (values, name) => {
    const dates = values.filter((value) => value instanceof Date);
    if (dates.length > 1) throw new StoreError(16612, 'only one date allowed in an $add expression');
    const total = values
      .filter((value) => !(value instanceof Date))
      .reduce((sum, value) => {
        kindFor(value, name, 'numeric or date types');
        return add(sum, value);
      }, 0);
    return dates[0] ? moved(dates[0], toNumber(total)) : total;
  }),
  $subtract: nullable(2, 2, ([a, b], name) => {
    if (a instanceof Date && b instanceof Date) return Long.fromNumber(a.getTime() - b.getTime());
    if (a instanceof Date && numberKind(b)) return moved(a, -toNumber(b));
    kindFor(a, name);
    kindFor(b, name);
    return subtract(a, b);
  }),
  $multiply: nullable(0, Number.POSITIVE_INFINITY, (values, name) =>
    values.reduce((product, value) => {
      kindFor(value, name);
      return multiply(product, value);
    }, 1),
  ),
  $divide: nullable(2, 2, ([a, b], name) => {
    const kind = wider(kindFor(a, name), kindFor(b, name));
    if (toNumber(b) === 0) throw new StoreError(2, "can't $divide by zero");
    if (kind === 'decimal') return decimal128(divideDecimals(toDecimal(a), toDecimal(b)));
    return double(toNumber(a) / toNumber(b));
  }),
  $mod: nullable(2, 2, ([a, b], name) => {
    const kind = wider(kindFor(a, name, undefined, 16611), kindFor(b, name, undefined, 16611));
    if (toNumber(b) === 0) throw new StoreError(16610, "can't $mod by zero");
    if (kind === 'double') return double(toNumber(a) % toNumber(b));
    if (kind !== 'decimal') return integer((toInteger(a) ?? 0n) % (toInteger(b) ?? 1n), kind);
    const quotient = quantize(divideDecimals(toDecimal(a), toDecimal(b)), 0, 'zero');
    return subtract(a, multiply(decimal128(quotient), b));
  }),
  $rand: () => () => double(Math.random()),
  $abs: nullable(1, 1, ([value], name) => {
    kindFor(value, name, undefined, 28765);
    if (numberKind(value) === 'long' && toInteger(value) === -(2n ** 63n))
      throw new StoreError(28680, "can't take $abs of long long min");
    return compareNumbers(value, 0) < 0 ? subtract(0, value) : value;
  }),
  $ceil: rounded('ceil', 1),
  $floor: rounded('floor', 1),
  $round: rounded('even', 2),
  $trunc: rounded('zero', 2),
  $pow: nullable(2, 2, ([base, exponent], name) => {
    const kind = wider(
      kindFor(base, `${name}'s base`, undefined, 28762),
      kindFor(exponent, `${name}'s exponent`, undefined, 28763),
    );
    const [whole, power] = [toInteger(base), toInteger(exponent)];
    if (toNumber(base) === 0 && toNumber(exponent) < 0)
      throw new StoreError(28764, '$pow cannot take a base of 0 and a negative exponent');
    if (kind !== 'double' && kind !== 'decimal' && whole !== undefined && power !== undefined) {
      if (power >= 0n && power < 64n) return integer(whole ** power, kind);
    }
    const result = toNumber(base) ** toNumber(exponent);
    return kind === 'decimal' ? Decimal128.fromString(String(result)) : double(result);
  }),
  $sqrt: real(Math.sqrt, 1, (x) => {
    if (x < 0) throw new StoreError(28714, `$sqrt's argument must be greater than or equal to 0`);
  }),
  $exp: real(Math.exp, 1),
  $ln: real(Math.log, 1, positive('$ln', 28766)),
  $log10: real(Math.log10, 1, positive('$log10', 28761)),
  $log: real(
    (x, base) => Math.log(x) / Math.log(base),
    2,
    (x, base) => {
      positive('$log', 28758)(x, base);
      if (base <= 0 || base === 1)
        throw new StoreError(28759, `$log's base must be a positive number not equal to 1, but is ${base}`);
    },
  ),
  $sum: accumulated,
  $avg: accumulated,
  $min: accumulated,
  $max: accumulated,
};

function kindFor(value: unknown, name: string, supported = 'numeric types', code = 14): NumberKind {
  const kind = numberKind(value);
  if (!kind) throw new StoreError(code, `${name} only supports ${supported}, not ${typeName(value)}`);
  return kind;
}

function moved(date: Date, milliseconds: number): Date {
  return new Date(date.getTime() + Math.round(milliseconds));
}

/** Rounds to `place` decimals (negative: tens, hundreds …) in the type of the value; a double by its exact value. */
function round(
  value: unknown,
  place: unknown,
  how: 'even' | 'zero' | 'floor' | 'ceil',
  name: string,
): unknown {
  const kind = kindFor(value, name, undefined, how === 'even' || how === 'zero' ? 51081 : 28765);
  const places = toInteger(place);
  if (places === undefined || places < -20n || places > 100n) {
    throw new StoreError(
      places === undefined ? 51082 : 51083,
      `${name} requires a whole place between -20 and 100`,
    );
  }
  if (kind === 'decimal') return decimal128(quantize(toDecimal(value), -Number(places), how));
  const exact = kind === 'double' ? exactDecimal(toNumber(value)) : exactDecimal(toInteger(value) ?? 0n);
  const result = quantize(exact, -Number(places), how);
  if (kind === 'double') return double(decimalToNumber(result));
  return typeof result === 'number'
    ? result
    : integer(result.coefficient * 10n ** BigInt(result.exponent), kind);
}
