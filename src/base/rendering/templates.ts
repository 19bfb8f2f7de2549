import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dirname } from 'node:path/posix';
import ejs, { type TemplateFunction } from 'ejs';

/** What a view can name. */
type Scope = { locals: Record<string, unknown>; names: Names };

/** A set of names, the views that are compiled for it, and the wider sets that includes make of it. */
type Names = { list: string[]; views: Map<string, TemplateFunction>; wider: Map<string, Names> };

const root = join(import.meta.dirname, '../../../views');
const noNames = namesOf([]);

/**
 * Renders `views/<view>.ejs`, and where a layout is named puts the result into `views/layout/<layout>.ejs` as `body`.
 * A view includes a partial as `include('/partials/field', { … })`, which sees what it is given and nothing else, and
 * a part of its own page as `include('notices', { … })`, which sees all that the page sees.
 * @throws ReferenceError for a local that the view names and nobody gave
 */
export function render(view: string, layout: string | undefined, locals: object): string {
  const page = widen(nothing(), locals);
  const body = fill(view, page);
  return layout ? fill(`layout/${layout}`, widen(page, { body })) : body;
}

function fill(view: string, scope: Scope): string {
  const compiled = scope.names.views.get(view) ?? compile(view, scope.names);
  scope.locals.include = (path: string, more?: object) =>
    path.startsWith('/')
      ? fill(path.slice(1), widen(nothing(), more))
      : fill(`${dirname(view)}/${path}`, widen(scope, more));
  return compiled(scope.locals);
}

function nothing(): Scope {
  return { locals: {}, names: noNames };
}

function widen({ locals, names }: Scope, more: object = {}): Scope {
  const added = Object.keys(more);
  const key = added.join(' ');
  const wider = names.wider.get(key) ?? namesOf([...names.list, ...added]);
  names.wider.set(key, wider);
  return { locals: { ...locals, ...more }, names: wider };
}

function namesOf(list: string[]): Names {
  return { list: [...new Set(list)], views: new Map(), wider: new Map() };
}

/**
 * A view compiled for the names that it is given. ejs would put a `with` around it and copy all locals for every
 * include, which makes a page four times slower; the block lets a view have constants with the names of locals.
 */
function compile(view: string, names: Names): TemplateFunction {
  const filename = join(root, `${view}.ejs`);
  const source = `<% { const include = locals.include; %>${readFileSync(filename, 'utf8')}<% } %>`;
  const options = { filename, unsafePrototypeLocals: true, _with: false, destructuredLocals: names.list };
  const made = ejs.compile(source, options);
  names.views.set(view, made);
  return made;
}
