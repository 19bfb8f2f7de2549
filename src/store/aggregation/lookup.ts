import type { Document } from 'bson';
import { compileExpression, type Scope, valueAt } from '../expressions/expression.ts';
import { refuse, StoreError } from '../values/errors.ts';
import { toInteger } from '../values/numbers.ts';
import { valueKey } from '../values/order.ts';
import { setAt } from '../values/paths.ts';
import { isRegex } from '../values/regex.ts';
import type { CompilePipeline, PipelineContext, Stage } from './stage.ts';

/** Compiles `$lookup`: by equal fields, by a pipeline with `let`, or both. */
export function compileLookup(operand: Document, context: PipelineContext, compile: CompilePipeline): Stage {
  const { from, as, localField, foreignField, let: bindings = {}, pipeline, ...rest } = operand;
  const [option] = Object.keys(rest);
  if (option) refuse(`the option ${option} of $lookup`);
  const byFields = typeof localField === 'string' && typeof foreignField === 'string';
  if (typeof from !== 'string' || typeof as !== 'string' || (!byFields && !Array.isArray(pipeline))) {
    throw new StoreError(9, '$lookup takes from and as, and localField with foreignField or a pipeline');
  }
  const variables = Object.entries(bindings).map(
    ([name, spec]) => [name, compileExpression(spec, context)] as const,
  );
  const inner = (document: Document) => ({
    ...context,
    variables: {
      ...context.variables,
      ...Object.fromEntries(variables.map(([name, value]) => [name, value(document)])),
    },
  });
  compile(pipeline ?? [], { ...context, variables: { ...context.variables, ...bindings } });
  const path = as.split('.');
  return function* (source) {
    for (const document of source) {
      const filter = byFields ? equalTo(foreignField, valueAt(document, localField.split('.'))) : {};
      const scope = inner(document);
      const found = context.find(from, byFields ? filter : hintOf(pipeline[0], scope));
      const results = pipeline ? compile(pipeline, scope)(found) : found;
      yield setAt(document, path, [...results]);
    }
  };
}

/** Compiles `$graphLookup`: follows a field from document to document, each found once. */
export function compileGraphLookup(operand: Document, context: PipelineContext): Stage {
  const { from, startWith, connectFromField, connectToField, as, maxDepth, ...rest } = operand;
  const [option] = Object.keys(rest);
  if (option) refuse(`the option ${option} of $graphLookup`);
  if ([from, connectFromField, connectToField, as].some((text) => typeof text !== 'string')) {
    throw new StoreError(40105, '$graphLookup requires from, connectFromField, connectToField and as');
  }
  const start = compileExpression(startWith, context);
  const steps = maxDepth === undefined ? Number.POSITIVE_INFINITY : Number(toInteger(maxDepth));
  return function* (source) {
    for (const document of source) yield setAt(document, as.split('.'), reachable(start(document)));
  };

  function reachable(first: unknown): Document[] {
    const found = new Map<string, Document>();
    let values = listOf(first);
    for (let depth = 0; depth <= steps && values.length > 0; depth++) {
      const fresh = [...context.find(from, { [connectToField]: { $in: values } })].filter(
        ({ _id }) => !found.has(valueKey(_id)),
      );
      for (const document of fresh) found.set(valueKey(document._id), document);
      values = fresh.flatMap((document) => listOf(valueAt(document, connectFromField.split('.'))));
    }
    return [...found.values()];
  }
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function equalTo(path: string, value: unknown): Document {
  if (!Array.isArray(value)) return { [path]: { $eq: value ?? null } };
  if (value.some(isRegex)) return { $or: value.map((element) => ({ [path]: { $eq: element } })) };
  return { [path]: { $in: value } };
}

/**
 * The part of a `$match` at the start of the pipeline that an index of the foreign collection can serve:
 * its conditions on fields, and equalities of a field with a variable in its `$expr`.
 */
function hintOf(first: Document | undefined, scope: Scope): Document {
  const match: Document = first?.$match ?? {};
  const conditions = Object.entries(match)
    .filter(([key]) => !key.startsWith('$'))
    .map(([key, value]) => ({ [key]: value }));
  const equalities = [match.$expr]
    .flatMap((spec) => spec?.$and ?? [spec])
    .flatMap((spec) => equalityIn(spec?.$eq, scope));
  const all = [...conditions, ...equalities];
  return all.length > 0 ? { $and: all } : {};
}

function equalityIn(operands: unknown, scope: Scope): Document[] {
  const [a, b] = Array.isArray(operands) ? operands : [];
  const [path, variable] = isVariable(a) ? [b, a] : [a, b];
  if (typeof path !== 'string' || !/^\$[^$]/.test(path) || !isVariable(variable)) return [];
  const value = compileExpression(variable, scope)(undefined);
  if (value === undefined || Array.isArray(value) || isRegex(value)) return [];
  return [{ [path.slice(1)]: { $eq: value } }];
}

function isVariable(spec: unknown): spec is string {
  return typeof spec === 'string' && spec.startsWith('$$') && !/^\$\$(ROOT|CURRENT|REMOVE)/.test(spec);
}
