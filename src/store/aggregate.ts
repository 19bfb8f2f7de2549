import type { Document } from 'bson';
import { refuse, StoreError } from './errors.ts';
import type { Scope } from './expressions.ts';
import { toInteger } from './numbers.ts';
import { sortDocuments } from './order.ts';
import { STAGES, UPDATE_STAGES } from './stages.ts';
import { isDocument, own, typeName } from './types.ts';

/** What a pipeline knows: its moment, collation and `let` variables, and how to look into other collections. */
export type PipelineContext = Scope & {
  now: Date;
  find(
    collection: string,
    filter: Document,
    options?: { sort?: Document; limit?: number },
  ): Iterable<Document>;
};

/** One stage at work: documents in, documents out, lazily where its meaning allows. */
export type Stage = (source: Iterable<Document>) => Iterable<Document>;

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

/** Compiles the pipeline of an update, which only changes the document itself. */
export function compileUpdateStages(
  stages: Document[],
  context: Scope & { now: Date },
): (document: Document) => Document {
  const names = stages.map((stage) => stageOf(stage)[0]);
  const other = names.find((name) => !UPDATE_STAGES.includes(name));
  if (other) throw new StoreError(72, `${other} is not allowed to be used within an update`);
  const pipeline = compilePipeline(stages, { ...context, find: () => refuse('a look-up within an update') });
  return (document) => [...pipeline([document])][0] ?? document;
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
    ...(sort !== undefined && { sort: documentFor('$sort', sort) }),
    ...(skip !== undefined && { skip: countOf('$skip', skip, 0) }),
    ...(limit !== undefined && { limit: countOf('$limit', limit, 1) }),
    rest,
  };
}

/** The whole number that `$skip` and `$limit` take. */
export function countOf(name: string, operand: unknown, least: number): number {
  const count = toInteger(operand);
  if (count === undefined || count < least) {
    throw new StoreError(
      name === '$limit' ? 15958 : 15956,
      `the ${name.slice(1)} must be a whole number of at least ${least}`,
    );
  }
  return Number(count);
}

/** The operand of a stage that takes a document; 15959 for anything else. */
export function documentFor(name: string, operand: unknown): Document {
  if (isDocument(operand)) return operand;
  throw new StoreError(
    15959,
    `the ${name} specification must be an object, but was of type ${typeName(operand)}`,
  );
}

function stageOf(spec: unknown): [string, unknown] {
  const [stage, ...more] = isDocument(spec) ? Object.entries(spec) : [];
  if (!stage || more.length > 0) {
    throw new StoreError(40323, 'A pipeline stage specification object must contain exactly one field.');
  }
  return stage;
}

function compileStage(name: string, operand: unknown, context: PipelineContext): Stage {
  const compile = own(STAGES, name);
  if (!compile) refuse(`the stage ${name}`);
  return compile(operand, context);
}

function compileSortStage(spec: unknown, limit: number | undefined, { collation }: Scope): Stage {
  if (!isDocument(spec) || Object.keys(spec).length === 0) {
    throw new StoreError(15976, '$sort stage must have at least one sort key');
  }
  sortDocuments([], spec);
  return function* (source) {
    yield* sortDocuments(source, spec, { collation, limit });
  };
}

/** How many sorted documents the stages that follow a `$sort` can use. */
function limitAfter(stages: Document[]): number | undefined {
  const { filter, sort, skip = 0, limit } = splitPipeline(stages);
  return limit === undefined || sort || Object.keys(filter).length > 0 ? undefined : skip + limit;
}
