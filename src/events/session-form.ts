import { body, type Meta, type ValidationChain } from 'express-validator';
import { holdsPersonalNumber, normalisedAddress } from '../base/addresses.ts';
import { isoDay, isoTime, stockholmInstant } from '../base/dates.ts';
import { line, required, tidy } from '../base/fields.ts';
import type { Event, Session, Speaker } from './event.ts';
import { checkTime, clockTime } from './form.ts';
import type { SessionPlan } from './planning.ts';

/** The repeated fields of the form, in the order of a speaker's parts. */
const fields = {
  name: 'speakerName',
  title: 'speakerTitle',
  organisation: 'speakerOrganisation',
  email: 'speakerEmail',
} as const;
const parts = Object.keys(fields) as (keyof Speaker)[];

/** The rules of one part of the programme, apart from its speakers. Its times are those of the event's day. */
export function sessionForm(event: Event): ValidationChain[] {
  const date = isoDay(event.start);
  return [
    time('start', date, 'Skriv när programpunkten börjar, till exempel 09:00'),
    time('end', date, 'Skriv när programpunkten slutar, till exempel 09:45').custom((end, { req }: Meta) => {
      const [from, to] = [stockholmInstant(date, req.body.start), stockholmInstant(date, end)];
      if (from && to && to <= from)
        throw new Error(
          'Programpunkten måste sluta efter att den börjar. Skriv en senare tid, till exempel 09:45',
        );
      return true;
    }),
    required('title', 'Rubriken', 150, 'Skriv en rubrik, till exempel Paus'),
    line('description', 'Texten', 2000, true),
  ];
}

function time(name: string, date: string, missing: string): ValidationChain {
  return body(name)
    .customSanitizer(clockTime)
    .matches(/^\d\d:\d\d$/)
    .withMessage(missing)
    .bail()
    .custom((typed: string) => checkTime(date, typed))
    .bail();
}

/** The speakers as they were typed, row by row; empty rows too. */
export function speakerRows(form: Record<string, unknown>): Speaker[] {
  const columns = parts.map((part) => [form[fields[part]] ?? []].flat());
  const count = Math.min(20, Math.max(...columns.map((column) => column.length)));
  return Array.from({ length: count }, (_row, row) => {
    const [name = '', title = '', organisation = '', email = ''] = columns.map((column) => tidy(column[row]));
    return { name, title, organisation, email };
  });
}

/** What is wrong with the rows: messages by `<field>-<row>`, rows counted from 1, as the page's ids. */
export function speakerErrors(rows: Speaker[]): Record<string, string> {
  return Object.fromEntries(
    rows.flatMap((row, index) =>
      parts.flatMap((part) => {
        const message = wrong(row, part);
        return message ? [[`${fields[part]}-${index + 1}`, message]] : [];
      }),
    ),
  );
}

function wrong(row: Speaker, part: keyof Speaker): string | undefined {
  const typed = row[part];
  if (part === 'name' && !typed && isFilled(row)) return 'Skriv vem som talar, till exempel Elin Sandbäck';
  if (typed.length > 150) return `Svaret får ha högst 150 tecken. Du har skrivit ${typed.length}.`;
  if (part === 'email')
    return typed && !normalisedAddress(typed)
      ? 'Skriv en e-postadress med @ och punkt, till exempel namn@example.se'
      : undefined;
  return holdsPersonalNumber(typed)
    ? 'Det ser ut som ett personnummer. Ta bort det, vi behöver det inte.'
    : undefined;
}

function isFilled(row: Speaker): boolean {
  return parts.some((part) => row[part] !== '');
}

/** The part of the programme that a valid form describes (sessionForm has run, speakerErrors found nothing). */
export function sessionPlan(
  event: Event,
  form: Record<string, string>,
  rows: Speaker[],
): Omit<SessionPlan, 'key'> {
  const date = isoDay(event.start);
  const at = (time = '') => stockholmInstant(date, time) ?? event.start;
  return {
    start: at(form.start),
    end: at(form.end),
    title: form.title ?? '',
    description: form.description ?? '',
    speakers: rows.filter(isFilled).map((row) => ({ ...row, email: normalisedAddress(row.email) ?? '' })),
  };
}

/** A part of the programme as its form shows it. */
export function sessionValues(session: Session): Record<string, string> {
  const { title, description } = session;
  return { start: isoTime(session.start), end: isoTime(session.end), title, description };
}

/** Its speakers as the form's repeated fields. */
export function speakerValues(speakers: Speaker[]): Record<string, string[]> {
  return Object.fromEntries(parts.map((part) => [fields[part], speakers.map((speaker) => speaker[part])]));
}
