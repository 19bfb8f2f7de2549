import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ejs, { type TemplateFunction } from 'ejs';

const root = join(import.meta.dirname, '../../views');
const compiled = new Map<string, TemplateFunction>();

/**
 * Renders `views/<view>.ejs`, and where a layout is named puts the result into `views/layout/<layout>.ejs` as `body`.
 * Views include partials as `include('/partials/field', { … })`.
 * @throws ReferenceError for a local that the view names and nobody gave
 */
export function render(view: string, layout: string | undefined, locals: object): string {
  const body = template(view)(locals);
  return layout ? template(`layout/${layout}`)({ ...locals, body }) : body;
}

function template(name: string): TemplateFunction {
  const known = compiled.get(name);
  if (known) return known;
  const filename = join(root, `${name}.ejs`);
  const made = ejs.compile(readFileSync(filename, 'utf8'), { filename, root, cache: true });
  compiled.set(name, made);
  return made;
}
