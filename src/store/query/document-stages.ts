import type { Document } from 'bson';
import { compileExpression, type Scope } from '../expressions/expression.ts';
import { StoreError } from '../values/errors.ts';
import { isDocument, own, typeName } from '../values/types.ts';
import { compileAddFields, compileProject, compileUnset } from './projection.ts';

type CompileChange = (operand: unknown, scope: Scope) => (document: Document) => Document;

/** The stages that change each document by itself: those that the pipeline of an update may have. */
export const documentStages: Record<string, CompileChange> = {
  $project: (operand, scope) => compileProject(documentFor('$project', operand), scope),
  $addFields: (operand, scope) => compileAddFields(documentFor('$addFields', operand), scope),
  $set: (operand, scope) => compileAddFields(documentFor('$set', operand), scope),
  $unset: (operand) => compileUnset(unsetPaths(operand)),
  $replaceRoot: (operand, scope) => compileReplace(newRootOf(documentFor('$replaceRoot', operand)), scope),
  $replaceWith: compileReplace,
};

/** Compiles the pipeline of an update. */
export function compileUpdatePipeline(stages: Document[], scope: Scope): (document: Document) => Document {
  const changes = stages.map((stage) => {
    const [name, operand] = stageOf(stage);
    const compile = own(documentStages, name);
    if (!compile) throw new StoreError(72, `${name} is not allowed to be used within an update`);
    return compile(operand, scope);
  });
  return (document) => changes.reduce((changed, change) => change(changed), document);
}

/** The name of a stage and its operand; 40323 unless it is a document of one field. */
export function stageOf(spec: unknown): [string, unknown] {
  const [stage, ...more] = isDocument(spec) ? Object.entries(spec) : [];
  if (!stage || more.length > 0) {
    throw new StoreError(40323, 'A pipeline stage specification object must contain exactly one field.');
  }
  return stage;
}

/** MongoDB's codes for an operand that is not a document. */
const notDocument: Record<string, number> = {
  $addFields: 40272,
  $bucket: 40201,
  $facet: 40169,
  $group: 15947,
  $match: 15959,
  $project: 15969,
  $replaceRoot: 40229,
  $set: 40272,
  $sort: 15973,
};

/** The operand of a stage that takes a document. */
export function documentFor(name: string, operand: unknown): Document {
  if (isDocument(operand)) return operand;
  throw new StoreError(
    notDocument[name] ?? 9,
    `the ${name} specification must be an object, but was of type ${typeName(operand)}`,
  );
}

function unsetPaths(operand: unknown): string[] {
  if (typeof operand === 'string') return [operand];
  if (!Array.isArray(operand))
    throw new StoreError(31002, '$unset specification must be a string or an array');
  if (operand.length === 0)
    throw new StoreError(31119, '$unset specification must be a string or an array with at least one field');
  if (operand.some((path) => typeof path !== 'string'))
    throw new StoreError(
      31120,
      '$unset specification must be a string or an array containing only string values',
    );
  return operand;
}

function newRootOf({ newRoot, ...rest }: Document): unknown {
  const [option] = Object.keys(rest);
  if (option) throw new StoreError(40415, `BSON field '$replaceRoot.${option}' is an unknown field.`);
  if (newRoot === undefined)
    throw new StoreError(40414, "BSON field '$replaceRoot.newRoot' is missing but a required field");
  return newRoot;
}

function compileReplace(spec: unknown, scope: Scope): (document: Document) => Document {
  const evaluate = compileExpression(spec, scope);
  return (document) => {
    const root = evaluate(document);
    if (isDocument(root)) return root;
    throw new StoreError(
      40228,
      `'newRoot' expression must evaluate to an object, but found: ${typeName(root)}`,
    );
  };
}
