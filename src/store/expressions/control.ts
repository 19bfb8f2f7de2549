import { StoreError } from '../values/errors.ts';
import { truthy } from '../values/numbers.ts';
import { compareValues } from '../values/order.ts';
import { isDocument } from '../values/types.ts';
import { checkVariable, isNullish, listed, namedSpecs, type Operator } from './operator.ts';

const compared = (accepts: (order: number) => boolean) =>
  listed(2, 2, ([a, b], _name, collation) => accepts(compareValues(a, b, collation)));

/** Logic, comparison, conditions and variables. */
export const controlOperators: Record<string, Operator> = {
  $literal: (operand) => () => operand,
  $and: (operand, compiler) => {
    const parts = (Array.isArray(operand) ? operand : [operand]).map((spec) => compiler.compile(spec));
    return (root, variables) => parts.every((evaluate) => truthy(evaluate(root, variables)));
  },
  $or: (operand, compiler) => {
    const parts = (Array.isArray(operand) ? operand : [operand]).map((spec) => compiler.compile(spec));
    return (root, variables) => parts.some((evaluate) => truthy(evaluate(root, variables)));
  },
  $not: listed(1, 1, ([value]) => !truthy(value)),

  $cmp: listed(2, 2, ([a, b], _name, collation) => Math.sign(compareValues(a, b, collation))),
  $eq: compared((order) => order === 0),
  $ne: compared((order) => order !== 0),
  $gt: compared((order) => order > 0),
  $gte: compared((order) => order >= 0),
  $lt: compared((order) => order < 0),
  $lte: compared((order) => order <= 0),

  $cond(operand, compiler, name) {
    const names = ['if', 'then', 'else'];
    if (Array.isArray(operand) && operand.length !== 3) {
      throw new StoreError(
        16020,
        `Expression $cond takes exactly 3 arguments. ${operand.length} were passed in.`,
      );
    }
    const list = Array.isArray(operand)
      ? Object.fromEntries(names.map((key, i) => [key, operand[i]]))
      : operand;
    const specs = namedSpecs(list, names, [], name);
    const [condition, whenTrue, whenFalse] = names.map((key) => compiler.compile(specs[key]));
    return (root, variables) =>
      (truthy(condition?.(root, variables)) ? whenTrue : whenFalse)?.(root, variables);
  },
  $ifNull(operand, compiler) {
    if (!Array.isArray(operand) || operand.length < 2) {
      throw new StoreError(1257300, '$ifNull needs at least two arguments');
    }
    const parts = operand.map((spec) => compiler.compile(spec));
    return (root, variables) => {
      let value: unknown;
      for (const evaluate of parts) {
        value = evaluate(root, variables);
        if (!isNullish(value)) return value;
      }
      return value;
    };
  },
  $switch(operand, compiler, name) {
    const { branches, ...rest } = namedSpecs(operand, ['branches'], ['default'], name);
    if (!Array.isArray(branches) || branches.length === 0) {
      throw new StoreError(40068, '$switch requires at least one branch');
    }
    const cases = branches.map((branch) => {
      const specs = namedSpecs(branch, ['case', 'then'], [], '$switch');
      return { test: compiler.compile(specs.case), value: compiler.compile(specs.then) };
    });
    const fallback = 'default' in rest ? compiler.compile(rest.default) : noBranch;
    return (root, variables) => {
      const chosen = cases.find((branch) => truthy(branch.test(root, variables)));
      return (chosen?.value ?? fallback)(root, variables);
    };
  },
  $let(operand, compiler, name) {
    const { vars, in: body } = namedSpecs(operand, ['vars', 'in'], [], name);
    if (!isDocument(vars)) throw new StoreError(16876, 'invalid parameter: expected an object (vars)');
    for (const key of Object.keys(vars)) checkVariable(key);
    const values = Object.entries(vars).map(([key, spec]) => [key, compiler.compile(spec)] as const);
    const evaluate = compiler.withVariables(...Object.keys(vars)).compile(body);
    return (root, variables) => {
      const inner = { ...variables };
      for (const [key, value] of values) inner[key] = value(root, variables);
      return evaluate(root, inner);
    };
  },
};

function noBranch(): never {
  throw new StoreError(
    40066,
    '$switch could not find a matching branch for an input, and no default was specified.',
  );
}
