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
