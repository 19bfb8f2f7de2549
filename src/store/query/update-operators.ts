import { type Document, Timestamp } from 'bson';
import type { Scope } from '../expressions/expression.ts';
import { StoreError } from '../values/errors.ts';
import {
  add,
  integer,
  multiply,
  type NumberKind,
  numberKind,
  toInteger,
  toNumber,
  wider,
} from '../values/numbers.ts';
import { compareValues, equalValues, sortValues } from '../values/order.ts';
import { field, isDocument, own, typeName } from '../values/types.ts';
import { compileElement } from './filter.ts';

/** What one operator does to one field; `undefined` is a missing value, before and after. */
export type Edit = {
  apply(value: unknown, document: Document): unknown;
  /** Whether it makes the documents that its path lacks (and fails with 28 if something else is in the way). */
  creates?: boolean;
  onlyInserting?: boolean;
};

/** What an operator may know; `now` is what `$currentDate` means. */
export type UpdateScope = Scope & { now: Date };

/** The edits, by path, that an operator asks for with `operand` at `path`. */
type Editor = (operand: unknown, path: string, scope: UpdateScope) => Record<string, Edit>;

const sets = (value: unknown): Edit => ({ apply: () => value, creates: true });
const removes: Edit = { apply: () => undefined };

/** The update operators. */
export const editors: Record<string, Editor> = {
  $set: (operand, path) => ({ [path]: sets(operand) }),
  $setOnInsert: (operand, path) => ({ [path]: { ...sets(operand), onlyInserting: true } }),
  $unset: (_operand, path) => ({ [path]: removes }),
  $currentDate: (operand, path, { now }) => ({ [path]: sets(moment(operand, now)) }),
  $inc(operand, path) {
    if (!numberKind(operand))
      throw new StoreError(14, `Cannot increment with non-numeric argument: {${path}: ${operand}}`);
    return { [path]: arithmetic({ operator: '$inc', compute: add }, path, operand, operand) };
  },
  $mul(operand, path) {
    if (!numberKind(operand))
      throw new StoreError(14, `Cannot multiply with non-numeric argument: {${path}: ${operand}}`);
    return {
      [path]: arithmetic({ operator: '$mul', compute: multiply }, path, operand, multiply(operand, 0)),
    };
  },
  $min: (operand, path, { collation }) => ({
    [path]: extreme((value) => compareValues(operand, value, collation) < 0, operand),
  }),
  $max: (operand, path, { collation }) => ({
    [path]: extreme((value) => compareValues(operand, value, collation) > 0, operand),
  }),
  $bit: (operand, path) => ({ [path]: bitwise(operand, path) }),
  $rename(operand, path) {
    checkRename(path, operand);
    const apply = (value: unknown, document: Document) => {
      const source = sourceOf(document, path);
      return source === undefined ? value : source;
    };
    return { [path]: removes, [operand]: { apply, creates: true } };
  },
  $push: (operand, path, scope) => ({ [path]: push(operand, path, scope) }),
  $addToSet: (operand, path, scope) => ({ [path]: addToSet(operand, path, scope) }),
  $pop(operand, path) {
    const end = toNumber(operand);
    if (end !== 1 && end !== -1) throw new StoreError(9, `$pop expects 1 or -1, found: ${operand}`);
    return { [path]: shrink('$pop', path, (list) => (end === 1 ? list.slice(0, -1) : list.slice(1))) };
  },
  $pull(operand, path, scope) {
    const unwanted = compileElement(operand, scope);
    return { [path]: shrink('$pull', path, (list) => list.filter((element) => !unwanted(element))) };
  },
  $pullAll(operand, path, { collation }) {
    if (!Array.isArray(operand)) throw new StoreError(2, '$pullAll requires an array argument');
    const unwanted = (element: unknown) => operand.some((value) => equalValues(element, value, collation));
    return { [path]: shrink('$pullAll', path, (list) => list.filter((element) => !unwanted(element))) };
  },
};

function checkRename(from: string, to: unknown): asserts to is string {
  const failed = (text: string): never => {
    throw new StoreError(2, text);
  };
  if (typeof to !== 'string') return failed(`The 'to' field for $rename must be a string: ${from}: ${to}`);
  if (from === to) failed(`The source and target field for $rename must differ: ${from}: "${to}"`);
  if (`${to}.`.startsWith(`${from}.`) || `${from}.`.startsWith(`${to}.`))
    failed(`The source and target field for $rename must not be on the same path: ${from}: "${to}"`);
  if (from.includes('$') || to.includes('$'))
    failed(`The source and target field for $rename may not be dynamic: ${from}: "${to}"`);
}

function moment(operand: unknown, now: Date): unknown {
  const option = isDocument(operand) && Object.keys(operand).find((name) => name !== '$type');
  if (option) throw new StoreError(2, `Unrecognized $currentDate option: ${option}`);
  const type = isDocument(operand) ? operand.$type : typeof operand === 'boolean' ? 'date' : undefined;
  if (type === 'date') return now;
  if (type === 'timestamp') return new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 });
  throw new StoreError(2, "$currentDate takes a boolean or { $type: 'date' or 'timestamp' }");
}

type Arithmetic = { operator: string; compute(a: unknown, b: unknown): unknown };

function arithmetic(
  { operator, compute }: Arithmetic,
  path: string,
  operand: unknown,
  initial: unknown,
): Edit {
  return {
    creates: true,
    apply(value, document) {
      if (value === undefined) return initial;
      const kind = numberKind(value);
      if (!kind) throw notNumeric(operator, path, value, document);
      const result = compute(value, operand);
      if (numberKind(result) !== 'double' || wider(kind, numberKind(operand) ?? 'int') === 'double')
        return result;
      throw new StoreError(
        2,
        `Failed to apply ${operator} operations to current value (${value}) of field '${path}'`,
      );
    },
  };
}

