import type { Document } from 'bson';
import { type Accumulator, createAccumulator } from '../expressions/accumulators.ts';
import { compileExpression, type Scope } from '../expressions/expression.ts';
import { refuse, StoreError } from '../values/errors.ts';
import { double, numberKind, toInteger, toNumber } from '../values/numbers.ts';
import { compareValues, sortDocuments, typeRank, valueKey } from '../values/order.ts';
import { hasOperators, isDocument, typeName } from '../values/types.ts';
import type { PipelineContext, Stage } from './stage.ts';

/** One field of a group: what makes a fresh accumulator, and the value that it takes of a document. */
type Accumulation = { name: string; create(): Accumulator; value(document: Document): unknown };

/** Compiles `$group`: one accumulator per group and field, and no document is kept. Groups come in order of appearance. */
export function compileGroup(operand: Document, context: PipelineContext): Stage {
  if (!('_id' in operand)) throw new StoreError(15955, 'a group specification must include an _id');
  const { _id, ...fields } = operand;
  return groupBy(compileExpression(_id, context), fields, context);
}

/** Compiles `$bucket`: groups by the boundaries that a value lies between, sorted. */
export function compileBucket(operand: Document, context: PipelineContext): Stage {
  checkBucket(operand);
  const { groupBy: by, boundaries, output = { count: { $sum: 1 } }, default: other } = operand;
  const value = compileExpression(by, context);
  const group = groupBy(bucketOf, output, context);
  return function* (source) {
    yield* sortDocuments(group(source), { _id: 1 }, { collation: context.collation });
  };

  function bucketOf(document: Document): unknown {
    const at = value(document);
    const above = boundaries.findIndex(
      (boundary: unknown) => compareValues(at, boundary, context.collation) < 0,
    );
    if (above > 0) return boundaries[above - 1];
    if ('default' in operand) return other;
    throw new StoreError(
      40066,
      '$bucket could not find a matching branch for an input, and no default was specified.',
    );
  }
}

const bucketOptions = ['groupBy', 'boundaries', 'default', 'output'];

