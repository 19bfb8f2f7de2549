import type { Document } from 'bson';
import { compileExpression, type Scope } from '../expressions/expression.ts';
import { isRegex, regexOf } from '../regex/regex.ts';
import { refuse, StoreError } from '../values/errors.ts';
import { refuseName } from '../values/missing.ts';
import { toInteger, truthy } from '../values/numbers.ts';
import { someAt } from '../values/paths.ts';
import { field, hasOperators, isDocument, own } from '../values/types.ts';
import {
  bits,
  compares,
  equals,
  hasRemainder,
  hasType,
  matchesRegex,
  oneOf,
  type Test,
} from './value-tests.ts';

/** A compiled query over typed documents. `position` is the array index that the positional `$` stands for in a matching document. */
export type Filter = {
  matches(document: Document): boolean;
  position(document: Document): number | undefined;
};

/** What an operator document asks of the values at a path: one value passes, all conditions hold, or not all. */
type Condition =
  | { test: Test; whole?: boolean; indexIn?: (value: unknown) => number }
  | { every: Condition[] }
  | { not: Condition[] };

/** `inElement`: the query is about an element of an array, where `$expr` has no document. */
type FilterScope = Scope & { inElement?: boolean };

/** Compiles a query; unknown and unsupported operators are refused by name. */
export function compileFilter(filter: Document, scope: FilterScope = {}): Filter {
  const parts = Object.entries(filter).flatMap(([key, value]) => compileEntry(key, value, scope));
  return parts.length === 1 && parts[0] ? parts[0] : every(parts);
}

/** Compiles the condition of `$pull` on one array element: operators, a query on a document, or a value to equal. */
export function compileElement(condition: unknown, scope: Scope): Test {
  return isDocument(condition) ? elementTest(condition, scope) : equals(condition, scope);
}

/** Operators test the element itself; a query (also `$and` and the like) tests it as a document. */
function elementTest(condition: Document, scope: Scope): Test {
  const query = !hasOperators(condition) || /^\$(and|or|nor|expr)$/.test(Object.keys(condition)[0] ?? '');
  if (!query) return asTest({ every: compileOperators(condition, scope) });
  const filter = compileFilter(condition, { ...scope, inElement: true });
  return (value) =>
    isDocument(value) ? filter.matches(value) : Array.isArray(value) && filter.matches({ ...value });
}

function compileEntry(key: string, value: unknown, scope: FilterScope): Filter[] {
  switch (key) {
    case '$comment':
      return [];
    case '$expr':
      if (scope.inElement) throw new StoreError(2, '$expr can only be applied to the top-level document');
      return [expression(value, scope)];
    case '$and':
      return [every(compileList(key, value, scope))];
    case '$or':
      return [some(compileList(key, value, scope))];
    case '$nor':
      return [not(some(compileList(key, value, scope)))];
  }
  if (key.startsWith('$')) refuseName('query operators', key, 2, `unknown top level operator: ${key}`);
  // the fields of a DBRef ($ref, $id) cannot be queried here
  if (key.includes('.$')) refuse(`the query path ${key}`);
  const conditions = hasOperators(value) ? compileOperators(value, scope) : [{ test: equals(value, scope) }];
  return conditions.map((condition) => atPath(key, condition));
}

function compileList(operator: string, list: unknown, scope: FilterScope): Filter[] {
  if (!Array.isArray(list) || list.length === 0)
    throw new StoreError(2, `${operator} must be a nonempty array`);
  return list.map((query) => {
    if (!isDocument(query)) throw new StoreError(2, `${operator} argument's entries must be objects`);
    return compileFilter(query, scope);
  });
}

function expression(spec: unknown, scope: Scope): Filter {
  const evaluate = compileExpression(spec, scope);
  return { matches: (document) => truthy(evaluate(document)), position: () => undefined };
}

function every(filters: Filter[]): Filter {
  return {
    matches: (document) => filters.every((filter) => filter.matches(document)),
    position: (document) =>
      filters.reduce<number | undefined>((last, filter) => filter.position(document) ?? last, undefined),
  };
}

function some(filters: Filter[]): Filter {
  return {
    matches: (document) => filters.some((filter) => filter.matches(document)),
    position: (document) => filters.find((filter) => filter.matches(document))?.position(document),
  };
}

function not(filter: Filter): Filter {
  return { matches: (document) => !filter.matches(document), position: () => undefined };
}

function atPath(path: string, condition: Condition): Filter {
  if ('every' in condition) return every(condition.every.map((part) => atPath(path, part)));
  if ('not' in condition) return not(every(condition.not.map((part) => atPath(path, part))));
  const { test, whole, indexIn } = condition;
  const segments = path.split('.');
  return {
    matches:
      segments.length === 1
        ? onField(path, test, whole)
        : (document) => someAt(document, segments, test, whole),
    position(document) {
      let position: number | undefined;
      const accept = (value: unknown, index: number | undefined) => {
        if (!test(value)) return false;
        position = index ?? indexIn?.(value);
        return true;
      };
      someAt(document, segments, accept, whole);
      return position;
    },
  };
}

