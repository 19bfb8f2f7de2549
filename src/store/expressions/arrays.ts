import type { Document } from 'bson';
import { StoreError } from '../values/errors.ts';
import { numberKind, toNumber, truthy } from '../values/numbers.ts';
import { equalValues, sortValues, valueKey } from '../values/order.ts';
import { field, isDocument, isInt32, typeName } from '../values/types.ts';
import {
  accumulated,
  arrayFor,
  checkVariable,
  isNullish,
  listed,
  named,
  namedSpecs,
  nullable,
  type Operator,
  type Variables,
  wholeFor,
} from './operator.ts';

/** The most elements of an array that an operator makes: 100 MB of values, as in MongoDB. */
const mostElements = 6_553_600;

const several = (pick: (list: unknown[], n: number) => unknown[]) =>
  named(['n', 'input'], [], ({ n, input }, name) => pick(arrayFor(input, name), positive(n, name)));

/** Arrays, sets (arrays whose order and repetitions do not count) and documents as arrays of fields. */
export const arrayOperators: Record<string, Operator> = {
  $isArray: listed(1, 1, ([value]) => Array.isArray(value)),
  $size: listed(1, 1, ([value], name) => arrayFor(value, name, 17124).length),
  $arrayElemAt: nullable(2, 2, ([list, index], name) =>
    arrayFor(list, name, 28689).at(wholeFor(index, name)),
  ),
  $first: nullable(1, 1, ([list], name) => arrayFor(list, name, 28689)[0]),
  $last: nullable(1, 1, ([list], name) => arrayFor(list, name, 28689).at(-1)),
  $firstN: several((list, n) => list.slice(0, n)),
  $lastN: several((list, n) => list.slice(-n)),
  $maxN: several((list, n) => ascending(list).reverse().slice(0, n)),
  $minN: several((list, n) => ascending(list).slice(0, n)),
  $concatArrays: nullable(0, Number.POSITIVE_INFINITY, (lists, name) => {
    const all = lists.map((list) => arrayFor(list, name, 28664));
    if (all.reduce((sum, list) => sum + list.length, 0) > mostElements)
      throw new StoreError(146, '$concatArrays would use too much memory');
    return all.flat();
  }),
  $reverseArray: nullable(1, 1, ([list], name) => arrayFor(list, name, 34435).toReversed()),
  $slice: nullable(2, 3, (values, name) => {
    const list = arrayFor(values[0], name, 28724);
    const [start, count] = values.slice(1).map((value) => wholeFor(value, name));
    if (start === undefined) return list;
    if (count === undefined) return start < 0 ? list.slice(start) : list.slice(0, start);
    if (count <= 0) throw new StoreError(28729, `Third argument to $slice must be positive: ${count}`);
    const from = start < 0 ? Math.max(0, list.length + start) : start;
    return list.slice(from, from + count);
  }),
  $range: listed(2, 3, (values) => {
    const [from = 0, to = 0, by = 1] = values.map((value, i) => endOf(value, i));
    if (by === 0) throw new StoreError(34449, '$range requires a non-zero step value');
    const length = Math.max(0, Math.ceil((to - from) / by));
    if (length > mostElements) throw new StoreError(146, '$range would use too much memory');
    return Array.from({ length }, (_, i) => from + i * by);
  }),
  $in: listed(2, 2, ([value, list], name, collation) =>
    arrayFor(list, name, 40081).some((element) => equalValues(element, value, collation)),
  ),
  $indexOfArray: listed(2, 4, ([list, value, start = 0, end], name, collation) => {
    if (isNullish(list)) return null;
    const elements = arrayFor(list, name, 40090).slice(
      0,
      end === undefined ? undefined : wholeFor(end, name),
    );
    const from = wholeFor(start, name);
    return elements.findIndex((element, i) => i >= from && equalValues(element, value, collation));
  }),
  $zip: named(
    ['inputs'],
    ['useLongestLength', 'defaults'],
    ({ inputs, useLongestLength, defaults }, name) => {
      const lists = arrayFor(inputs, name);
      if (lists.some(isNullish)) return null;
      const lengths = lists.map((list) => arrayFor(list, name).length);
      const length = truthy(useLongestLength) ? Math.max(...lengths) : Math.min(...lengths);
      const fill = Array.isArray(defaults) ? defaults : [];
      return Array.from({ length }, (_, i) =>
        lists.map((list, k) => (list as unknown[])[i] ?? fill[k] ?? null),
      );
    },
  ),
  $sortArray: named(['input', 'sortBy'], [], ({ input, sortBy }, name, collation) => {
    if (isNullish(input)) return null;
    if (!isDocument(sortBy) && Math.abs(toNumber(sortBy)) !== 1)
      throw new StoreError(2942507, 'The sortBy of $sortArray must be an object, 1 or -1');
    return sortValues(arrayFor(input, name, 2942504), sortBy, collation);
  }),
  $map: overElements(['input', 'in'], 'in', (list, each) => list.map((element) => each(element) ?? null)),
  $filter: overElements(['input', 'cond'], 'cond', (list, each, limit) => {
    const passed = list.filter((element) => truthy(each(element)));
    return limit === undefined ? passed : passed.slice(0, positive(limit, '$filter'));
  }),
  $reduce(operand, compiler, name) {
    const specs = namedSpecs(operand, ['input', 'initialValue', 'in'], [], name);
    const input = compiler.compile(specs.input);
    const initial = compiler.compile(specs.initialValue);
    const body = compiler.withVariables('this', 'value').compile(specs.in);
    return (root, variables) => {
      const list = input(root, variables);
      if (isNullish(list)) return null;
      return arrayFor(list, name, 40080).reduce(
        (value, element) => {
          compiler.checkTime();
          return body(root, { ...variables, this: element, value });
        },
        initial(root, variables),
      );
    };
  },

  $setUnion: nullable(0, Number.POSITIVE_INFINITY, (lists, name, collation) => [
    ...keyed(
      lists.flatMap((list) => arrayFor(list, name, 17043)),
      collation,
    ).values(),
  ]),
  $setIntersection: nullable(0, Number.POSITIVE_INFINITY, (lists, name, collation) => {
    const [first = new Map<string, unknown>(), ...others] = lists.map((list) =>
      keyed(arrayFor(list, name, 17047), collation),
    );
    return [...first].filter(([key]) => others.every((other) => other.has(key))).map(([, value]) => value);
  }),
  $setDifference: nullable(2, 2, ([a, b], name, collation) => {
    const excluded = keyed(arrayFor(b, name, 17049), collation);
    return [...keyed(arrayFor(a, name, 17048), collation)]
      .filter(([key]) => !excluded.has(key))
      .map(([, v]) => v);
  }),
  $setEquals: listed(2, Number.POSITIVE_INFINITY, (lists, name, collation) => {
    const [first = '', ...others] = lists.map((list) =>
      [...keyed(arrayFor(list, name, 17044), collation).keys()].sort().join(),
    );
    return others.every((other) => other === first);
  }),
  $setIsSubset: listed(2, 2, ([a, b], name, collation) => {
    const all = keyed(arrayFor(b, name, 17042), collation);
    return [...keyed(arrayFor(a, name, 17046), collation).keys()].every((key) => all.has(key));
  }),
  $allElementsTrue: listed(1, 1, ([list], name) => arrayFor(list, name, 17040).every(truthy)),
  $anyElementTrue: listed(1, 1, ([list], name) => arrayFor(list, name, 17041).some(truthy)),

  $objectToArray: nullable(1, 1, ([value], name) =>
    Object.entries(documentFor(value, name)).map(([k, v]) => ({ k, v })),
  ),
  $arrayToObject: nullable(1, 1, ([list], name) =>
    Object.fromEntries(entriesIn(arrayFor(list, name, 40386))),
  ),
  $mergeObjects: accumulated,
  $getField(operand, compiler, name) {
    const specs = isDocument(operand) ? namedSpecs(operand, ['field'], ['input'], name) : { field: operand };
    const key = compiler.compile(specs.field);
    const input = compiler.compile('input' in specs ? specs.input : '$$ROOT');
    return (root, variables) => {
      const [value, text] = [input(root, variables), key(root, variables)];
      if (typeof text !== 'string') throw new StoreError(5654602, '$getField requires a text as its field');
      if (value === null) return null;
      return isDocument(value) ? field(value, text) : undefined;
    };
  },
  $setField: named(['field', 'input', 'value'], [], ({ field: key, input, value }, name) =>
    isNullish(input) ? null : withField(documentFor(input, name), String(key), value),
  ),
  $unsetField: named(['field', 'input'], [], ({ field: key, input }, name) =>
    isNullish(input) ? null : withField(documentFor(input, name), String(key), undefined),
  ),
};

