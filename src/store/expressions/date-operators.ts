import { Long, ObjectId } from 'bson';
import { formatDate, parseFormatted } from '../values/date-format.ts';
import {
  addUnits,
  type Counting,
  countUnits,
  dayOfYear,
  fromLocal,
  isoWeek,
  localOf,
  localOfWeek,
  parseDate,
  toLocal,
  truncate,
  unitOf,
  weekOfYear,
} from '../values/dates.ts';
import { StoreError } from '../values/errors.ts';
import { truthy } from '../values/numbers.ts';
import { isDocument, typeName } from '../values/types.ts';
import { isNullish, named, namedSpecs, type Operator, wholeFor } from './operator.ts';

/** Dates: the wall clock of a time zone if one is given, else UTC. */
export const dateOperators: Record<string, Operator> = {
  $year: part((local) => new Date(local).getUTCFullYear()),
  $month: part((local) => new Date(local).getUTCMonth() + 1),
  $dayOfMonth: part((local) => new Date(local).getUTCDate()),
  $hour: part((local) => new Date(local).getUTCHours()),
  $minute: part((local) => new Date(local).getUTCMinutes()),
  $second: part((local) => new Date(local).getUTCSeconds()),
  $millisecond: part((local) => new Date(local).getUTCMilliseconds()),
  $dayOfYear: part(dayOfYear),
  $dayOfWeek: part((local) => new Date(local).getUTCDay() + 1),
  $week: part(weekOfYear),
  $isoDayOfWeek: part((local) => isoWeek(local).day),
  $isoWeek: part((local) => isoWeek(local).week),
  $isoWeekYear: part((local) => Long.fromNumber(isoWeek(local).year)),

  $dateToParts: named(['date'], ['timezone', 'iso8601'], ({ date, timezone, iso8601 }, name) => {
    if (isNullish(date) || timezone === null) return null;
    const local = toLocal(instant(date, name), zoneOf(timezone));
    const at = new Date(local);
    const { year, week, day } = isoWeek(local);
    return {
      ...(truthy(iso8601)
        ? { isoWeekYear: year, isoWeek: week, isoDayOfWeek: day }
        : { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() }),
      hour: at.getUTCHours(),
      minute: at.getUTCMinutes(),
      second: at.getUTCSeconds(),
      millisecond: at.getUTCMilliseconds(),
    };
  }),
  $dateFromParts: named(
    [],
    [
      'year',
      'month',
      'day',
      'isoWeekYear',
      'isoWeek',
      'isoDayOfWeek',
      'hour',
      'minute',
      'second',
      'millisecond',
      'timezone',
    ],
    (args, name) => {
      if (Object.values(args).some(isNullish)) return null;
      const { timezone, ...parts } = args;
      const numbers = Object.fromEntries(
        Object.entries(parts).map(([key, value]) => [key, wholeFor(value, name)]),
      );
      const { year, month, day, isoWeekYear, isoWeek: week, isoDayOfWeek } = numbers;
      if (year === undefined && isoWeekYear === undefined) {
        throw new StoreError(40516, `${name} requires either 'year' or 'isoWeekYear' to be present`);
      }
      const date =
        isoWeekYear === undefined
          ? localOf(year ?? 0, month, day)
          : localOfWeek(isoWeekYear, week, isoDayOfWeek);
      const time = localOf(1970, 1, 1, numbers);
      return new Date(fromLocal(date + time, zoneOf(timezone)));
    },
  ),
  $dateToString: named(
    ['date'],
    ['format', 'timezone', 'onNull'],
    ({ date, format, timezone, onNull }, name) => {
      if (isNullish(date)) return onNull === undefined ? null : onNull;
      if (timezone === null || format === null) return null;
      return formatDate(
        instant(date, name),
        zoneOf(timezone),
        format === undefined ? undefined : String(format),
      );
    },
  ),
  $dateFromString(operand, compiler, name) {
    const specs = namedSpecs(operand, ['dateString'], ['format', 'timezone', 'onError', 'onNull'], name);
    const [text, format, timezone] = [specs.dateString, specs.format, specs.timezone].map((spec) =>
      compiler.compile(spec),
    );
    const onError = 'onError' in specs ? compiler.compile(specs.onError) : undefined;
    const onNull = compiler.compile('onNull' in specs ? specs.onNull : null);
    return (root, variables) => {
      const [value, pattern, zone] = [text, format, timezone].map((evaluate) => evaluate?.(root, variables));
      if (isNullish(value)) return onNull(root, variables);
      try {
        if (typeof value !== 'string')
          throw new StoreError(241, `${name} requires that 'dateString' be a string`);
        if (isNullish(pattern)) return parseDate(value, zoneOf(zone));
        return parseFormatted(value, String(pattern), zoneOf(zone));
      } catch (error) {
        if (!onError || !(error instanceof StoreError) || error.code !== 241) throw error;
        return onError(root, variables);
      }
    };
  },
  $dateTrunc: named(
    ['date', 'unit'],
    ['binSize', 'timezone', 'startOfWeek'],
    ({ date, unit, binSize = 1, timezone, startOfWeek = 'sunday' }, name) => {
      if ([date, unit, binSize, startOfWeek].some(isNullish) || timezone === null) return null;
      const size = wholeFor(binSize, name);
      if (size < 1) throw new StoreError(5439017, `${name} requires 'binSize' to be greater than 0`);
      return new Date(truncate(instant(date, name), size, countingOf(unit, timezone, startOfWeek)));
    },
  ),
  $dateAdd: shifted(1),
  $dateSubtract: shifted(-1),
  $dateDiff: named(
    ['startDate', 'endDate', 'unit'],
    ['timezone', 'startOfWeek'],
    ({ startDate, endDate, unit, timezone, startOfWeek = 'sunday' }, name) => {
      if ([startDate, endDate, unit, startOfWeek].some(isNullish) || timezone === null) return null;
      const [from, to] = [instant(startDate, name), instant(endDate, name)];
      return Long.fromNumber(countUnits(from, to, countingOf(unit, timezone, startOfWeek)));
    },
  ),
};

