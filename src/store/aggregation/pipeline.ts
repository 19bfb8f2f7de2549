import type { Document } from 'bson';
import type { Scope } from '../expressions/expression.ts';
import { documentFor, stageOf } from '../query/document-stages.ts';
import { StoreError } from '../values/errors.ts';
import { refuseName } from '../values/missing.ts';
import { sortDocuments } from '../values/order.ts';
import { own } from '../values/types.ts';
import { countOf, type PipelineContext, type Stage } from './stage.ts';
import { stages } from './stages.ts';

/** Runs a pipeline over typed documents. All stages are compiled, and so checked, before the first document is read. */
export function runPipeline(
  stages: Document[],
  source: Iterable<Document>,
  context: PipelineContext,
): Iterable<Document> {
  return compilePipeline(stages, context)(source);
}

/** Compiles a pipeline; unknown and unsupported stages are refused by name. */
export function compilePipeline(stages: Document[], context: PipelineContext): Stage {
  const compiled: Stage[] = [];
  for (const [i, spec] of stages.entries()) {
    const [name, operand] = stageOf(spec);
    if (name === '$sort') compiled.push(compileSortStage(operand, limitAfter(stages.slice(i + 1)), context));
    else compiled.push(compileStage(name, operand, context));
  }
  return (source) => compiled.reduce((documents, stage) => stage(documents), source);
}

/**
 * Peels off the stages at the start that a find can serve with its indexes: `$match`, then `$sort`, `$skip` and `$limit`, each
 * at most once and in this order. Running `rest` over that find gives what the whole pipeline gives.
 */
export function splitPipeline(stages: Document[]): {
  filter: Document;
  sort?: Document;
  skip?: number;
  limit?: number;
  rest: Document[];
} {
  const rest = [...stages];
  const take = (name: string) => {
    const [first, operand] = rest[0] ? stageOf(rest[0]) : [];
    if (first === name) rest.shift();
    return first === name ? operand : undefined;
  };
  const filters: Document[] = [];
  for (let filter = take('$match'); filter !== undefined; filter = take('$match')) {
    filters.push(documentFor('$match', filter));
  }
  const sort = take('$sort');
  const skip = take('$skip');
  const limit = take('$limit');
  return {
    filter: filters.length > 1 ? { $and: filters } : (filters[0] ?? {}),
    ...(sort !== undefined && { sort: sortOf(sort) }),
    ...(skip !== undefined && { skip: countOf('$skip', skip) }),
    ...(limit !== undefined && { limit: countOf('$limit', limit) }),
    rest,
  };
}

function compileStage(name: string, operand: unknown, context: PipelineContext): Stage {
  const compile = own(stages, name);
  if (!compile) refuseStage(name);
  return compile(operand, context, compilePipeline);
}

/** Stages that MongoDB allows only in some places of a pipeline. They are answered there before this is asked. */
function refuseStage(name: string): never {
  if (name === '$out' || name === '$merge')
    throw new StoreError(40601, `${name} can only be the final stage in the pipeline`);
  if (name === '$collStats')
    throw new StoreError(40602, '$collStats is only valid as the first stage in a pipeline');
  refuseName('stages', name, 40324, `Unrecognized pipeline stage name: '${name}'`);
}

function sortOf(spec: unknown): Document {
  const order = documentFor('$sort', spec);
  if (Object.keys(order).length === 0)
    throw new StoreError(15976, '$sort stage must have at least one sort key');
  sortDocuments([], order);
  return order;
}

function compileSortStage(spec: unknown, limit: number | undefined, { collation }: Scope): Stage {
  const order = sortOf(spec);
  return function* (source) {
    yield* sortDocuments(source, order, { collation, limit });
  };
}

/** How many sorted documents the stages that follow a `$sort` can use. */
function limitAfter(stages: Document[]): number | undefined {
  const { filter, sort, skip = 0, limit } = splitPipeline(stages);
  return limit === undefined || sort || Object.keys(filter).length > 0 ? undefined : skip + limit;
}
