import type { Document } from 'bson';
import type { Collation } from './collation.ts';
import { StoreError } from './errors.ts';
import type { Index } from './indexes.ts';
import { isIndexable, keyRange, type ValueRange } from './keys.ts';
import { compileFilter } from './match.ts';
import { toNumber } from './numbers.ts';
import { equalValues } from './order.ts';
import type { KeyRange, Scan } from './records.ts';
import { isDocument } from './types.ts';

/** A scan that finds at least all documents that match; `sorted`: in the order asked for. */
export type Plan = Scan & { sorted: boolean };

/** What a plan is made from. */
export type Wish = {
  filter: Document;
  sort?: Document | undefined;
  collation?: Collation | undefined;
  hint?: unknown;
};

/** What a filter demands of one path: some value of `points` (null: or nothing), or one within `range`. */
type Demand = { points?: unknown[]; range: ValueRange; operators: [name: string, operand: unknown][] };

const MOST_RANGES = 4096;

/** Chooses the index that narrows most, or orders, by simple rules; without a fitting one the whole collection is looked through. */
export function makePlan(indexes: readonly Index[], wish: Wish): Plan {
  const demands = new Map<string, Demand>();
  collect(wish.filter, demands);
  const sort = Object.entries(wish.sort ?? {});
  const natural = sort.length === 1 && sort[0]?.[0] === '$natural' ? toNumber(sort[0][1]) : undefined;
  const table = { ranges: [], reverse: natural === -1, sorted: sort.length === 0 || natural !== undefined };
  let best: { plan: Plan; worth: number } = { plan: table, worth: 0 };
  for (const index of natural ? [] : hinted(indexes, wish.hint)) {
    const candidate = planWith(index, demands, wish);
    if (candidate && (candidate.worth > best.worth || wish.hint)) best = candidate;
  }
  return best.plan;
}

function hinted(indexes: readonly Index[], hint: unknown): readonly Index[] {
  if (!hint || (isDocument(hint) && Object.keys(hint).length === 0)) return indexes;
  if (isDocument(hint) && '$natural' in hint) return [];
  const meant = (index: Index) =>
    typeof hint === 'string' ? index.name === hint : equalValues(index.spec.key, hint);
  const found = indexes.find(meant);
  if (!found)
    throw new StoreError(2, 'error processing query: hint provided does not correspond to an existing index');
  return [found];
}

function collect(filter: Document, demands: Map<string, Demand>): void {
  for (const [path, condition] of Object.entries(filter)) {
    if (path === '$and' && Array.isArray(condition)) for (const part of condition) collect(part, demands);
    if (path.startsWith('$')) continue;
    const demand = demands.get(path) ?? { range: {}, operators: [] };
    demands.set(path, demand);
    const operators = isDocument(condition) && Object.keys(condition)[0]?.startsWith('$');
    for (const [name, operand] of operators ? Object.entries(condition) : [['$eq', condition] as const]) {
      demand.operators.push([name, operand]);
      note(demand, name, operand);
    }
  }
}

function note(demand: Demand, operator: string, operand: unknown): void {
  const points = pointsOf(operator, operand);
  if (points && points.length < (demand.points?.length ?? Number.POSITIVE_INFINITY)) demand.points = points;
  if (!isRangeable(operand)) return;
  if (operator === '$gt' || operator === '$gte') demand.range.low ??= operand;
  if (operator === '$lt' || operator === '$lte') demand.range.high ??= operand;
}

function pointsOf(operator: string, operand: unknown): unknown[] | undefined {
  if (operator === '$exists' && !operand) return [null];
  if (operator === '$in' && Array.isArray(operand) && operand.every(isPoint)) return operand;
  return operator === '$eq' && isPoint(operand) ? [operand] : undefined;
}

function isPoint(value: unknown): boolean {
  return isIndexable(value) && !isRegex(value);
}

function isRegex(value: unknown): boolean {
  return value instanceof RegExp || (isBson(value) && value._bsontype === 'BSONRegExp');
}

function isBson(value: unknown): value is { _bsontype: string } {
  return typeof value === 'object' && value !== null && '_bsontype' in value;
}

function isRangeable(value: unknown): boolean {
  if (value === null || value === undefined || isDocument(value) || !isPoint(value)) return false;
  return !isBson(value) || !/^M(in|ax)Key$/.test(value._bsontype);
}

function planWith(
  index: Index,
  demands: Map<string, Demand>,
  wish: Wish,
): { plan: Plan; worth: number } | undefined {
  if (index.pattern.some(([path]) => /(^|\.)\d+(\.|$)/.test(path)) || !holdsAll(index, demands))
    return undefined;
  const bounds = boundsOf(index, demands, wish.collation);
  const order = orderOf(index, bounds, wish);
  const narrow = bounds.points.length * 10 + (bounds.range ? 5 : 0);
  if (narrow === 0 && order === undefined && !wish.hint) return undefined;
  if (index.sparse && narrow === 0) return undefined;
  const unique = index.unique && bounds.points.length === index.pattern.length;
  const plan = {
    index,
    ranges: rangesOf(index, bounds),
    reverse: order === -1,
    sorted: !wish.sort || order !== undefined,
  };
  return { plan, worth: narrow + (order !== undefined ? 3 : 0) + (unique ? 100 : 0) };
}