function onField(name: string, test: Test, whole?: boolean): (document: Document) => boolean {
  return (document) => {
    const value = field(document, name);
    return (Array.isArray(value) && !whole && value.some((element) => test(element))) || test(value);
  };
}

function asTest(condition: Condition): Test {
  if ('test' in condition) return condition.test;
  const tests = ('every' in condition ? condition.every : condition.not).map(asTest);
  if ('every' in condition) return (value) => tests.every((test) => test(value));
  return (value) => !tests.every((test) => test(value));
}

function compileOperators(operators: Document, scope: Scope): Condition[] {
  return Object.entries(operators).map(([operator, operand]) => {
    if (operator === '$regex') return { test: matchesRegex(regexOf(operand, operators.$options)) };
    if (operator === '$options') {
      if (!('$regex' in operators)) throw new StoreError(2, '$options needs a $regex');
      return { every: [] };
    }
    const compile = own(queryOperators, operator);
    if (!compile) refuseName('query operators', operator, 2, `unknown operator: ${operator}`);
    return compile(operand, scope);
  });
}

const queryOperators: Record<string, (operand: unknown, scope: Scope) => Condition> = {
  $eq: (operand, scope) => ({ test: equals(operand, scope, true) }),
  $ne(operand, scope) {
    if (isRegex(operand)) throw new StoreError(2, "Can't have regex as arg to $ne.");
    return { not: [{ test: equals(operand, scope, true) }] };
  },
  $gt: (operand, scope) => ({ test: compares(operand, scope, (order) => order > 0) }),
  $gte: (operand, scope) => ({ test: compares(operand, scope, (order) => order >= 0) }),
  $lt: (operand, scope) => ({ test: compares(operand, scope, (order) => order < 0) }),
  $lte: (operand, scope) => ({ test: compares(operand, scope, (order) => order <= 0) }),
  $in: (operand, scope) => ({ test: oneOf('$in', operand, scope) }),
  $nin: (operand, scope) => ({ not: [{ test: oneOf('$nin', operand, scope) }] }),
  $not(operand, scope) {
    if (isRegex(operand)) return { not: [{ test: matchesRegex(regexOf(operand)) }] };
    if (!hasOperators(operand)) throw new StoreError(2, '$not needs a regex or a document');
    return { not: compileOperators(operand, scope) };
  },
  $exists: (operand) =>
    truthy(operand)
      ? { test: (value) => value !== undefined, whole: true }
      : { not: [{ test: (value) => value !== undefined, whole: true }] },
  $type: (operand) => ({ test: hasType(operand) }),
  $size(operand) {
    const size = toInteger(operand);
    if (size === undefined || size < 0n)
      throw new StoreError(2, 'Failed to parse $size. Expected a non-negative integer');
    return { test: (value) => Array.isArray(value) && value.length === Number(size), whole: true };
  },
  $mod: (operand) => ({ test: hasRemainder(operand) }),
  $all: (operand, scope) => containsAll(operand, scope),
  $elemMatch: (operand, scope) => hasElement(operand, scope),
  $bitsAllSet: (operand) => ({
    test: bits('$bitsAllSet', operand, (value, mask) => (value & mask) === mask),
  }),
  $bitsAnySet: (operand) => ({ test: bits('$bitsAnySet', operand, (value, mask) => (value & mask) !== 0n) }),
  $bitsAllClear: (operand) => ({
    test: bits('$bitsAllClear', operand, (value, mask) => (value & mask) === 0n),
  }),
  $bitsAnyClear: (operand) => ({
    test: bits('$bitsAnyClear', operand, (value, mask) => (value & mask) !== mask),
  }),
};

function containsAll(operand: unknown, scope: Scope): Condition {
  if (!Array.isArray(operand)) throw new StoreError(2, '$all needs an array');
  if (operand.length === 0) return { test: () => false };
  return {
    every: operand.map((part) => {
      if (!hasOperators(part)) return { test: equals(part, scope) };
      if (!('$elemMatch' in part)) throw new StoreError(2, 'no $ expressions in $all');
      return hasElement(part.$elemMatch, scope);
    }),
  };
}

function hasElement(operand: unknown, scope: Scope): Condition {
  if (!isDocument(operand)) throw new StoreError(2, '$elemMatch needs an Object');
  const test = elementTest(operand, scope);
  const indexIn = (value: unknown) => (Array.isArray(value) ? value.findIndex(test) : -1);
  return { test: (value) => indexIn(value) >= 0, whole: true, indexIn };
}
