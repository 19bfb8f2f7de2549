import type { Document } from 'bson';
import { documentFor, documentStages } from '../query/document-stages.ts';
import { compileFilter } from '../query/filter.ts';
import { StoreError } from '../values/errors.ts';
import { typeName } from '../values/types.ts';
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
    const count = countOf('$skip', operand, 0);
    return function* (source) {
      let seen = 0;
      for (const document of source) if (seen++ >= count) yield document;
    };
  },
  $limit(operand) {
    const count = countOf('$limit', operand, 1);
    return function* (source) {
      let seen = 0;
      for (const document of source) {
        yield document;
        if (++seen === count) return;
      }
    };
  },
  $count(operand) {
    if (typeof operand !== 'string' || !/^[^$.]+$/.test(operand)) {
      throw new StoreError(40156, 'the count field must be a non-empty string without $ or .');
    }
    return function* (source) {
      let count = 0;
      for (const _document of source) count += 1;
      if (count > 0) yield { [operand]: count };
    };
  },
  $group: (operand, context) => compileGroup(documentFor('$group', operand), context),
  $bucket: (operand, context) => compileBucket(documentFor('$bucket', operand), context),
  $sortByCount: (operand, context, compile) =>
    compile([{ $group: { _id: operand, count: { $sum: 1 } } }, { $sort: { count: -1 } }], context),
  $facet: (operand, context, compile) => compileFacet(documentFor('$facet', operand), context, compile),
  $lookup: (operand, context, compile) => compileLookup(documentFor('$lookup', operand), context, compile),
  $graphLookup: (operand, context) => compileGraphLookup(documentFor('$graphLookup', operand), context),
  $unionWith(operand, context, compile) {
    const { coll, pipeline = [] } =
      typeof operand === 'string' ? { coll: operand } : documentFor('$unionWith', operand);
    const run = compile(pipeline, context);
    return function* (source) {
      yield* source;
      yield* run(context.find(String(coll), {}));
    };
  },
};

function each(change: (document: Document) => Document): Stage {
  return function* (source) {
    for (const document of source) yield change(document);
  };
}

function compileFacet(operand: Document, context: PipelineContext, compile: CompilePipeline): Stage {
  const facets = Object.entries(operand).map(([name, stages]) => {
    if (!Array.isArray(stages))
      throw new StoreError(40169, `arguments to $facet must be arrays, ${name} is ${typeName(stages)}`);
    return [name, compile(stages, context)] as const;
  });
  return function* (source) {
    const documents = [...source];
    yield Object.fromEntries(facets.map(([name, run]) => [name, [...run(documents)]]));
  };
}
