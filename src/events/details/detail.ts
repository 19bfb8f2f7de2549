import { body, type ValidationChain } from 'express-validator';
import type { Field } from '../../base/form/fields.ts';
import type { FormValues } from '../../base/form/merging.ts';

/** Answers by the names of their fields; several where boxes are ticked. */
/** What a form sends. */
export type DetailsForm = Record<string, string | string[] | undefined>;

/** One thing that an organiser decides about an event. */
export type Detail<Value> = {
  /** The questions of the form that decide it. */
  fields: Field[];
  /** The value that a valid form describes. */
  read(form: DetailsForm): Value;
  /** The answers that describe the value: `read` backwards. */
  show(value: Value): FormValues;
  /** What a copy of the event does with it: keeps it, moves it to the new day, or begins as with an empty form. */
  copy: 'kept' | 'moved' | 'emptied';
  /** Who gets a letter if it changes: those whom the change concerns, or those who get a seat by it. Nobody, if not set. */
  told?: 'concerned' | 'promoted';
  /** It is about a person, so that the log names the field and not what stands in it. */
  isPersonal?: boolean;
  /** A form that does not ask leaves what is stored. */
  mayBeUnasked?: boolean;
};

/** A text that is stored as it is written. */
export function text(field: Field, more: Partial<Detail<string>> = {}): Detail<string> {
  return {
    fields: [field],
    read: (form) => answer(form, field.name),
    show: (value) => ({ [field.name]: value }),
    copy: 'kept',
    ...more,
  };
}

/** True if the form asks for it. */
export function isAsked({ mayBeUnasked, fields }: Detail<unknown>, form: DetailsForm): boolean {
  return !mayBeUnasked || fields.some(({ name, asked = name }) => form[asked] !== undefined);
}

/** The one answer to a question; empty if there is none. */
export function answer(form: DetailsForm, name: string): string {
  return String(form[name] ?? '');
}

/** Those of the known keys that were ticked, in their own order. */
export function ticked<Key extends string>(form: DetailsForm, name: string, known: readonly Key[]): Key[] {
  const answers: string[] = [form[name] ?? []].flat();
  return known.filter((one) => answers.includes(one));
}

/** The rule of boxes: each that is ticked is one of the known keys. */
export function onlyKnown(name: string, known: readonly string[]): ValidationChain {
  return manyOf(name).custom((chosen: string[]) => chosen.every((one) => known.includes(one)));
}

/** Takes boxes as a list of the ticked ones, whether none, one or several came. */
export function manyOf(name: string): ValidationChain {
  return body(name).customSanitizer((chosen: unknown) => [chosen ?? []].flat().filter(Boolean));
}

/** What programs and people write before each line of a list: "• ", "- ", "1. ". U+F0B7 is Word's own bullet. */
const bullet = /^(?:[•◦▪●‣·*\uf0b7\p{Pd}]+|\d{1,2}[.)])(?:\s+|$)/u;

/** The lines of a text that are not empty, trimmed and without the marks of a list. */
export function linesOf(typed: string): string[] {
  return typed
    .split('\n')
    .map((row) => row.trim().replace(bullet, ''))
    .filter(Boolean);
}
