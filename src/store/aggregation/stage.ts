import type { Document } from 'bson';
import type { Scope } from '../expressions/expression.ts';
import { StoreError } from '../values/errors.ts';
import { toInteger } from '../values/numbers.ts';

/** What a pipeline knows: its time, collation and `let` variables, and how to read other collections. */
export type PipelineContext = Scope & {
  now: Date;
  find(
    collection: string,
    filter: Document,
    options?: { sort?: Document; limit?: number },
  ): Iterable<Document>;
};

/** One stage at work: documents in, documents out, lazily if its meaning allows. */
export type Stage = (source: Iterable<Document>) => Iterable<Document>;

/** Compiles a whole pipeline. Stages that contain pipelines get it as an argument. */
export type CompilePipeline = (stages: Document[], context: PipelineContext) => Stage;

/** Compiles one stage. */
export type CompileStage = (operand: unknown, context: PipelineContext, compile: CompilePipeline) => Stage;

/** The whole number that `$skip` and `$limit` take. */
export function countOf(name: '$skip' | '$limit', operand: unknown): number {
  const count = toInteger(operand);
  if (count === undefined || count < 0n)
    throw new StoreError(
      name === '$skip' ? 5107200 : 5107201,
      `invalid argument to ${name} stage: Expected a non-negative whole number`,
    );
  if (name === '$limit' && count === 0n) throw new StoreError(15958, 'the limit must be positive');
  return Number(count);
}
