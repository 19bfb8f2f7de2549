import { body, type Meta, type ValidationChain } from 'express-validator';
import { type Authority, municipalityName } from '../../authorities/authority.ts';
import { inOrder } from '../../authorities/municipalities.ts';
import { otherMunicipality, type Role, roles, rolesInPlural } from '../../authorities/roles.ts';
import { isoDay, isoTime } from '../../base/dates.ts';
import { plain } from '../../base/form/cleaning.ts';
import { type Field, inRows } from '../../base/form/fields.ts';
import type { FormValues } from '../../base/form/merging.ts';
import { planOf } from '../../events/details/form.ts';
import { what } from '../../events/details/what.ts';
import { when } from '../../events/details/when.ts';
import { type Event, type Mode, modeNames, modes } from '../../events/event.ts';
import type { Attended } from './attended.ts';
import type { Recorded } from './record.ts';

/** An event whose hours nobody knows any more takes the whole day. */
const wholeDay = { start: '00:00', end: '23:59' };

const { title, kind, factors } = what;
const hours = (field: Field): Field => ({
  ...field,
  optional: '(frivilligt)',
  rule: (name) => field.rule(name).optional({ values: 'falsy' }),
});

/** The questions about the event itself. */
export const recordedFields: Field[] = [
  ...[title, kind, factors].flatMap(({ fields }) => fields),
  ...[...when.start.fields, ...when.end.fields].map((field) =>
    field.name === 'date' ? field : hours(field),
  ),
];
export const recordedRows = inRows(recordedFields);

/** The box for how many of a municipality and role came in one way. */
export type SumField = Omit<Attended, 'number'> & { name: string; label: string };

/** All boxes for numbers: by way of attending, municipality and role. */
export function sumFields(board: Authority): SumField[] {
  const codes = [...inOrder(board.municipalities).map(({ code }) => code), otherMunicipality];
  return modes.flatMap((mode) =>
    codes.flatMap((municipality) => roles.map((role) => sumField(board, { mode, municipality, role }))),
  );
}

function sumField(board: Authority, place: { mode: Mode; municipality: string; role: Role }): SumField {
  const { mode, municipality, role } = place;
  const words = [municipalityName(board, municipality), rolesInPlural[role], modeNames[mode]];
  const [name = '', ...others] = words;
  return {
    ...place,
    name: `${mode}-${municipality}-${role}`,
    label: [name, ...others.map((word) => word.toLowerCase())].join(', '),
  };
}

/** The rules of the form. @param today YYYY-MM-DD in Stockholm: the event was held before it */
export function recordedForm(board: Authority, today: string): ValidationChain[] {
  return [
    ...recordedFields.map(({ name, rule }) =>
      name === 'date' ? rule(name).custom(isBefore(today)) : rule(name),
    ),
    body('end').custom(isWithStart),
    ...sumFields(board).map(({ name, label }) =>
      body(name)
        .customSanitizer(plain)
        .matches(/^\d{0,4}$/)
        .withMessage(`${label}: skriv ett heltal, till exempel 12, eller lämna rutan tom`),
    ),
  ];
}

function isBefore(today: string) {
  return (date: string): true => {
    if (date >= today)
      throw new Error('Dagen har inte varit än. Planera den som ett nytt evenemang i stället');
    return true;
  };
}

function isWithStart(end: string, { req }: Meta): true {
  if (Boolean(end) !== Boolean(req.body.start))
    throw new Error('Skriv både när det började och när det slutade, eller ingen av tiderna');
  return true;
}

/** What a valid form says. */
export function recordedOf(form: FormValues, board: Authority): Recorded {
  const attended = sumFields(board)
    .map(({ name, mode, municipality, role }) => ({
      mode,
      municipality,
      role,
      number: Number(form[name] ?? ''),
    }))
    .filter(({ number }) => number > 0);
  const { start, end } = form.start && form.end ? { start: form.start, end: form.end } : wholeDay;
  const plan = planOf({ ...form, start, end, lastDay: form.date, ...seatsOf(attended) });
  return { plan, attended };
}

/** Ways in which nobody came were not offered. */
function seatsOf(attended: Attended[]) {
  const isOffered = (way: Mode) => attended.length === 0 || attended.some(({ mode }) => mode === way);
  return { seatsPlats: isOffered('plats') ? '' : '0', seatsDigitalt: isOffered('digitalt') ? '' : '0' };
}

/** The answers that describe it: `recordedOf` backwards. */
export function recordedAnswers(
  {
    plan,
    attended,
  }: { plan: Pick<Event, 'title' | 'kind' | 'factors' | 'start' | 'end'>; attended: Attended[] },
  board: Authority,
): FormValues {
  const hours = { start: isoTime(plan.start), end: isoTime(plan.end) };
  const numbers = new Map(
    attended.map(({ mode, municipality, role, number }) => [[mode, municipality, role].join('-'), number]),
  );
  return {
    ...{ title: plan.title, kind: plan.kind, factors: plan.factors, date: isoDay(plan.start) },
    ...(knowsHours(plan) ? hours : { start: '', end: '' }),
    ...Object.fromEntries(sumFields(board).map(({ name }) => [name, String(numbers.get(name) ?? '')])),
  };
}

/** False for an event that was recorded without its hours. */
export function knowsHours({ start, end }: Pick<Event, 'start' | 'end'>): boolean {
  return isoTime(start) !== wholeDay.start || isoTime(end) !== wholeDay.end;
}
