import { type Document, Long } from 'bson';
import { refuse, StoreError } from '../values/errors.ts';
import { truthy } from '../values/numbers.ts';
import { getAt, setAt } from '../values/paths.ts';
import { isDocument } from '../values/types.ts';
import type { Stage } from './stage.ts';

/** Compiles `$unwind`: a document for each element of an array. */
export function compileUnwind(operand: unknown): Stage {
  const { path, preserveNullAndEmptyArrays, includeArrayIndex, ...rest }: Document = isDocument(operand)
    ? operand
    : { path: operand };
  const [option] = Object.keys(rest);
  if (option) refuse(`the option ${option} of $unwind`);
  if (typeof path !== 'string' || !path.startsWith('$')) {
    throw new StoreError(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  }
  const names = path.slice(1).split('.');
  const preserve = truthy(preserveNullAndEmptyArrays);
  const indexPath = typeof includeArrayIndex === 'string' ? includeArrayIndex.split('.') : undefined;
  const numbered = (document: Document, index: Long | null) =>
    indexPath ? setAt(document, indexPath, index) : document;
  return function* (source) {
    for (const document of source) {
      const value = getAt(document, names);
      if (Array.isArray(value) && value.length > 0) {
        for (const [i, element] of value.entries()) {
          yield numbered(setAt(document, names, element), Long.fromNumber(i));
        }
      } else if (!Array.isArray(value) && value !== null && value !== undefined) {
        yield numbered(document, null);
      } else if (preserve) {
        yield numbered(Array.isArray(value) ? setAt(document, names, undefined) : document, null);
      }
    }
  };
}
