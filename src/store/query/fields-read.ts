import type { FieldNames } from '../values/documents.ts';
import { isDocument } from '../values/types.ts';

/**
 * The top-level fields that filters, sort orders and expressions look at, rather too many than too few; `undefined`
 * if that may be any field.
 */
export function fieldsRead(...specs: unknown[]): FieldNames | undefined {
  const names = new Set<string>();
  if (!specs.every((spec) => collect(spec, names)) || names.has('__proto__')) return undefined;
  return Array.from(names, (name) => [name, Buffer.from(name)]);
}

/** False if the spec may read any field. */
function collect(spec: unknown, names: Set<string>): boolean {
  if (typeof spec === 'string') {
    if (/^\$[^$]/.test(spec)) names.add(headOf(spec.slice(1)));
    return !/^\$\$(ROOT|CURRENT)/.test(spec);
  }
  if (Array.isArray(spec)) return spec.every((part) => collect(part, names));
  if (!isDocument(spec)) return true;
  return Object.entries(spec).every(([key, value]) => {
    if (!key.startsWith('$')) names.add(headOf(key));
    return key !== '$getField' && collect(value, names);
  });
}

function headOf(path: string): string {
  return path.split('.', 1)[0] ?? '';
}