/** Pairs of key and value: all given as arrays of two, or all as documents of `k` and `v`. */
function entriesIn(list: unknown[]): [string, unknown][] {
  const [first] = list;
  if (list.length > 0 && !Array.isArray(first) && !isDocument(first))
    throw new StoreError(40398, `Unrecognised input type format for $arrayToObject: ${typeName(first)}`);
  return list.map(Array.isArray(first) ? pairOf : fieldOf);
}

function pairOf(entry: unknown): [string, unknown] {
  if (!Array.isArray(entry)) throw inconsistent(40396, 'Array', entry);
  const [key, value] = entry;
  if (entry.length !== 2)
    throw new StoreError(
      40397,
      `$arrayToObject requires an array of size 2 arrays, found array of size: ${entry.length}`,
    );
  if (typeof key !== 'string')
    throw new StoreError(
      40395,
      `$arrayToObject requires keys of type string. Found key type: ${typeName(key)}`,
    );
  return [key, value];
}

function fieldOf(entry: unknown): [string, unknown] {
  if (!isDocument(entry)) throw inconsistent(40391, 'Object', entry);
  const size = Object.keys(entry).length;
  if (size !== 2)
    throw new StoreError(
      40392,
      `$arrayToObject requires an object keys of 'k' and 'v'. Found incorrect number of keys: ${size}`,
    );
  if (!('k' in entry && 'v' in entry))
    throw new StoreError(40393, "$arrayToObject requires an object with keys 'k' and 'v'.");
  if (typeof entry.k !== 'string')
    throw new StoreError(
      40394,
      `$arrayToObject requires 'k' to be of type string. Found type: ${typeName(entry.k)}`,
    );
  return [entry.k, entry.v];
}

