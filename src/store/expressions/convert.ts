import { Decimal128, Long, ObjectId } from 'bson';
import { parseDate } from '../values/dates.ts';
import { decimal128, decimalToNumber, exactDecimal, quantize } from '../values/decimal.ts';
import { refuse, StoreError } from '../values/errors.ts';
import { double, integer, numberKind, toDecimal, toNumber, truthy } from '../values/numbers.ts';
import { own, typeName, types } from '../values/types.ts';
import { isNullish, listed, namedSpecs, type Operator } from './operator.ts';

type Conversion = (value: unknown, from: string) => unknown;

const conversions: Record<string, Conversion> = {
  bool: (value, from) => (numberKind(value) ? truthy(value) : from === 'bool' ? value : true),
  int: (value, from) => toWhole(value, from, 'int'),
  long: (value, from) => toWhole(value, from, 'long'),
  double(value, from) {
    if (from === 'date') return double((value as Date).getTime());
    return double(toReal(value, from, 'double'));
  },
  decimal(value, from) {
    if (from === 'string') return Decimal128.fromString(numeral(value, 'decimal'));
    if (from === 'date') return Decimal128.fromString(String((value as Date).getTime()));
    if (from === 'bool') return Decimal128.fromString(String(Number(value)));
    if (!numberKind(value)) unsupported(from, 'decimal');
    return decimal128(toDecimal(value));
  },
  string: toText,
  date(value, from) {
    if (from === 'date') return value;
    if (from === 'objectId') return (value as ObjectId).getTimestamp();
    if (from === 'string') return parseDate(String(value));
    if (from !== 'long' && from !== 'double' && from !== 'decimal') unsupported(from, 'date');
    return new Date(Math.trunc(toNumber(value)));
  },
  objectId(value, from) {
    if (from === 'objectId') return value;
    if (from !== 'string') unsupported(from, 'objectId');
    if (!/^[0-9a-f]{24}$/i.test(String(value))) failed(`Failed to parse objectId '${value}' in $convert`);
    return new ObjectId(String(value));
  },
};

/** Types and the conversions between them. */
export const conversionOperators: Record<string, Operator> = {
  $type: listed(1, 1, ([value]) => typeName(value)),
  $isNumber: listed(1, 1, ([value]) => numberKind(value) !== undefined),
  $toBool: to('bool'),
  $toInt: to('int'),
  $toLong: to('long'),
  $toDouble: to('double'),
  $toDecimal: to('decimal'),
  $toString: to('string'),
  $toDate: to('date'),
  $toObjectId: to('objectId'),
  $convert(operand, compiler, name) {
    const specs = namedSpecs(operand, ['input', 'to'], ['onError', 'onNull'], name);
    const input = compiler.compile(specs.input);
    const target = compiler.compile(specs.to);
    const onError = 'onError' in specs ? compiler.compile(specs.onError) : undefined;
    const onNull = compiler.compile('onNull' in specs ? specs.onNull : null);
    return (root, variables) => {
      const [value, type] = [input(root, variables), target(root, variables)];
      if (isNullish(value)) return onNull(root, variables);
      if (isNullish(type)) return null;
      try {
        return convert(value, type);
      } catch (error) {
        const conversion = error instanceof StoreError && error.code === 241;
        if (!conversion || !onError) throw error;
        return onError(root, variables);
      }
    };
  },
};

/** A value as `$toString` writes it; 241 for types that have no text. */
export function toText(value: unknown, from = typeName(value)): string {
  switch (from) {
    case 'string':
    case 'bool':
    case 'int':
    case 'long':
    case 'decimal':
      return String(value);
    case 'double': {
      const number = toNumber(value);
      if (Math.abs(number) >= 1e15 || (number !== 0 && Math.abs(number) < 1e-4)) {
        refuse('the text of a very large or very small double');
      }
      return String(number);
    }
    case 'date':
      return (value as Date).toISOString();
    case 'objectId':
      return (value as ObjectId).toHexString();
    default:
      return unsupported(from, 'string');
  }
}

function to(type: string): Operator {
  return listed(1, 1, ([value]) => (isNullish(value) ? null : convert(value, type)));
}

function convert(value: unknown, to: unknown): unknown {
  const name =
    typeof to === 'string' ? to : Object.keys(types).find((type) => types[type]?.number === toNumber(to));
  const conversion = own(conversions, name ?? '');
  if (!conversion && own(types, name ?? '')) unsupported(typeName(value), String(name));
  if (!conversion) throw new StoreError(typeof to === 'string' ? 2 : 9, `Unknown type name: ${to}`);
  return conversion(value, typeName(value));
}

function toWhole(value: unknown, from: string, to: 'int' | 'long'): unknown {
  if (from === 'date' && to === 'long') return Long.fromNumber((value as Date).getTime());
  if (from === 'string') {
    if (!/^[-+]?\d+$/.test(String(value)))
      failed(`Failed to parse number '${value}' in $convert with no onError value`);
    return inRange(BigInt(String(value).replace(/^\+/, '')), to);
  }
  if (from === 'bool') return inRange(BigInt(Number(value)), to);
  const exact =
    numberKind(value) === 'double' ? exactDecimal(toNumber(value)) : numberKind(value) && toDecimal(value);
  if (exact === undefined) unsupported(from, to);
  const whole = quantize(exact, 0, 'zero');
  if (typeof whole === 'number')
    return failed('Attempt to convert NaN or infinity value to integer type in $convert');
  return inRange(whole.coefficient * 10n ** BigInt(Math.max(0, whole.exponent)), to);
}

function inRange(value: bigint, to: 'int' | 'long'): unknown {
  const bits = to === 'int' ? 32 : 64;
  if (BigInt.asIntN(bits, value) !== value) failed('Conversion would overflow target type in $convert');
  return integer(value, to);
}

function toReal(value: unknown, from: string, to: string): number {
  if (from === 'string') return Number(numeral(value, to));
  if (from === 'bool') return Number(value);
  if (from === 'decimal') return decimalToNumber(toDecimal(value));
  if (!numberKind(value)) unsupported(from, to);
  return toNumber(value);
}

function numeral(value: unknown, to: string): string {
  const text = String(value);
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text))
    failed(`Failed to parse number '${text}' in $convert to ${to}`);
  return text;
}

function unsupported(from: string, to: string): never {
  return failed(`Unsupported conversion from ${from} to ${to} in $convert with no onError value`);
}

function failed(message: string): never {
  throw new StoreError(241, message);
}