function checkBucket(operand: Document): void {
  const { groupBy: by, boundaries, output, default: other } = operand;
  const option = Object.keys(operand).find((name) => !bucketOptions.includes(name));
  if (option) throw new StoreError(40197, `Unrecognized option to $bucket: ${option}`);
  if (by === undefined || boundaries === undefined)
    throw new StoreError(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.");
  if (!hasOperators(by) && !(typeof by === 'string' && by.startsWith('$')))
    throw new StoreError(
      40202,
      "The $bucket 'groupBy' field must be defined as a $-prefixed path or an expression object",
    );
  checkBoundaries(boundaries);
  if (output !== undefined && !isDocument(output))
    throw new StoreError(40196, "The $bucket 'output' field must be an object");
  const [low, high] = [boundaries[0], boundaries.at(-1)];
  if ('default' in operand && compareValues(other, low) >= 0 && compareValues(other, high) < 0)
    throw new StoreError(
      40199,
      "The $bucket 'default' field must be less than the lowest boundary or greater than or equal to the highest boundary.",
    );
}

function checkBoundaries(boundaries: unknown): void {
  if (!Array.isArray(boundaries))
    throw new StoreError(40200, "The $bucket 'boundaries' field must be an array of values");
  if (boundaries.length < 2)
    throw new StoreError(40192, "The $bucket 'boundaries' field must have at least 2 values");
  if (boundaries.some((boundary) => typeRank(boundary) !== typeRank(boundaries[0])))
    throw new StoreError(40193, "All values in the 'boundaries' option to $bucket must have the same type");
  if (boundaries.some((boundary, i) => i > 0 && compareValues(boundaries[i - 1], boundary) >= 0))
    throw new StoreError(40194, "The 'boundaries' option to $bucket must be sorted in ascending order");
}

function groupBy(id: (document: Document) => unknown, fields: Document, context: PipelineContext): Stage {
  const accumulations = Object.entries(fields).map(([name, spec]) =>
    compileAccumulation(name, spec, context),
  );
  return function* (source) {
    const groups = new Map<string, { _id: unknown; accumulators: Accumulator[] }>();
    for (const document of source) {
      const _id = id(document) ?? null;
      const key = valueKey(_id, context.collation);
      let group = groups.get(key);
      if (!group) {
        group = { _id, accumulators: accumulations.map(({ create }) => create()) };
        groups.set(key, group);
      }
      for (let i = 0; i < accumulations.length; i++)
        group.accumulators[i]?.add(accumulations[i]?.value(document));
    }
    for (const { _id, accumulators } of groups.values()) {
      const result: Document = { _id };
      for (const [i, { name }] of accumulations.entries()) result[name] = accumulators[i]?.result();
      yield result;
    }
  };
}

function compileAccumulation(name: string, spec: unknown, scope: Scope): Accumulation {
  const [operator, operand] = accumulatorIn(name, spec);
  const { collation } = scope;
  if (operator === '$count') {
    if (!isDocument(operand) || Object.keys(operand).length > 0)
      throw new StoreError(14, '$count takes no arguments, i.e. $count:{}');
    return { name, create: () => createAccumulator('$sum'), value: () => 1 };
  }
  if (/^\$(top|bottom)N?$/.test(operator))
    return compileRanked(name, operator, documentFor(operator, operand), scope);
  if (/^\$(first|last|min|max)N$/.test(operator))
    return compileSeveral(name, operator, documentFor(operator, operand), scope);
  if (operator === '$median' || operator === '$percentile') {
    return compilePercentile(name, operator, documentFor(operator, operand), scope);
  }
  createAccumulator(operator);
  return {
    name,
    create: () => createAccumulator(operator, collation),
    value: compileExpression(operand, scope),
  };
}

/** The accumulator of one field and its operand. */
function accumulatorIn(name: string, spec: unknown): [operator: string, operand: unknown] {
  if (name.includes('.')) throw new StoreError(40235, `The field name '${name}' cannot contain '.'`);
  if (name.startsWith('$'))
    throw new StoreError(40236, `The field name '${name}' cannot be an operator name`);
  const [first, ...more] = isDocument(spec) ? Object.entries(spec) : [];
  if (!first?.[0].startsWith('$'))
    throw new StoreError(40234, `The field '${name}' must be an accumulator object`);
  if (more.length > 0) throw new StoreError(40238, `The field '${name}' must specify one accumulator`);
  if (Array.isArray(first[1])) throw new StoreError(40237, `The ${first[0]} accumulator is a unary operator`);
  return first;
}

/** `$top`, `$bottom` and their N: the first or last by a sort order. */
function compileRanked(name: string, operator: string, operand: Document, scope: Scope): Accumulation {
  const { sortBy, output, n = 1 } = operand;
  const count = positive(operator, n);
  const value = compileExpression(output, scope);
  const order = documentFor(operator, sortBy);
  const best = (documents: Document[]) => {
    const sorted = sortDocuments(documents, order, { collation: scope.collation });
    return operator.startsWith('$bottom') ? sorted.slice(-count) : sorted.slice(0, count);
  };
  return {
    name,
    value: (document) => document,
    create() {
      let kept: Document[] = [];
      return {
        add(document) {
          kept.push(document as Document);
          if (kept.length >= 2 * count + 100) kept = best(kept);
        },
        result() {
          const values = best(kept).map((document) => value(document) ?? null);
          return operator.endsWith('N') ? values : values[0];
        },
      };
    },
  };
}

/** `$firstN`, `$lastN`, `$minN` and `$maxN`. */
function compileSeveral(name: string, operator: string, operand: Document, scope: Scope): Accumulation {
  const count = positive(operator, operand.n);
  const sign = operator === '$maxN' ? -1 : 1;
  const ordered = operator === '$minN' || operator === '$maxN';
  return {
    name,
    value: compileExpression(operand.input, scope),
    create() {
      let kept: unknown[] = [];
      return {
        add(value) {
          if (ordered && (value === null || value === undefined)) return;
          if (operator === '$firstN' && kept.length === count) return;
          kept.push(value ?? null);
          if (ordered) kept.sort((a, b) => sign * compareValues(a, b, scope.collation));
          kept = operator === '$lastN' ? kept.slice(-count) : kept.slice(0, count);
        },
        result: () => kept,
      };
    },
  };
}

/** `$median` and `$percentile`, method 'approximate': the least value that the share p of the numbers do not exceed. */
function compilePercentile(name: string, operator: string, operand: Document, scope: Scope): Accumulation {
  const { input, method, p } = operand;
  if (method !== 'approximate')
    throw new StoreError(2, `Currently only 'approximate' can be used as percentile 'method'.`);
  const shares = operator === '$median' ? [0.5] : sharesOf(p);
  return {
    name,
    value: compileExpression(input, scope),
    create() {
      const numbers: number[] = [];
      return {
        add(value) {
          if (numberKind(value)) numbers.push(toNumber(value));
        },
        result() {
          numbers.sort((a, b) => a - b);
          const values = shares.map((share) => {
            const number = numbers[Math.max(0, Math.ceil(share * numbers.length) - 1)];
            return number === undefined ? null : double(number);
          });
          return operator === '$median' ? values[0] : values;
        },
      };
    },
  };
}

function sharesOf(p: unknown): number[] {
  const shares = Array.isArray(p) ? p.map(toNumber) : [];
  if (shares.length === 0)
    throw new StoreError(7750301, "The $percentile 'p' field must be a non-empty array of numbers");
  if (!shares.every((share) => share >= 0 && share <= 1))
    throw new StoreError(7750303, "The $percentile 'p' field must have numbers within 0 and 1");
  return shares;
}

function documentFor(operator: string, operand: unknown): Document {
  if (isDocument(operand)) return operand;
  throw new StoreError(5788001, `${operator} requires an object, found ${typeName(operand)}`);
}

function positive(operator: string, n: unknown): number {
  const count = toInteger(n);
  if (count === undefined) refuse(`an n of ${operator} that is no constant whole number`);
  if (count <= 0n) throw new StoreError(5787908, `'n' must be greater than 0, found ${count}`);
  return Number(count);
}
