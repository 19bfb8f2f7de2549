import type { Document } from 'bson';
import { compilePipeline, countOf, documentFor, type PipelineContext, type Stage } from './aggregate.ts';
import { StoreError } from './errors.ts';
import { compileExpression } from './expressions.ts';
import { compileBucket, compileGroup } from './group.ts';
import { compileGraphLookup, compileLookup } from './lookup.ts';
import { compileFilter } from './match.ts';
import { compileAddFields, compileProject, compileUnset } from './project.ts';
import { isDocument, typeName } from './types.ts';
import { compileUnwind } from './unwind.ts';

type CompileStage = (operand: unknown, context: PipelineContext) => Stage;

/** The stages of aggregation pipelines (`$sort` is in `aggregate.ts`, where it sees the `$limit` that follows). */
export const STAGES: Record<string, CompileStage> = {
  $match(operand, context) {
    const filter = compileFilter(documentFor('$match', operand), context);
    return function* (source) {
      for (const document of source) if (filter.matches(document)) yield document;
    };
  },
  $project: (operand, context) => each(compileProject(documentFor('$project', operand), context)),
  $addFields: (operand, context) => each(compileAddFields(documentFor('$addFields', operand), context)),
  $set: (operand, context) => each(compileAddFields(documentFor('$set', operand), context)),
  $unset: (operand) => each(compileUnset(Array.isArray(operand) ? operand.map(String) : [String(operand)])),
  $replaceRoot: (operand, context) =>
    each(compileReplace(documentFor('$replaceRoot', operand).newRoot, context)),
  $replaceWith: (operand, context) => each(compileReplace(operand, context)),
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
  $sortByCount: (operand, context) =>
    compilePipeline([{ $group: { _id: operand, count: { $sum: 1 } } }, { $sort: { count: -1 } }], context),
  $facet: (operand, context) => compileFacet(documentFor('$facet', operand), context),
  $lookup: (operand, context) => compileLookup(documentFor('$lookup', operand), context),
  $graphLookup: (operand, context) => compileGraphLookup(documentFor('$graphLookup', operand), context),
  $unionWith(operand, context) {
    const { coll, pipeline = [] } =
      typeof operand === 'string' ? { coll: operand } : documentFor('$unionWith', operand);
    const run = compilePipeline(pipeline, context);
    return function* (source) {
      yield* source;
      yield* run(context.find(String(coll), {}));
    };
  },
};

/** The stages that an update's pipeline may have. */
export const UPDATE_STAGES = ['$addFields', '$set', '$project', '$unset', '$replaceRoot', '$replaceWith'];

function each(change: (document: Document) => Document): Stage {
  return function* (source) {
    for (const document of source) yield change(document);
  };
}

function compileReplace(spec: unknown, context: PipelineContext): (document: Document) => Document {
  const evaluate = compileExpression(spec, context);
  return (document) => {
    const root = evaluate(document);
    if (isDocument(root)) return root;
    throw new StoreError(
      40228,
      `'newRoot' expression must evaluate to an object, but found: ${typeName(root)}`,
    );
  };
}

function compileFacet(operand: Document, context: PipelineContext): Stage {
  const facets = Object.entries(operand).map(([name, stages]) => {
    if (!Array.isArray(stages))
      throw new StoreError(40169, `arguments to $facet must be arrays, ${name} is ${typeName(stages)}`);
    return [name, compilePipeline(stages, context)] as const;
  });
  return function* (source) {
    const documents = [...source];
    yield Object.fromEntries(facets.map(([name, run]) => [name, [...run(documents)]]));
  };
}