/** Whether every document that matches is in the index: a sparse or partial one leaves some out. */
function holdsAll(index: Index, demands: Map<string, Demand>): boolean {
  if (index.sparse && !index.pattern.some(([path]) => excludesMissing(demands.get(path)))) return false;
  return implies(demands, index.spec.partialFilterExpression ?? {});
}

function excludesMissing(demand: Demand | undefined): boolean {
  if (!demand) return false;
  const { points, range } = demand;
  if (range.low !== undefined || range.high !== undefined || points?.every((point) => point !== null))
    return true;
  return demand.operators.some(([name, operand]) => name === '$exists' && Boolean(operand));
}

function implies(demands: Map<string, Demand>, expression: Document): boolean {
  return Object.entries(expression).every(([path, condition]) => {
    if (path === '$and') return condition.every((part: Document) => implies(demands, part));
    if (path.startsWith('$')) return false;
    const demand = demands.get(path);
    const operators = isDocument(condition) && Object.keys(condition)[0]?.startsWith('$');
    const wanted: [string, unknown][] = operators ? Object.entries(condition) : [['$eq', condition]];
    return demand !== undefined && wanted.every(([name, operand]) => impliesOne(demand, name, operand));
  });
}

function impliesOne(demand: Demand, name: string, operand: unknown): boolean {
  if (demand.operators.some((own) => own[0] === name && equalValues(own[1], operand))) return true;
  if (name === '$exists' && operand) return excludesMissing(demand);
  const { points, range } = demand;
  const holds = (value: unknown) => compileFilter({ value: { [name]: operand } }).matches({ value });
  if (points?.length) return points.every((point) => point !== null && holds(point));
  if (name === '$gt' || name === '$gte') return range.low !== undefined && holds(range.low);
  if (name === '$lt' || name === '$lte') return range.high !== undefined && holds(range.high);
  return false;
}

/** What an index can narrow by: the values of its first fields, then a range of the next. */
type Bounds = { points: unknown[][]; range?: ValueRange };

function boundsOf(index: Index, demands: Map<string, Demand>, collation: Collation | undefined): Bounds {
  const bounds: Bounds = { points: [] };
  let combinations = 1;
  for (const [path] of index.pattern) {
    const demand = demands.get(path);
    if (!demand || (bounds.points.length > 0 && !mayCombine(index))) break;
    const points = demand.points?.filter((point, i, all) => i === 0 || !equalValues(point, all[i - 1]));
    combinations *= points?.length ?? 1;
    if (
      points &&
      combinations <= MOST_RANGES &&
      points.every((value) => knowsText(index, collation, value))
    ) {
      bounds.points.push(points);
      continue;
    }
    const range = rangeOf(index, demand, collation);
    if (range) bounds.range = range;
    break;
  }
  return bounds;
}

/** Two fields within the same array may match in different elements, which have different keys. */
function mayCombine(index: Index): boolean {
  const heads = index.pattern.map(([path]) => path.split('.')[0]);
  return !index.multikey || new Set(heads).size === heads.length;
}

/** Text stands in an index as its collation folds it. */
function knowsText(index: Index, collation: Collation | undefined, value: unknown): boolean {
  if (typeof value !== 'string' && !isDocument(value)) return true;
  return sameCollation(index.collation, collation);
}

function sameCollation(a: Collation | undefined, b: Collation | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && equalValues(a.spec, b.spec));
}

function rangeOf(index: Index, demand: Demand, collation: Collation | undefined): ValueRange | undefined {
  let { low, high } = demand.range;
  const ordered = (value: unknown) => typeof value !== 'string' || (!index.collation && !collation);
  if (!ordered(low)) low = undefined;
  if (!ordered(high)) high = undefined;
  // in an array one element may be above the low end and another below the high one
  if (index.multikey && low !== undefined) high = undefined;
  return low === undefined && high === undefined ? undefined : { low, high };
}

function rangesOf(index: Index, bounds: Bounds): KeyRange[] {
  let tuples: unknown[][] = [[]];
  for (const points of bounds.points)
    tuples = tuples.flatMap((tuple) => points.map((point) => [...tuple, point]));
  const ranges = tuples.map((tuple) => keyRange(tuple, bounds.range, index.pattern, index.collation));
  if (ranges.length === 1) return ranges;
  ranges.sort((a, b) => Buffer.compare(a[0], b[0]));
  return ranges.filter(
    (range, i) => i === 0 || Buffer.compare(range[0], ranges[i - 1]?.[0] ?? range[1]) !== 0,
  );
}

/** Whether reading the index forwards (1) or backwards (-1) gives the order asked for; fields with one value do not count. */
function orderOf(index: Index, bounds: Bounds, { sort, collation }: Wish): 1 | -1 | undefined {
  if (!sort || index.multikey || index.collation || collation) return undefined;
  if (bounds.points.some((points) => points.length !== 1)) return undefined;
  const fixed = new Set(index.pattern.slice(0, bounds.points.length).map(([path]) => path));
  const asked = Object.entries(sort).filter(([path]) => !fixed.has(path));
  const rest = index.pattern.slice(bounds.points.length);
  if (asked.length > rest.length) return undefined;
  const signs = asked.map(([path, sign], i) => (rest[i]?.[0] === path ? toNumber(sign) * rest[i][1] : 0));
  if (signs.every((sign) => sign === 1)) return 1;
  return signs.every((sign) => sign === -1) ? -1 : undefined;
}
