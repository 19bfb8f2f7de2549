import type { Response } from 'express';
import type { Field } from '../../base/form/fields.ts';
import { lookUp } from '../../base/form/look-up.ts';
import { marksOf, type FormValues as Typed } from '../../base/form/merging.ts';
import type { Event } from '../../events/event.ts';
import { listed } from '../../texts/grammar.ts';
import { sendPage } from '../../web/pages.ts';

/** What the page tells of a question: its label, and the labels of its answers. */
export type Compared = Pick<Field, 'name' | 'label' | 'options'>;

/**
 * A save that is based on an older state. `now` and `typed`: the answers to the form's questions as they are stored now
 * and as they came; `version` is what is stored now. `both` names the fields that both have changed, if the form tells; `misfits`
 * says why the two edits do not fit together.
 */
type ConflictPage = {
  event?: Event;
  action: string;
  fields: Compared[];
  now: Typed;
  typed: Typed;
  version: number;
  both?: string[];
  misfits?: string[];
};

/** Somebody saved in between: the page shows what stands now beside what was typed, and lets the organiser choose. */
export function sendEditConflict(
  res: Response,
  { fields, now, typed, both, misfits = [], ...rest }: ConflictPage,
): void {
  const { version: _version, seen: _seen, ...sent } = typed;
  const shown = both ? fields.filter(({ name }) => both.includes(name)) : fields;
  const page = {
    title: 'Någon annan har sparat',
    current: rest.event ? 'events' : 'settings',
    error: true,
    ...{ ...rest, misfits },
    seen: marksOf(now),
    differences: differencesOf(shown, now, typed),
    hidden: hiddenInputs(sent),
  };
  sendPage(res, 'office/parts/edit-conflict', page, 409);
}

/** What the page after a save says of the fields that somebody else changed meanwhile; nothing if there are none. */
export function alsoChanged(names: string | undefined, fields: Compared[]): string {
  const changed = new Set(names?.split(','));
  const labels = fields.filter(({ name }) => changed.has(name)).map(({ label }) => `”${label}”`);
  return labels.length > 0
    ? ` Någon annan har under tiden ändrat ${listed(labels)}. Båda ändringarna är sparade.`
    : '';
}

/** The questions whose answers differ between two states of a form, with both answers in words. What was not asked differs from nothing. */
export function differencesOf(fields: Compared[], now: Typed, typed: Typed) {
  return fields
    .filter(({ name }) => Object.hasOwn(typed, name))
    .map((field) => ({ label: field.label, now: inWords(field, now), typed: inWords(field, typed) }))
    .filter((one) => one.now !== one.typed);
}

/** What was typed as hidden inputs, to be sent again; the page's own token goes with its form. */
export function hiddenInputs({ csrf: _csrf, ...typed }: Typed): { name: string; value: string }[] {
  return Object.entries(typed).flatMap(([name, value]) =>
    [value ?? []].flat().map((one) => ({ name, value: one })),
  );
}

function inWords({ name, options }: Compared, form: Typed): string {
  const labelOf = (answer: string) => options?.find(({ value }) => value === answer)?.label ?? answer;
  const words = [lookUp(form, name) ?? []].flat().map(labelOf);
  return words.filter(Boolean).join(', ').replace(/\r\n?/g, '\n').trim();
}
