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

const real = (compute: (x: number, y: number) => number, count: number) =>
  nullable(count, count, (values, name) => {
    const kinds = values.map((value) => kindFor(value, name));
    const result = compute(toNumber(values[0]), toNumber(values[1]));
    return kinds.includes('decimal') ? Decimal128.fromString(String(result)) : double(result);
  });

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
    const kind = wider(kindFor(a, name), kindFor(b, name));
    if (toNumber(b) === 0) throw new StoreError(16610, "can't $mod by zero");
    if (kind === 'double') return double(toNumber(a) % toNumber(b));
    if (kind !== 'decimal') return integer((toInteger(a) ?? 0n) % (toInteger(b) ?? 1n), kind);
    const quotient = quantize(divideDecimals(toDecimal(a), toDecimal(b)), 0, 'zero');
    return subtract(a, multiply(decimal128(quotient), b));
  }),
  $rand: () => () => double(Math.random()),
  $abs: nullable(1, 1, ([value], name) => {
    kindFor(value, name);
    return compareNumbers(value, 0) < 0 ? subtract(0, value) : value;
  }),
  $ceil: rounded('ceil', 1),
  $floor: rounded('floor', 1),
  $round: rounded('even', 2),
  $trunc: rounded('zero', 2),
  $pow: nullable(2, 2, ([base, exponent], name) => {
    const kind = wider(kindFor(base, name), kindFor(exponent, name));
    const [whole, power] = [toInteger(base), toInteger(exponent)];
    if (kind !== 'double' && kind !== 'decimal' && whole !== undefined && power !== undefined) {
      if (power >= 0n && power < 64n) return integer(whole ** power, kind);
    }
    const result = toNumber(base) ** toNumber(exponent);
    return kind === 'decimal' ? Decimal128.fromString(String(result)) : double(result);
  }),
  $sqrt: real(Math.sqrt, 1),
  $exp: real(Math.exp, 1),
  $ln: real(Math.log, 1),
  $log10: real(Math.log10, 1),
  $log: real((x, base) => Math.log(x) / Math.log(base), 2),
  $sum: accumulated,
  $avg: accumulated,
  $min: accumulated,
  $max: accumulated,
};

function kindFor(value: unknown, name: string, supported = 'numeric types'): NumberKind {
  const kind = numberKind(value);
  if (!kind) throw new StoreError(14, `${name} only supports ${supported}, not ${typeName(value)}`);
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
  const kind = kindFor(value, name);
  const places = toInteger(place);
  if (places === undefined || places < -20n || places > 100n) {
    throw new StoreError(51083, `${name} requires a whole place between -20 and 100`);
  }
  if (kind === 'decimal') return decimal128(quantize(toDecimal(value), -Number(places), how));
  const exact = kind === 'double' ? exactDecimal(toNumber(value)) : exactDecimal(toInteger(value) ?? 0n);
  const result = quantize(exact, -Number(places), how);
  if (kind === 'double') return double(decimalToNumber(result));
  return typeof result === 'number'
    ? result
    : integer(result.coefficient * 10n ** BigInt(result.exponent), kind);
}
