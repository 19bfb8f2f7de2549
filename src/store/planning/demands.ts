import { BSONRegExp, type Document } from 'bson';
import { compileFilter } from '../query/filter.ts';
import { isRegex, type Regex, regexOf } from '../regex/regex.ts';
import type { ValueRange } from '../storage/keys.ts';
import type { Collation } from '../values/collation.ts';
import { isIndexable } from '../values/encoding.ts';
import { equalValues } from '../values/order.ts';
import { hasOperators, isDocument, typeName } from '../values/types.ts';

/** What a filter demands of one path: one of the values in `points` (null also allows a missing field), or a value within `range`. */
export type Demand = { points?: unknown[]; range: ValueRange; pattern?: Regex; operators: Condition[] };

type Condition = [operator: string, operand: unknown];

/** What every matching document must have at its paths. Conditions that are not understood demand nothing. */
export function demandsOf(filter: Document): Map<string, Demand> {
  const demands = new Map<string, Demand>();
  collect(filter, demands);
  return demands;
}

function collect(filter: Document, demands: Map<string, Demand>, above = ''): void {
  for (const [path, condition] of Object.entries(filter)) {
    if (path === '$and' && Array.isArray(condition))
      for (const part of condition) collect(part, demands, above);
    if (path === '$expr') collectExpression(condition, demands);
    if (path.startsWith('$')) continue;
    for (const [operator, operand] of conditionsOf(condition)) note(above + path, operator, operand, demands);
  }
}

/** What `$expr` demands by comparing a field with a constant for equality. */
function collectExpression(spec: unknown, demands: Map<string, Demand>): void {
  if (!isDocument(spec)) return;
  if (Array.isArray(spec.$and)) for (const part of spec.$and) collectExpression(part, demands);
  if (!Array.isArray(spec.$eq) || spec.$eq.length !== 2) return;
  const [a, b] = spec.$eq;
  const [path, constant] = isPath(a) ? [a, b] : [b, a];
  if (!isPath(path) || typeof constant === 'object' ? !isPlain(constant) : /^\$/.test(String(constant)))
    return;
  if (isPath(path)) note(path.slice(1), '$eq', constant, demands);
}

function isPath(spec: unknown): spec is string {
  return typeof spec === 'string' && /^\$[^$]/.test(spec);
}

/** A value that an expression takes as it stands. Null is not: in a filter it also means a missing field. */
function isPlain(value: unknown): boolean {
  return value !== null && !Array.isArray(value) && !isDocument(value);
}

/** A pattern that stands alone is matched; `$eq` with a pattern is not, and `$regex` has its options beside it. */
function conditionsOf(condition: unknown): Condition[] {
  if (isRegex(condition)) return [['$regex', condition]];
  if (!hasOperators(condition)) return [['$eq', condition]];
  const { $options, ...operators } = condition;
  return Object.entries(operators).map(([operator, operand]) =>
    operator === '$regex' && $options !== undefined
      ? ['$regex', new BSONRegExp(regexOf(operand).pattern, String($options))]
      : [operator, operand],
  );
}

function note(path: string, operator: string, operand: unknown, demands: Map<string, Demand>): void {
  if (operator === '$elemMatch' && isDocument(operand)) {
    // some element has it, so a key of the index does
    if (!hasOperators(operand)) collect(operand, demands, `${path}.`);
    else
      for (const [inner, value] of Object.entries(operand))
        if (inner !== '$not') note(path, inner, value, demands);
    return;
  }
  const demand = demands.get(path) ?? { range: {}, operators: [] };
  demands.set(path, demand);
  demand.operators.push([operator, operand]);
  const points = pointsOf(operator, operand);
  if (points && points.length < (demand.points?.length ?? Number.POSITIVE_INFINITY)) demand.points = points;
  const pattern = patternOf(operator, operand);
  if (pattern?.prefix) demand.pattern ??= pattern;
  if (unordered.has(typeName(operand))) return;
  if (operator === '$gt' || operator === '$gte') demand.range.low ??= operand;
  if (operator === '$lt' || operator === '$lte') demand.range.high ??= operand;
}

function patternOf(operator: string, operand: unknown): Regex | undefined {
  return operator === '$regex' ? regexOf(operand) : undefined;
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
  if (range.low !== undefined || range.high !== undefined || demand.pattern) return true;
  if (points?.every((point) => point !== null)) return true;
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
