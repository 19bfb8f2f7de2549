import type { Document } from 'bson';
import type { Collation } from '../values/collation.ts';
import { StoreError } from '../values/errors.ts';
import { refuseName } from '../values/missing.ts';
import { checkFieldName } from '../values/paths.ts';
import { field, hasOperators, isDocument, own } from '../values/types.ts';
import { arithmeticOperators } from './arithmetic.ts';
import { arrayOperators } from './arrays.ts';
import { controlOperators } from './control.ts';
import { conversionOperators } from './convert.ts';
import { dateOperators } from './date-operators.ts';
import type { Compiler, Evaluate, Operator, Variables } from './operator.ts';
import { stringOperators } from './strings.ts';

/** What an expression knows besides its document: the command's collation, its `let` variables and its time. */
export type Scope = {
  collation?: Collation | undefined;
  variables?: Document | undefined;
  now?: Date | undefined;
  /** When maxTimeMS is over, in ms of performance.now(). */
  until?: number | undefined;
};

const operators: Record<string, Operator> = {
  ...arithmeticOperators,
  ...arrayOperators,
  ...controlOperators,
  ...conversionOperators,
  ...dateOperators,
  ...stringOperators,
};

/** Compiles an aggregation expression to a function of a document; `undefined` is a missing value. */
export function compileExpression(spec: unknown, scope: Scope): (document: unknown) => unknown {
  const variables: Variables = { ...scope.variables };
  if (scope.now) variables.NOW = scope.now;
  const evaluate = compilerOf(new Set(Object.keys(variables)), scope.collation, untilOf(scope)).compile(spec);
  return (document) => evaluate(document, variables);
}

/** Throws when maxTimeMS is over (50). It is called once for each round of a loop and looks at the clock now and then. */
function untilOf({ until }: Scope): () => void {
  let rounds = 0;
  return () => {
    if (until && ++rounds % 256 === 0 && performance.now() > until)
      throw new StoreError(50, 'operation exceeded time limit');
  };
}

function compilerOf(names: Set<string>, collation: Collation | undefined, checkTime: () => void): Compiler {
  const compiler: Compiler = {
    collation,
    checkTime,
    withVariables: (...more) => compilerOf(new Set([...names, ...more]), collation, checkTime),
    compile(spec) {
      if (typeof spec === 'string' && spec.startsWith('$')) return compileReference(spec, names);
      if (Array.isArray(spec)) return compileArray(spec, compiler);
      if (hasOperators(spec)) return compileOperator(spec, compiler);
      if (isDocument(spec)) return compileFields(spec, compiler);
      return () => spec;
    },
  };
  return compiler;
}

function compileOperator(spec: Document, compiler: Compiler): Evaluate {
  const [[name, operand] = ['', undefined], ...more] = Object.entries(spec);
  if (more.length > 0)
    throw new StoreError(15983, 'an expression specification must contain exactly one field');
  const operator = own(operators, name);
  if (!operator) refuseName('expressions', name, 168, `Unrecognized expression '${name}'`);
  return operator(operand, compiler, name);
}

function compileArray(specs: unknown[], compiler: Compiler): Evaluate {
  const elements = specs.map((spec) => compiler.compile(spec));
  return (root, variables) => elements.map((evaluate) => evaluate(root, variables) ?? null);
}

function compileFields(spec: Document, compiler: Compiler): Evaluate {
  const fields = Object.entries(spec).map(([name, value]) => {
    checkFieldName(name);
    return [name, compiler.compile(value)] as const;
  });
  return (root, variables) => {
    const result: Document = {};
    for (const [name, evaluate] of fields) {
      const value = evaluate(root, variables);
      if (value !== undefined) result[name] = value;
    }
    return result;
  };
}

/** `$a.b`, `$$ROOT.a` or `$$variable.a`. */
function compileReference(reference: string, names: Set<string>): Evaluate {
  const [first = '', ...path] = reference.replace(/^\$\$?/, '').split('.');
  if ([first, ...path].some((name) => name === '' || name.startsWith('$'))) {
    throw new StoreError(16410, `'${reference}' is no valid field path`);
  }
  if (!reference.startsWith('$$')) {
    if (path.length === 0) return (root) => (isDocument(root) ? field(root, first) : undefined);
    return (root) => valueAt(root, [first, ...path]);
  }
  if (first === 'ROOT' || first === 'CURRENT') return (root) => valueAt(root, path);
  if (first === 'REMOVE') return () => undefined;
  if (!names.has(first)) {
    refuseName('variables', `$$${first}`, 17276, `Use of undefined variable: ${first}`);
  }
  return (_root, variables) => valueAt(variables[first], path);
}

/** The value of a field path in an expression: arrays on the way give an array of what their elements have. */
export function valueAt(value: unknown, path: string[], from = 0): unknown {
  const name = path[from];
  if (name === undefined) return value;
  if (Array.isArray(value)) {
    return value.flatMap((element) => {
      const inner = valueAt(element, path, from);
      return inner === undefined ? [] : [inner];
    });
  }
  return isDocument(value) ? valueAt(field(value, name), path, from + 1) : undefined;
}
