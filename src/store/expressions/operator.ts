import type { Collation } from '../values/collation.ts';
import { StoreError } from '../values/errors.ts';
import { toInteger } from '../values/numbers.ts';
import { isDocument, typeName } from '../values/types.ts';
import { createAccumulator } from './accumulators.ts';

/** The variables in force (`$$this`, those of `$let`, of the command …), by name. */
export type Variables = Record<string, unknown>;

/** A compiled expression; `undefined` is a missing value. */
export type Evaluate = (root: unknown, variables: Variables) => unknown;

/** Compiles the operands of an operator, with the variables that are known there. */
export type Compiler = {
  compile(spec: unknown): Evaluate;
  withVariables(...names: string[]): Compiler;
  collation: Collation | undefined;
  /** Throws when the time of the command is over. */
  checkTime(): void;
};

/** Compiles one use of the expression operator `name`. */
export type Operator = (operand: unknown, compiler: Compiler, name: string) => Evaluate;

/** An operator of `least` to `most` arguments in a list (a single one may stand alone). */
export function listed(
  least: number,
  most: number,
  apply: (values: unknown[], name: string, collation: Collation | undefined) => unknown,
): Operator {
  return (operand, compiler, name) => {
    const specs = Array.isArray(operand) ? operand : [operand];
    if (specs.length < least || specs.length > most) {
      const takes = least === most ? `exactly ${least}` : `at least ${least} arguments, and at most ${most}`;
      throw new StoreError(
        16020,
        `Expression ${name} takes ${takes} arguments. ${specs.length} were passed in.`,
      );
    }
    const operands = specs.map((spec) => compiler.compile(spec));
    return (root, variables) =>
      apply(
        operands.map((evaluate) => evaluate(root, variables)),
        name,
        compiler.collation,
      );
  };
}

/** The accumulators as expressions: over their arguments, or the elements of a single array. */
export const accumulated: Operator = (operand, compiler, name) =>
  listed(0, Number.POSITIVE_INFINITY, (values) => {
    const accumulator = createAccumulator(name, compiler.collation);
    const items = values.length === 1 && Array.isArray(values[0]) ? values[0] : values;
    for (const item of items) accumulator.add(item);
    return accumulator.result();
  })(operand, compiler, name);

/** Like `listed`; null if an argument is null or missing. */
export function nullable(
  least: number,
  most: number,
  apply: (values: unknown[], name: string, collation: Collation | undefined) => unknown,
): Operator {
  return listed(least, most, (values, name, collation) =>
    values.some(isNullish) ? null : apply(values, name, collation),
  );
}

/** An operator whose operand is a document of named arguments; unknown names are refused. */
export function named(
  required: string[],
  optional: string[],
  apply: (args: Record<string, unknown>, name: string, collation: Collation | undefined) => unknown,
): Operator {
  return (operand, compiler, name) => {
    const specs = namedSpecs(operand, required, optional, name);
    const args = Object.entries(specs).map(([key, spec]) => [key, compiler.compile(spec)] as const);
    return (root, variables) => {
      const values: Record<string, unknown> = {};
      for (const [key, evaluate] of args) {
        // an option that evaluates to a missing value is null, and not absent
        values[key] = evaluate(root, variables) ?? (optional.includes(key) ? null : undefined);
      }
      return apply(values, name, compiler.collation);
    };
  };
}

/** Checks the names of an operator's arguments. */
export function namedSpecs(
  operand: unknown,
  required: string[],
  optional: string[],
  name: string,
): Record<string, unknown> {
  if (!isDocument(operand)) throw new StoreError(9, `${name} requires an object as its argument`);
  for (const key of required) {
    if (!Object.hasOwn(operand, key)) throw new StoreError(9, `Missing '${key}' parameter to ${name}`);
  }
  for (const key of Object.keys(operand)) {
    if (!required.includes(key) && !optional.includes(key))
      throw new StoreError(9, `Unrecognized argument to ${name}: ${key}`);
  }
  return operand;
}

export function isNullish(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

/** The argument as an array; an error with `code` for anything else. */
export function arrayFor(value: unknown, name: string, code = 9): unknown[] {
  if (Array.isArray(value)) return value;
  throw new StoreError(code, `The argument to ${name} must be an array, but was of type: ${typeName(value)}`);
}

/** The argument as a whole number; an error for anything else. */
export function wholeFor(value: unknown, name: string): number {
  const integer = toInteger(value);
  if (integer !== undefined) return Number(integer);
  throw new StoreError(28691, `${name} requires a whole number, found: ${typeName(value)}`);
}

/** Checks the name of a variable that `$let`, `$map` or `let` defines: a lower case letter, then letters, digits and _. */
export function checkVariable(name: string): void {
  if (name === 'CURRENT') return;
  if (name === '') throw new StoreError(16866, 'empty variable names are not allowed');
  if (!/^[a-z\x80-\uffff]/.test(name))
    throw new StoreError(16867, `'${name}' starts with an invalid character for a user variable name`);
  if (!/^[\w\x80-\uffff]+$/.test(name))
    throw new StoreError(16868, `'${name}' contains an invalid character for a variable name`);
}