/** `$year` and the like, of a date or of `{ date, timezone }`. */
function part(read: (local: number) => unknown): Operator {
  return (operand, compiler, name) => {
    const single = Array.isArray(operand) && operand.length === 1 ? operand[0] : operand;
    const withZone = isDocument(single) && 'date' in single;
    const specs = withZone ? namedSpecs(single, ['date'], ['timezone'], name) : { date: single };
    const date = compiler.compile(specs.date);
    const timezone = compiler.compile('timezone' in specs ? specs.timezone : 'UTC');
    return (root, variables) => {
      const [value, zone] = [date(root, variables), timezone(root, variables)];
      return isNullish(value) || isNullish(zone) ? null : read(toLocal(instant(value, name), zoneOf(zone)));
    };
  };
}

function shifted(sign: 1 | -1): Operator {
  return named(
    ['startDate', 'unit', 'amount'],
    ['timezone'],
    ({ startDate, unit, amount, timezone }, name) => {
      if ([startDate, unit, amount].some(isNullish) || timezone === null) return null;
      return new Date(
        addUnits(instant(startDate, name), unitOf(unit), sign * wholeFor(amount, name), zoneOf(timezone)),
      );
    },
  );
}

function countingOf(unit: unknown, timezone: unknown, startOfWeek: unknown): Counting {
  return { unit: unitOf(unit), zone: zoneOf(timezone), startOfWeek: String(startOfWeek).toLowerCase() };
}

/** Milliseconds since 1970 of a date or an ObjectId. */
function instant(value: unknown, name: string): number {
  if (value instanceof Date) return value.getTime();
  if (value instanceof ObjectId) return value.getTimestamp().getTime();
  throw new StoreError(16006, `can't convert from BSON type ${typeName(value)} to Date in ${name}`);
}

function zoneOf(value: unknown): string {
  if (value === undefined) return 'UTC';
  if (typeof value === 'string') return value;
  throw new StoreError(40517, `timezone must evaluate to a string, found ${typeName(value)}`);
}
