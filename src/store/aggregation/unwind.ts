import { type Document, Long } from 'bson';
import { StoreError } from '../values/errors.ts';
import { fieldPath, getAt, setAt } from '../values/paths.ts';
import { isDocument, typeName } from '../values/types.ts';
import type { Stage } from './stage.ts';

type Options = { path: string[]; preserve: boolean; indexPath: string[] | undefined };

/** Compiles `$unwind`: a document for each element of an array. */
export function compileUnwind(operand: unknown): Stage {
  const { path, preserve, indexPath } = optionsOf(operand);
  const numbered = (document: Document, index: Long | null) =>
    indexPath ? setAt(document, indexPath, index) : document;
  return function* (source) {
    for (const document of source) {
      const value = getAt(document, path);
      if (Array.isArray(value) && value.length > 0) {
        for (const [i, element] of value.entries()) {
          yield numbered(setAt(document, path, element), Long.fromNumber(i));
        }
      } else if (!Array.isArray(value) && value !== null && value !== undefined) {
        yield numbered(document, null);
      } else if (preserve) {
        yield numbered(Array.isArray(value) ? setAt(document, path, undefined) : document, null);
      }
    }
  };
}

function optionsOf(operand: unknown): Options {
  if (typeof operand === 'string')
    return { path: unwoundPath(operand), preserve: false, indexPath: undefined };
  if (!isDocument(operand))
    throw new StoreError(
      15981,
      `expected either a string or an object as specification for $unwind stage, got ${typeName(operand)}`,
    );
  const { path, preserveNullAndEmptyArrays: preserve = false, includeArrayIndex, ...rest } = operand;
  const [option] = Object.keys(rest);
  if (option) throw new StoreError(28811, `unrecognized option to $unwind stage: ${option}`);
  if (path === undefined) throw new StoreError(28812, 'no path specified to $unwind stage');
  if (typeof path !== 'string')
    throw new StoreError(28808, `expected a string as the path for $unwind stage, got ${typeName(path)}`);
  if (typeof preserve !== 'boolean')
    throw new StoreError(
      28809,
      `expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage, got ${typeName(preserve)}`,
    );
  return { path: unwoundPath(path), preserve, indexPath: indexPathOf(includeArrayIndex) };
}

function unwoundPath(path: string): string[] {
  if (!path.startsWith('$'))
    throw new StoreError(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  return fieldPath(path.slice(1));
}

function indexPathOf(name: unknown): string[] | undefined {
  if (name === undefined) return undefined;
  if (typeof name !== 'string' || name === '')
    throw new StoreError(
      28810,
      'expected a non-empty string for the includeArrayIndex option to $unwind stage',
    );
  if (name.startsWith('$'))
    throw new StoreError(
      28822,
      `includeArrayIndex option to $unwind stage should not be prefixed with a '$': ${name}`,
    );
  return fieldPath(name);
}
