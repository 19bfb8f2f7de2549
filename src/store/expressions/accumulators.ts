import type { Document } from 'bson';
import type { Collation } from '../values/collation.ts';
import { addDecimals, decimal128, divideDecimals, exactDecimal } from '../values/decimal.ts';
import { StoreError } from '../values/errors.ts';
import { refuseName } from '../values/missing.ts';
import { add, double, numberKind, toDecimal, toNumber } from '../values/numbers.ts';
import { compareValues, valueKey } from '../values/order.ts';
import { isDocument, own, typeName } from '../values/types.ts';

/** Takes the values of a group one by one; holds no more of them than the result needs. */
export type Accumulator = { add(value: unknown): void; result(): unknown };

/** The accumulators of one value per document; see `group.ts` for those with further arguments. */
export const accumulators: Record<string, (collation?: Collation) => Accumulator> = {
  $sum: sum,
  $avg: average,
  $min: (collation) => extreme(-1, collation),
  $max: (collation) => extreme(1, collation),
  $first: () => chosen((count) => count === 1),
  $last: () => chosen(() => true),
  $push() {
    const values: unknown[] = [];
    return {
      add(value) {
        if (value !== undefined) values.push(value);
      },
      result: () => values,
    };
  },
  $addToSet(collation) {
    const values = new Map<string, unknown>();
    return {
      add(value) {
        if (value === undefined) return;
        const key = valueKey(value, collation);
        if (!values.has(key)) values.set(key, value);
      },
      result: () => [...values.values()],
    };
  },
  $mergeObjects() {
    const merged: Document = {};
    return {
      add(value) {
        if (value === null || value === undefined) return;
        if (!isDocument(value)) {
          throw new StoreError(
            40400,
            `$mergeObjects requires object inputs, but input is of type ${typeName(value)}`,
          );
        }
        Object.assign(merged, value);
      },
      result: () => merged,
    };
  },
};

/** A fresh accumulator by its MongoDB name; unknown names are refused. */
export function createAccumulator(name: string, collation?: Collation): Accumulator {
  const create = own(accumulators, name);
  if (!create) refuseName('accumulators', name, 15952, `unknown group operator '${name}'`);
  return create(collation);
}

/** Whole numbers and decimals are added exactly, doubles with the error of each step carried along, as in MongoDB. */
function sum(): Accumulator {
  let exact: unknown = 0;
  let doubles: { total: number; error: number } | undefined;
  return {
    add(value) {
      const kind = numberKind(value);
      if (kind === 'double') doubles = addCompensated(doubles ?? { total: 0, error: 0 }, toNumber(value));
      else if (kind) exact = add(exact, value);
    },
    result() {
      if (!doubles) return exact;
      const decimal = numberKind(exact) === 'decimal';
      const { total, error } = decimal ? doubles : addCompensated(doubles, toNumber(exact));
      if (!decimal) return double(total + error);
      return decimal128(addDecimals(toDecimal(exact), addDecimals(exactDecimal(total), exactDecimal(error))));
    },
  };
}

/** Knuth's two-sum. */
function addCompensated({ total, error }: { total: number; error: number }, value: number) {
  const sum = total + value;
  if (!Number.isFinite(sum)) return { total: sum, error: 0 };
  const kept = sum - total;
  return { total: sum, error: error + (total - (sum - kept)) + (value - kept) };
}

function average(): Accumulator {
  const total = sum();
  let count = 0;
  return {
    add(value) {
      if (!numberKind(value)) return;
      total.add(value);
      count += 1;
    },
    result() {
      if (count === 0) return null;
      const result = total.result();
      if (numberKind(result) !== 'decimal') return double(toNumber(result) / count);
      return decimal128(divideDecimals(toDecimal(result), toDecimal(count)));
    },
  };
}

function extreme(sign: number, collation?: Collation): Accumulator {
  let best: unknown = null;
  return {
    add(value) {
      if (value === null || value === undefined) return;
      if (best === null || compareValues(value, best, collation) * sign > 0) best = value;
    },
    result: () => best,
  };
}

function chosen(accepts: (count: number) => boolean): Accumulator {
  let count = 0;
  let kept: unknown;
  return {
    add(value) {
      count += 1;
      if (accepts(count)) kept = value;
    },
    result: () => kept ?? null,
  };
}
