import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dirname } from 'node:path/posix';
import ejs from 'ejs';

/** What a view can name: its own, and by inheritance what the view that includes it can. */
type Locals = { include?: (path: string, more?: object) => string; [name: string]: unknown };
type Template = (locals: Locals) => string;

const root = join(import.meta.dirname, '../../views');
const compiled = new Map<string, Template>();

/**
 * Renders `views/<view>.ejs`, and where a layout is named puts the result into `views/layout/<layout>.ejs` as `body`.
 * Views include partials as `include('/partials/field', { … })`.
 * @throws ReferenceError for a local that the view names and nobody gave
 */
export function render(view: string, layout: string | undefined, locals: object): string {
  const page = within(null, locals);
  const body = template(view)(page);
  return layout ? template(`layout/${layout}`)(within(page, { body })) : body;
}

function template(name: string): Template {
  const known = compiled.get(name);
  if (known) return known;
  const filename = join(root, `${name}.ejs`);
  // ejs itself would copy all locals for every template and look the file of every include up on the disk.
  const options = { filename, unsafePrototypeLocals: true };
  const fill = ejs.compile(readFileSync(filename, 'utf8'), options);
  const made: Template = (locals) => {
    locals.include = (path, more) => template(nameOf(path, name))(within(locals, more));
    return fill(locals);
  };
  compiled.set(name, made);
  return made;
}

/** The view that an include means: from the root of the views, or from the folder of the view that includes it. */
function nameOf(path: string, from: string): string {
  return path.startsWith('/') ? path.slice(1) : `${dirname(from)}/${path}`;
}

function within(outer: Locals | null, own: object = {}): Locals {
  return Object.assign(Object.create(outer), own);
}
