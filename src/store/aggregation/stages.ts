import type { Document } from 'bson';
import { documentFor, documentStages, stageOf } from '../query/document-stages.ts';
import { compileFilter } from '../query/filter.ts';
import { StoreError } from '../values/errors.ts';
import { checkFieldName } from '../values/paths.ts';
import { hasOperators, isDocument, typeName } from '../values/types.ts';
import { compileBucket, compileGroup } from './group.ts';
import { compileGraphLookup, compileLookup } from './lookup.ts';
import {
  type CompilePipeline,
  type CompileStage,
  countOf,
  type PipelineContext,
  type Stage,
} from './stage.ts';
import { compileUnwind } from './unwind.ts';

/** The stages of aggregation pipelines (`$sort` is in `pipeline.ts`, which knows the `$limit` that follows). */
export const stages: Record<string, CompileStage> = {
  ...Object.fromEntries(
    Object.entries(documentStages).map(([name, change]): [string, CompileStage] => [
      name,
      (operand, context) => each(change(operand, context)),
    ]),
  ),
  $match(operand, context) {
    const filter = compileFilter(documentFor('$match', operand), context);
    return function* (source) {
      for (const document of source) if (filter.matches(document)) yield document;
    };
  },
  $unwind: (operand) => compileUnwind(operand),
  $skip(operand) {
    const count = countOf('$skip', operand);
    return function* (source) {
      let seen = 0;
      for (const document of source) if (seen++ >= count) yield document;
    };
  },
  $limit(operand) {
    const count = countOf('$limit', operand);
    return function* (source) {
      let seen = 0;
      for (const document of source) {
        yield document;
        if (++seen === count) return;
      }
    };
  },
  $count(operand) {
    const field = countField(operand);
    return function* (source) {
      let count = 0;
      for (const _document of source) count += 1;
      if (count > 0) yield { [field]: count };
    };
  },
  $group: (operand, context) => compileGroup(documentFor('$group', operand), context),
  $bucket: (operand, context) => compileBucket(documentFor('$bucket', operand), context),
  $sortByCount(operand, context, compile) {
    checkSortByCount(operand);
    return compile([{ $group: { _id: operand, count: { $sum: 1 } } }, { $sort: { count: -1 } }], context);
  },
  $facet: (operand, context, compile) => compileFacet(documentFor('$facet', operand), context, compile),
  $lookup: (operand, context, compile) => compileLookup(documentFor('$lookup', operand), context, compile),
  $graphLookup: (operand, context) => compileGraphLookup(documentFor('$graphLookup', operand), context),
  $unionWith(operand, context, compile) {
    const { coll, pipeline = [] } = unionOf(operand);
    const run = compile(pipeline, context);
    return function* (source) {
      yield* source;
      yield* run(context.find(coll, {}));
    };
  },
};

function each(change: (document: Document) => Document): Stage {
  return function* (source) {
    for (const document of source) yield change(document);
  };
}

function countField(operand: unknown): string {
  if (typeof operand !== 'string') throw new StoreError(40156, 'the count field must be a non-empty string');
  if (operand === '') throw new StoreError(40157, 'the count field must be a non-empty string');
  if (operand.startsWith('$')) throw new StoreError(40158, 'the count field cannot be a $-prefixed path');
  if (operand.includes('.')) throw new StoreError(40160, "the count field cannot contain '.'");
  return operand;
}

function checkSortByCount(operand: unknown): void {
  if (typeof operand === 'string') {
    if (!operand.startsWith('$'))
      throw new StoreError(
        40148,
        'the sortByCount field must be defined as a $-prefixed path or an expression inside an object',
      );
  } else if (!isDocument(operand))
    throw new StoreError(40149, 'the sortByCount field must be specified as a string or as an object');
  else if (!hasOperators(operand))
    throw new StoreError(
      40147,
      'the sortByCount field must be defined as a $-prefixed path or an expression inside an object',
    );
}

function unionOf(operand: unknown): { coll: string; pipeline?: Document[] } {
  if (typeof operand === 'string') return { coll: operand };
  if (!isDocument(operand))
    throw new StoreError(
      9,
      `the $unionWith stage specification must be an object or string, but found ${typeName(operand)}`,
    );
  const { coll, pipeline, ...rest } = operand;
  const [option] = Object.keys(rest);
  if (option) throw new StoreError(40415, `BSON field '$unionWith.${option}' is an unknown field.`);
  if (typeof coll !== 'string')
    throw new StoreError(40414, "BSON field '$unionWith.coll' is missing but a required field");
  return pipeline ? { coll, pipeline } : { coll };
}

/** Stages that a pipeline of `$facet` may not have. */
const notInFacet = new Set(
  '$collStats $facet $geoNear $indexStats $out $merge $planCacheStats $search $searchMeta $vectorSearch'.split(
    ' ',
  ),
);

function compileFacet(operand: Document, context: PipelineContext, compile: CompilePipeline): Stage {
  const facets = Object.entries(operand);
  if (facets.length === 0) throw new StoreError(40169, 'the $facet specification must be a non-empty object');
  const compiled = facets.map(([name, stages]) => {
    checkFieldName(name);
    if (!Array.isArray(stages))
      throw new StoreError(40170, `arguments to $facet must be arrays, ${name} is type ${typeName(stages)}`);
    for (const [stage] of stages.map(stageOf))
      if (notInFacet.has(stage))
        throw new StoreError(40600, `${stage} is not allowed to be used within a $facet stage`);
    return [name, compile(stages, context)] as const;
  });
  return function* (source) {
    const documents = [...source];
    yield Object.fromEntries(compiled.map(([name, run]) => [name, [...run(documents)]]));
  };
}
