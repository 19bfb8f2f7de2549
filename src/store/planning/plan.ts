import { BSONRegExp, type Document } from 'bson';
import type { Index } from '../storage/indexes.ts';
import { keyRange, type ValueRange } from '../storage/keys.ts';
import type { KeyRange, Scan } from '../storage/records.ts';
import type { Collation } from '../values/collation.ts';
import { StoreError } from '../values/errors.ts';
import { toNumber } from '../values/numbers.ts';
import { equalValues } from '../values/order.ts';
import { isDocument } from '../values/types.ts';
import { type Demand, demandsOf, excludesMissing, implies } from './demands.ts';

/**
 * A scan that finds at least all documents that match, or a union of such scans. `sorted`: in the order asked for;
 * `merged`: each of its ranges is, so they are merged.
 */
export type Plan = Scan & { sorted: boolean; merged?: boolean; union?: Plan[] };

/** What a plan is made from. */
export type Wish = {
  filter: Document;
  sort?: Document | undefined;
  collation?: Collation | undefined;
  hint?: unknown;
};

/** More ranges than this are sorted, and not merged. */
const mostMerged = 50;
/** More ranges than this, and the index is narrowed by fewer fields. */
const mostRanges = 65_536;

/** Chooses the index that narrows most, or orders, by simple rules; without a fitting one the whole collection is looked through. */
export function makePlan(indexes: readonly Index[], wish: Wish): Plan {
  const demands = demandsOf(wish.filter);
  const sort = Object.entries(wish.sort ?? {});
  const natural = sort.length === 1 && sort[0]?.[0] === '$natural' ? toNumber(sort[0][1]) : undefined;
  const table = { ranges: [], reverse: natural === -1, sorted: sort.length === 0 || natural !== undefined };
  let best: { plan: Plan; worth: number } = { plan: table, worth: 0 };
  for (const index of natural ? [] : hinted(indexes, wish.hint)) {
    const candidate = planWith(index, demands, wish);
    if (candidate && (candidate.worth > best.worth || wish.hint)) best = candidate;
  }
  if (best.plan.index || natural || wish.hint) return best.plan;
  return unionPlan(indexes, wish) ?? best.plan;
}

/** `$or` by an index for each of its parts, if each has one. */
function unionPlan(indexes: readonly Index[], { filter, sort, collation }: Wish): Plan | undefined {
  const { $or: parts } = filter;
  if (!Array.isArray(parts)) return undefined;
  const union = parts.map((part) => makePlan(indexes, { filter: part, collation }));
  if (!union.every((plan) => plan.index ?? plan.union)) return undefined;
  return { ranges: [], reverse: false, sorted: !sort, union };
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

function planWith(
  index: Index,
  demands: Map<string, Demand>,
  wish: Wish,
): { plan: Plan; worth: number } | undefined {
  if (
    index.pattern.some(([path]) => /(^|\.)\d+(\.|$)/.test(path)) ||
    !holdsAll(index, demands, wish.collation)
  )
    return wish.hint ? { plan: wholeIndex(index, wish), worth: 0 } : undefined;
  const bounds = boundsOf(index, demands, wish.collation);
  const order = orderOf(index, bounds, wish);
  // a single value leaves less than one of several does
  const ofPoints = bounds.points.map((values) => (values.length === 1 ? 10 : 8));
  const narrow = ofPoints.reduce((sum, worth) => sum + worth, bounds.ranges ? 5 : 0);
  if (narrow === 0 && order === undefined && !wish.hint) return undefined;
  if (index.sparse && narrow === 0 && !wish.hint) return undefined;
  const unique = index.unique && bounds.points.length === index.pattern.length;
  const ranges = rangesOf(index, bounds);
  const mayMerge = ranges.length <= mostMerged;
  const plan = {
    index,
    ranges,
    reverse: order === -1,
    sorted: !wish.sort || (order !== undefined && mayMerge),
    merged: order !== undefined && ranges.length > 1,
  };
  return { plan, worth: narrow + (order !== undefined ? 3 : 0) + (unique ? 100 : 0) };
}

/** A hint asks for the documents of the index, even if it leaves out some that match. */
function wholeIndex(index: Index, wish: Wish): Plan {
  return { index, ranges: rangesOf(index, { points: [] }), reverse: false, sorted: !wish.sort };
}

/** Whether every document that matches is in the index: a sparse or partial one leaves some out. */
function holdsAll(index: Index, demands: Map<string, Demand>, collation: Collation | undefined): boolean {
  if (index.sparse && !index.pattern.some(([path]) => excludesMissing(demands.get(path)))) return false;
  if (!index.partial) return true;
  return (
    sameCollation(index.collation, collation) &&
    implies(demands, index.spec.partialFilterExpression, collation)
  );
}

/** What narrows an index: the values of its first fields, then a range of the next field. */
type Bounds = { points: unknown[][]; ranges?: ValueRange[] };

function boundsOf(index: Index, demands: Map<string, Demand>, collation: Collation | undefined): Bounds {
  const bounds: Bounds = { points: [] };
  let combinations = 1;
  for (const [path] of index.pattern) {
    const demand = demands.get(path);
    if (!demand || (bounds.points.length > 0 && !mayCombine(index))) break;
    const { points } = demand;
    combinations *= points?.length ?? 1;
    if (points && combinations <= mostRanges && points.every((value) => knowsText(index, collation, value))) {
      bounds.points.push(points);
      continue;
    }
    const ranges = rangesFor(index, demand, collation);
    if (ranges) bounds.ranges = ranges;
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

/** The ranges of the next field: the texts with a pattern's prefix and the pattern itself as a value, or from low to high. */
function rangesFor(index: Index, demand: Demand, collation: Collation | undefined): ValueRange[] | undefined {
  const range = rangeOf(index, demand, collation);
  if (range) return [range];
  const { pattern } = demand;
  // Patterns match whatever the collation of the query is.
  if (!pattern?.prefix || index.collation) return undefined;
  const value = new BSONRegExp(pattern.pattern, pattern.options);
  return [{ prefix: pattern.prefix }, { low: value, high: value }];
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
  const ranges = tuples.flatMap((tuple) =>
    (bounds.ranges ?? [undefined]).map((range) => keyRange(tuple, range, index.pattern, index.collation)),
  );
  if (ranges.length === 1) return ranges;
  ranges.sort((a, b) => Buffer.compare(a[0], b[0]));
  return ranges.filter(
    (range, i) => i === 0 || Buffer.compare(range[0], ranges[i - 1]?.[0] ?? range[1]) !== 0,
  );
}

/**
 * Whether reading the index forwards (1) or backwards (-1) gives the order asked for, within each combination of the
 * values of its first fields; fields with one value do not count.
 */
function orderOf(
  index: Index,
  { points, ranges = [] }: Bounds,
  { sort, collation }: Wish,
): 1 | -1 | undefined {
  if (!sort || index.multikey || index.unordered || ranges.length > 1) return undefined;
  if (!sameCollation(index.collation, collation)) return undefined;
  const fixed = new Set(index.pattern.flatMap(([path], i) => (points[i]?.length === 1 ? [path] : [])));
  const asked = Object.entries(sort).filter(([path]) => !fixed.has(path));
  const rest = index.pattern.slice(points.length);
  if (asked.length > rest.length) return undefined;
  const signs = asked.map(([path, sign], i) => (rest[i]?.[0] === path ? toNumber(sign) * rest[i][1] : 0));
  if (signs.every((sign) => sign === 1)) return 1;
  return signs.every((sign) => sign === -1) ? -1 : undefined;
}