function inconsistent(code: number, detected: string, entry: unknown): StoreError {
  const text = `$arrayToObject requires a consistent input format. ${detected} was detected, now found: ${typeName(entry)}`;
  return new StoreError(code, text);
}

/** An operator that evaluates `body` once for each element, which it knows as `$$this` or by the name `as`. */
function overElements(
  required: string[],
  body: 'in' | 'cond',
  apply: (list: unknown[], each: (element: unknown) => unknown, limit: unknown) => unknown,
): Operator {
  return (operand, compiler, name) => {
    const specs = namedSpecs(operand, required, body === 'cond' ? ['as', 'limit'] : ['as'], name);
    const variable = String(specs.as ?? 'this');
    checkVariable(variable);
    const input = compiler.compile(specs.input);
    const limit = compiler.compile(specs.limit);
    const evaluate = compiler.withVariables(variable).compile(specs[body]);
    return (root, variables) => {
      const list = input(root, variables);
      if (isNullish(list)) return null;
      const inner: Variables = { ...variables };
      const each = (element: unknown) => {
        compiler.checkTime();
        inner[variable] = element;
        return evaluate(root, inner);
      };
      return apply(
        arrayFor(list, name, body === 'in' ? 16883 : 28651),
        each,
        limit(root, variables) ?? undefined,
      );
    };
  };
}

function keyed(list: unknown[], collation: Parameters<typeof valueKey>[1]): Map<string, unknown> {
  const map = new Map<string, unknown>();
  for (const value of list) {
    const key = valueKey(value, collation);
    if (!map.has(key)) map.set(key, value);
  }
  return map;
}

/** The start, end or step of `$range`, a whole number of 32 bits. */
function endOf(value: unknown, i: number): number {
  const what = ['a starting value', 'an ending value', 'a step value'][i];
  if (!numberKind(value)) throw new StoreError(34443 + 2 * i, `$range requires a numeric ${what?.slice(2)}`);
  const number = toNumber(value);
  if (!isInt32(number))
    throw new StoreError(
      34444 + 2 * i,
      `$range requires ${what} that can be represented as a 32-bit integer`,
    );
  return number;
}

function ascending(list: unknown[]): unknown[] {
  return sortValues(
    list.filter((value) => !isNullish(value)),
    1,
  );
}

function withField(document: Document, name: string, value: unknown): Document {
  const { [name]: _old, ...rest } = document;
  if (value === undefined) return rest;
  return name in document ? { ...document, [name]: value } : { ...rest, [name]: value };
}

function documentFor(value: unknown, name: string): Document {
  if (isDocument(value)) return value;
  throw new StoreError(40390, `${name} requires a document input, found: ${typeName(value)}`);
}

function positive(value: unknown, name: string): number {
  const number = wholeFor(value, name);
  if (number <= 0) throw new StoreError(5787908, `'n' must be greater than 0, found ${number} for ${name}`);
  return number;
}
