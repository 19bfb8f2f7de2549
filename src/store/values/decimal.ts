import { Decimal128 } from 'bson';

/** A decimal number, coefficient × 10^exponent; NaN and the infinities are plain numbers. */
export type Decimal = { coefficient: bigint; exponent: number } | number;

const mostDigits = 34;
const bias = 6176;

/** Reads IEEE 754-2008 decimal128 (binary integer significand). */
export function decimalOf(value: Decimal128): Decimal {
  const view = new DataView(value.bytes.buffer, value.bytes.byteOffset, 16);
  const high = view.getBigUint64(8, true);
  const negative = high >> 63n === 1n;
  const combination = Number((high >> 58n) & 31n);
  if (combination === 31) return Number.NaN;
  if (combination === 30) return negative ? -Infinity : Infinity;
  if (combination >= 24) return { coefficient: 0n, exponent: 0 };
  const exponent = Number((high >> 49n) & 0x3fffn) - bias;
  const coefficient = ((high & 0x1ffffffffffffn) << 64n) | view.getBigUint64(0, true);
  return { coefficient: negative ? -coefficient : coefficient, exponent };
}

/** The decimal128 nearest to `value`: 34 digits, half to even. */
export function decimal128(value: Decimal): Decimal128 {
  if (typeof value === 'number') return Decimal128.fromString(String(value));
  const { coefficient, exponent } = roundTo(value, mostDigits);
  return Decimal128.fromString(`${coefficient}E${exponent}`);
}

/** The exact value of a double or a 64-bit integer, as comparisons need it. */
export function exactDecimal(value: number | bigint): Decimal {
  if (typeof value === 'bigint') return { coefficient: value, exponent: 0 };
  if (!Number.isFinite(value)) return value;
  let scaled = value;
  let halvings = 0;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    halvings += 1;
  }
  return { coefficient: BigInt(scaled) * 5n ** BigInt(halvings), exponent: -halvings };
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  if (typeof a === 'number' || typeof b === 'number') return decimalToNumber(a) + decimalToNumber(b);
  const exponent = Math.min(a.exponent, b.exponent);
  return { coefficient: scaled(a, exponent) + scaled(b, exponent), exponent };
}

export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  if (typeof a === 'number' || typeof b === 'number') return decimalToNumber(a) * decimalToNumber(b);
  return { coefficient: a.coefficient * b.coefficient, exponent: a.exponent + b.exponent };
}

/** `b` is not zero. An exact quotient keeps as few digits as it can. */
export function divideDecimals(a: Decimal, b: Decimal): Decimal {
  if (typeof a === 'number' || typeof b === 'number') return decimalToNumber(a) / decimalToNumber(b);
  const shift = Math.max(0, mostDigits + 2 + digits(b.coefficient) - digits(a.coefficient));
  const numerator = a.coefficient * 10n ** BigInt(shift);
  let coefficient = numerator / b.coefficient;
  let exponent = a.exponent - b.exponent - shift;
  if (numerator % b.coefficient !== 0n) {
    const sticky = numerator < 0n === b.coefficient < 0n ? 1n : -1n;
    return { coefficient: coefficient * 10n + sticky, exponent: exponent - 1 };
  }
  const ideal = a.exponent - b.exponent;
  while (exponent < ideal && coefficient % 10n === 0n) {
    coefficient /= 10n;
    exponent += 1;
  }
  return { coefficient, exponent };
}

/** NaN is equal to NaN and less than everything else, as in MongoDB's order. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  if (typeof a === 'number' || typeof b === 'number') {
    const [x, y] = [decimalToNumber(a), decimalToNumber(b)];
    if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(y)) - Number(Number.isNaN(x));
    return x === y ? 0 : x < y ? -1 : 1;
  }
  const exponent = Math.min(a.exponent, b.exponent);
  const [x, y] = [scaled(a, exponent), scaled(b, exponent)];
  return x === y ? 0 : x < y ? -1 : 1;
}

/** Rounds to a multiple of 10^exponent; `how` decides about what is cut off. */
export function quantize(value: Decimal, exponent: number, how: 'even' | 'zero' | 'floor' | 'ceil'): Decimal {
  if (typeof value === 'number' || value.exponent >= exponent) return value;
  const unit = 10n ** BigInt(exponent - value.exponent);
  const quotient = value.coefficient / unit;
  const rest = value.coefficient % unit;
  const sign = value.coefficient < 0n ? -1n : 1n;
  const twice = 2n * rest * sign;
  const away =
    (how === 'even' && (twice > unit || (twice === unit && quotient % 2n !== 0n))) ||
    (how === 'floor' && rest < 0n) ||
    (how === 'ceil' && rest > 0n);
  return { coefficient: away ? quotient + sign : quotient, exponent };
}

function roundTo(value: Exclude<Decimal, number>, most: number): Exclude<Decimal, number> {
  const excess = digits(value.coefficient) - most;
  if (excess <= 0) return value;
  const rounded = quantize(value, value.exponent + excess, 'even');
  return typeof rounded === 'number' ? value : rounded;
}

function digits(coefficient: bigint): number {
  return String(coefficient < 0n ? -coefficient : coefficient).length;
}

function scaled(value: Exclude<Decimal, number>, exponent: number): bigint {
  return value.coefficient * 10n ** BigInt(value.exponent - exponent);
}

/** The nearest double. */
export function decimalToNumber(value: Decimal): number {
  return typeof value === 'number' ? value : Number(`${value.coefficient}E${value.exponent}`);
}
