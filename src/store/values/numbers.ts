import { Decimal128, Double, Int32, Long } from 'bson';
import {
  addDecimals,
  compareDecimals,
  type Decimal,
  decimal128,
  decimalOf,
  exactDecimal,
  multiplyDecimals,
} from './decimal.ts';
import { isInt32, typeName } from './types.ts';

/** The numeric types, from narrow to wide: arithmetic answers in the wider of its operands' types. */
export type NumberKind = 'int' | 'long' | 'double' | 'decimal';
const widths: Record<string, number> = { int: 0, long: 1, double: 2, decimal: 3 };

const longMin = -(2n ** 63n);
const longMax = 2n ** 63n - 1n;

/** The numeric type of a value, or `undefined` when it is no number. */
export function numberKind(value: unknown): NumberKind | undefined {
  const name = typeName(value);
  return name in widths ? (name as NumberKind) : undefined;
}

/** An int or double as a plain number; anything else as it is. */
export function unwrapped(value: unknown): unknown {
  return value instanceof Int32 || value instanceof Double ? value.value : value;
}

/** The nearest double; NaN for what is no number. */
export function toNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  if (value instanceof Int32 || value instanceof Double) return value.value;
  switch (numberKind(value)) {
    case 'long':
      return Number(value);
    case 'decimal':
      return Number(String(value));
    default:
      return Number.NaN;
  }
}

/** The whole number in an int, a long or a double or decimal without fraction; else `undefined`. */
export function toInteger(value: unknown): bigint | undefined {
  if (numberKind(value) === 'long') return BigInt(String(value));
  const decimal = toExact(value);
  if (typeof decimal === 'number') return undefined;
  if (decimal.exponent >= 0) return decimal.coefficient * 10n ** BigInt(decimal.exponent);
  const unit = 10n ** BigInt(-decimal.exponent);
  return decimal.coefficient % unit === 0n ? decimal.coefficient / unit : undefined;
}

/** The value as a decimal, a double rounded to 15 digits as MongoDB converts it in arithmetic. */
export function toDecimal(value: unknown): Decimal {
  if (numberKind(value) !== 'double') return toExact(value);
  const double = toNumber(value);
  if (!Number.isFinite(double)) return double;
  return decimalOf(Decimal128.fromString(double.toPrecision(15)));
}

/** Whether a value counts as true: all but false, null, missing and zero. */
export function truthy(value: unknown): boolean {
  if (value === null || value === undefined || value === false) return false;
  return !numberKind(value) || toNumber(value) !== 0;
}

/** Orders two numbers of any types by value; NaN first. */
export function compareNumbers(a: unknown, b: unknown): number {
  if (a instanceof Decimal128 || b instanceof Decimal128) return compareDecimals(toExact(a), toExact(b));
  const x = comparable(a);
  const y = comparable(b);
  if (x < y) return -1;
  if (x > y) return 1;
  return Number(Number.isNaN(y)) - Number(Number.isNaN(x));
}

/** The same text for all numbers that are equal by value. */
export function numberKey(value: unknown): string {
  if (Number.isSafeInteger(toNumber(value)) && !(value instanceof Decimal128)) return String(toNumber(value));
  const whole = toInteger(value);
  if (whole !== undefined) return String(whole);
  const double = toNumber(value);
  const same = compareNumbers(value, double) === 0;
  if (same || !(value instanceof Decimal128)) return String(double);
  let { coefficient, exponent } = toExact(value) as Exclude<Decimal, number>;
  while (coefficient % 10n === 0n) {
    coefficient /= 10n;
    exponent += 1;
  }
  return `${coefficient}E${exponent}`;
}

/** a + b in the wider type: int grows to long, a long that overflows to double. */
export function add(a: unknown, b: unknown): unknown {
  return combine(a, b, { double: (x, y) => x + y, whole: (x, y) => x + y, decimal: addDecimals });
}

/** a − b, typed like `add`. */
export function subtract(a: unknown, b: unknown): unknown {
  return combine(a, b, {
    double: (x, y) => x - y,
    whole: (x, y) => x - y,
    decimal: (x, y) => addDecimals(x, multiplyDecimals(y, { coefficient: -1n, exponent: 0 })),
  });
}

/** a × b, typed like `add`. */
export function multiply(a: unknown, b: unknown): unknown {
  return combine(a, b, { double: (x, y) => x * y, whole: (x, y) => x * y, decimal: multiplyDecimals });
}

/** A double that stays one when bson writes it. */
export function double(value: number): number | Double {
  return isInt32(value) ? new Double(value) : value;
}

/** A whole number as an int if `kind` is 'int' and it fits, else as a long if that fits, else as a double. */
export function integer(value: bigint, kind: NumberKind): number | Long | Double {
  const number = Number(value);
  if (kind === 'int' && isInt32(number)) return number;
  return value >= longMin && value <= longMax ? Long.fromBigInt(value) : double(number);
}

/** The wider of two numeric types. */
export function wider(a: NumberKind, b: NumberKind): NumberKind {
  return (widths[a] ?? 0) > (widths[b] ?? 0) ? a : b;
}

type Operation = {
  double: (x: number, y: number) => number;
  whole: (x: bigint, y: bigint) => bigint;
  decimal: (x: Decimal, y: Decimal) => Decimal;
};

function combine(a: unknown, b: unknown, operation: Operation): unknown {
  const kind = wider(numberKind(a) ?? 'int', numberKind(b) ?? 'int');
  if (kind === 'decimal') return decimal128(operation.decimal(toDecimal(a), toDecimal(b)));
  const result = operation.double(toNumber(a), toNumber(b));
  if (kind === 'double') return double(result);
  if (kind === 'int' && Number.isSafeInteger(result))
    return isInt32(result) ? result : Long.fromNumber(result);
  return integer(operation.whole(BigInt(String(a)), BigInt(String(b))), kind);
}

function comparable(value: unknown): number | bigint {
  if (typeof value === 'number') return value;
  if (!(value instanceof Long)) return toNumber(value);
  const number = value.toNumber();
  return Number.isSafeInteger(number) ? number : value.toBigInt();
}

function toExact(value: unknown): Decimal {
  if (value instanceof Decimal128) return decimalOf(value);
  return exactDecimal(numberKind(value) === 'long' ? BigInt(String(value)) : toNumber(value));
}
