import { type Document, Long } from 'bson';
import { compileExpression, type Scope, valueAt } from '../expressions/expression.ts';
import { checkVariable } from '../expressions/operator.ts';
import { isRegex } from '../regex/regex.ts';
import { StoreError } from '../values/errors.ts';
import { toInteger } from '../values/numbers.ts';
import { valueKey } from '../values/order.ts';
import { fieldPath, setAt } from '../values/paths.ts';
import { isDocument, typeName } from '../values/types.ts';
import type { CompilePipeline, PipelineContext, Stage } from './stage.ts';

/** Compiles `$lookup`: by equal fields, by a pipeline with `let`, or both. */
export function compileLookup(operand: Document, context: PipelineContext, compile: CompilePipeline): Stage {
  checkLookup(operand);
  const { from, as, localField, foreignField, let: bindings = {}, pipeline } = operand;
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
  const path = fieldPath(as);
  return function* (source) {
    for (const document of source) {
      const byFields = foreignField !== undefined;
      const filter = byFields ? equalTo(foreignField, valueAt(document, localField.split('.'))) : {};
      const scope = inner(document);
      const found = context.find(from, byFields ? filter : hintOf(pipeline[0], scope));
      const results = pipeline ? compile(pipeline, scope)(found) : found;
      yield setAt(document, path, [...results]);
    }
  };
}

const lookupOptions = ['from', 'as', 'localField', 'foreignField', 'let', 'pipeline'];

function checkLookup(operand: Document): void {
  const failed = (text: string): never => {
    throw new StoreError(9, text);
  };
  for (const [option, value] of Object.entries(operand)) {
    if (!lookupOptions.includes(option)) failed(`unknown argument to $lookup: ${option}`);
    if (option === 'pipeline' && !Array.isArray(value)) failed('the pipeline of $lookup must be an array');
    if (option === 'let' && !isDocument(value)) failed('$lookup argument let must be an object');
    if (!/pipeline|let/.test(option) && typeof value !== 'string')
      failed(`$lookup argument '${option}' must be a string, is type ${typeName(value)}`);
  }
  const { from, as, localField, foreignField, let: bindings, pipeline } = operand;
  if (as === undefined) failed("must specify 'as' field for a $lookup");
  if (from === undefined) failed("must specify 'from' field for a $lookup");
  if (
    (localField === undefined) !== (foreignField === undefined) ||
    (!pipeline && foreignField === undefined)
  )
    failed("$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified");
  if (bindings && !pipeline) failed("$lookup with a 'let' argument must also specify 'pipeline'");
  for (const name of Object.keys(bindings ?? {})) checkVariable(name);
}

/** Compiles `$graphLookup`: follows a field from document to document, each found once. */
export function compileGraphLookup(operand: Document, context: PipelineContext): Stage {
  checkGraphLookup(operand);
  const { from, startWith, connectFromField, connectToField, as, maxDepth, depthField } = operand;
  const start = compileExpression(startWith, context);
  const steps = maxDepth === undefined ? Number.POSITIVE_INFINITY : Number(toInteger(maxDepth));
  const path = fieldPath(as);
  const depthPath = depthField === undefined ? undefined : fieldPath(depthField);
  return function* (source) {
    for (const document of source) yield setAt(document, path, reachable(start(document)));
  };

  function reachable(first: unknown): Document[] {
    const found = new Map<string, Document>();
    let values = listOf(first);
    for (let depth = 0; depth <= steps && values.length > 0; depth++) {
      const filter = { $and: [{ [connectToField]: { $in: values } }, operand.restrictSearchWithMatch ?? {}] };
      const fresh = [...context.find(from, filter)].filter(({ _id }) => !found.has(valueKey(_id)));
      for (const document of fresh)
        found.set(
          valueKey(document._id),
          depthPath ? setAt(document, depthPath, Long.fromNumber(depth)) : document,
        );
      values = fresh.flatMap((document) => listOf(valueAt(document, connectFromField.split('.'))));
    }
    return [...found.values()];
  }
}

const graphLookupTexts = ['from', 'connectFromField', 'connectToField', 'as', 'depthField'];

function checkGraphLookup(operand: Document): void {
  for (const [option, value] of Object.entries(operand)) {
    if (graphLookupTexts.includes(option)) {
      if (typeof value !== 'string')
        throw new StoreError(40103, `expected string as argument for ${option}, found: ${typeName(value)}`);
    } else if (option === 'maxDepth') checkDepth(value);
    else if (option === 'restrictSearchWithMatch') {
      if (!isDocument(value))
        throw new StoreError(40185, `restrictSearchWithMatch must be an object, found ${typeName(value)}`);
    } else if (option !== 'startWith')
      throw new StoreError(40104, `Unknown argument to $graphLookup: ${option}`);
  }
  const { from, connectFromField, connectToField, as, startWith } = operand;
  if ([from, connectFromField, connectToField, as, startWith].includes(undefined))
    throw new StoreError(
      40105,
      "$graphLookup requires 'from', 'as', 'startWith', 'connectFromField', and 'connectToField' to be specified.",
    );
}

function checkDepth(value: unknown): void {
  const depth = toInteger(value);
  if (depth === undefined)
    throw new StoreError(40100, `maxDepth must be a whole number, found ${typeName(value)}`);
  if (depth < 0n) throw new StoreError(40101, `maxDepth requires a nonnegative argument, found: ${depth}`);
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