function notNumeric(operator: string, path: string, value: unknown, document: Document): StoreError {
  const has = `has the field '${path}' of non-numeric type ${typeName(value)}`;
  return new StoreError(
    14,
    `Cannot apply ${operator} to a value of non-numeric type. {_id: ${document._id}} ${has}`,
  );
}

function extreme(wins: (value: unknown) => boolean, operand: unknown): Edit {
  return { creates: true, apply: (value) => (value === undefined || wins(value) ? operand : value) };
}

const bitwiseOperations: Record<string, (a: bigint, b: bigint) => bigint> = {
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
};

function bitwise(operand: unknown, path: string): Edit {
  const steps = Object.entries(isDocument(operand) ? operand : {}).map(([name, bits]) => {
    const compute = own(bitwiseOperations, name);
    if (!compute || !isWhole(numberKind(bits))) {
      throw new StoreError(
        2,
        `The $bit modifier only supports 'and', 'or' and 'xor' with integers: {${path}: ${name}}`,
      );
    }
    return { compute, bits };
  });
  if (steps.length === 0)
    throw new StoreError(2, `You must pass in at least one bitwise operation: {${path}: {}}`);
  return {
    creates: true,
    apply: (value = 0) =>
      steps.reduce<unknown>((result, { compute, bits }) => {
        const kind = numberKind(result);
        if (!isWhole(kind))
          throw new StoreError(2, `Cannot apply $bit to a value of non-integral type at '${path}'`);
        return integer(
          compute(toInteger(result) ?? 0n, toInteger(bits) ?? 0n),
          wider(kind, numberKind(bits) ?? 'int'),
        );
      }, value),
  };
}

function isWhole(kind: NumberKind | undefined): kind is 'int' | 'long' {
  return kind === 'int' || kind === 'long';
}

function sourceOf(document: Document, path: string): unknown {
  let value: unknown = document;
  for (const name of path.split('.')) {
    if (Array.isArray(value))
      throw new StoreError(2, `The source field of $rename cannot be an array element, '${path}'`);
    if (!isDocument(value)) return undefined;
    value = field(value, name);
  }
  return value;
}

const pushClauses = ['$each', '$position', '$sort', '$slice'];

function push(operand: unknown, path: string, { collation }: UpdateScope): Edit {
  const clauses: Document = isDocument(operand) && '$each' in operand ? operand : { $each: [operand] };
  const unknown = Object.keys(clauses).find((clause) => !pushClauses.includes(clause));
  if (unknown) throw new StoreError(2, `Unrecognized clause in $push: ${unknown}`);
  const { $each, $sort } = clauses;
  checkSort($sort);
  if (!Array.isArray($each)) throw new StoreError(2, 'The argument to $each in $push must be an array');
  const position = wholeClause(clauses, '$position');
  const slice = wholeClause(clauses, '$slice');
  return {
    creates: true,
    apply(value, document) {
      const list = listFor(value, path, document);
      const all = list.toSpliced(position ?? list.length, 0, ...$each);
      const sorted = $sort === undefined ? all : sortValues(all, $sort, collation);
      if (slice === undefined) return sorted;
      return slice < 0 ? sorted.slice(slice) : sorted.slice(0, slice);
    },
  };
}

function checkSort(sort: unknown): void {
  if (sort === undefined) return;
  if (!isDocument(sort)) {
    if (Math.abs(toNumber(sort)) === 1) return;
    throw new StoreError(
      2,
      'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields',
    );
  }
  if (Object.keys(sort).length === 0)
    throw new StoreError(2, 'The $sort pattern is empty when it should be a set of fields.');
  for (const [path, sign] of Object.entries(sort)) {
    if (path.split('.').includes(''))
      throw new StoreError(2, 'The $sort field is a dotted field but has an empty part');
    if (Math.abs(toNumber(sign)) !== 1)
      throw new StoreError(2, 'The $sort element value must be either 1 or -1');
  }
}

function wholeClause(clauses: Document, name: string): number | undefined {
  if (!(name in clauses)) return undefined;
  const whole = toInteger(clauses[name]);
  if (whole === undefined) throw new StoreError(2, `The value for ${name} must be an integer value`);
  return Number(whole);
}

function addToSet(operand: unknown, path: string, { collation }: UpdateScope): Edit {
  const clauses = isDocument(operand) && '$each' in operand ? operand : { $each: [operand] };
  const { $each: each, ...rest } = clauses;
  if (Object.keys(rest).length > 0)
    throw new StoreError(2, `Found unexpected fields after $each in $addToSet: ${Object.keys(rest)}`);
  if (!Array.isArray(each)) throw new StoreError(14, 'The argument to $each in $addToSet must be an array');
  return {
    creates: true,
    apply(value, document) {
      const list = [...listFor(value, path, document)];
      for (const element of each) {
        if (!list.some((present) => equalValues(present, element, collation))) list.push(element);
      }
      return list;
    },
  };
}

function listFor(value: unknown, path: string, document: Document): unknown[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  const type = `but is of type ${typeName(value)} in document {_id: ${document._id}}`;
  throw new StoreError(2, `The field '${path}' must be an array ${type}`);
}

function shrink(operator: string, path: string, change: (list: unknown[]) => unknown[]): Edit {
  return {
    apply(value) {
      if (value === undefined) return undefined;
      if (Array.isArray(value)) return change(value);
      const code = operator === '$pop' ? 14 : 2;
      throw new StoreError(
        code,
        `Cannot apply ${operator} to a non-array value: '${path}' is of type ${typeName(value)}`,
      );
    },
  };
}
