import type { Document } from 'bson';
import { compileFilter } from '../query/filter.ts';
import { isRegex } from '../regex/regex.ts';
import type { ValueRange } from '../storage/keys.ts';
import type { Collation } from '../values/collation.ts';
import { isIndexable } from '../values/encoding.ts';
import { equalValues } from '../values/order.ts';
import { hasOperators, typeName } from '../values/types.ts';

/** What a filter demands of one path: one of the values in `points` (null also allows a missing field), or a value within `range`. */
export type Demand = { points?: unknown[]; range: ValueRange; operators: Condition[] };

type Condition = [operator: string, operand: unknown];

/** What every matching document must have at its paths. Conditions that are not understood demand nothing. */
export function demandsOf(filter: Document): Map<string, Demand> {
  const demands = new Map<string, Demand>();
  collect(filter, demands);
  return demands;
}

function collect(filter: Document, demands: Map<string, Demand>): void {
  for (const [path, condition] of Object.entries(filter)) {
    if (path === '$and' && Array.isArray(condition)) for (const part of condition) collect(part, demands);
    if (path.startsWith('$')) continue;
    const demand = demands.get(path) ?? { range: {}, operators: [] };
    demands.set(path, demand);
    for (const [operator, operand] of conditionsOf(condition)) note(demand, operator, operand);
  }
}

function conditionsOf(condition: unknown): Condition[] {
  return hasOperators(condition) ? Object.entries(condition) : [['$eq', condition]];
}

function note(demand: Demand, operator: string, operand: unknown): void {
  demand.operators.push([operator, operand]);
  const points = pointsOf(operator, operand);
  if (points && points.length < (demand.points?.length ?? Number.POSITIVE_INFINITY)) demand.points = points;
  if (unordered.has(typeName(operand))) return;
  if (operator === '$gt' || operator === '$gte') demand.range.low ??= operand;
  if (operator === '$lt' || operator === '$lte') demand.range.high ??= operand;
}

function pointsOf(operator: string, operand: unknown): unknown[] | undefined {
  if (operator === '$exists' && !operand) return [null];
  if (operator === '$in' && Array.isArray(operand) && operand.every(isPoint)) return operand;
  return operator === '$eq' && isPoint(operand) ? [operand] : undefined;
}

/** Types of which an operator such as $gt is not answered by a range of an index. */
const unordered = new Set(['missing', 'null', 'object', 'array', 'regex', 'minKey', 'maxKey']);

function isPoint(value: unknown): boolean {
  return isIndexable(value) && !isRegex(value) && value !== undefined;
}

/** Whether a document without the path cannot match. */
export function excludesMissing(demand: Demand | undefined): boolean {
  if (!demand) return false;
  const { points, range } = demand;
  if (range.low !== undefined || range.high !== undefined || points?.every((point) => point !== null))
    return true;
  return demand.operators.some(([name, operand]) => name === '$exists' && Boolean(operand));
}

/** Whether every document with these demands matches `expression`, the filter of a partial index. */
export function implies(
  demands: Map<string, Demand>,
  expression: Document,
  collation: Collation | undefined,
): boolean {
  return Object.entries(expression).every(([path, condition]) => {
    if (path === '$and') return condition.every((part: Document) => implies(demands, part, collation));
    if (path.startsWith('$')) return false;
    const demand = demands.get(path);
    if (!demand) return false;
    return conditionsOf(condition).every(([name, operand]) => impliesOne(demand, name, operand, collation));
  });
}

function impliesOne(
  demand: Demand,
  name: string,
  operand: unknown,
  collation: Collation | undefined,
): boolean {
  if (demand.operators.some((own) => own[0] === name && equalValues(own[1], operand))) return true;
  if (name === '$exists' && operand) return excludesMissing(demand);
  const { points, range } = demand;
  const holds = (value: unknown) =>
    compileFilter({ value: { [name]: operand } }, { collation }).matches({ value });
  if (points?.length) return points.every((point) => point !== null && holds(point));
  if (name === '$gt' || name === '$gte') return range.low !== undefined && holds(range.low);
  if (name === '$lt' || name === '$lte') return range.high !== undefined && holds(range.high);
  return false;
}
