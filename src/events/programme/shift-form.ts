import { body, type ValidationChain } from 'express-validator';
import { isoDay, stockholmInstant } from '../../base/dates.ts';
import { tidy } from '../../base/form/cleaning.ts';
import type { Field } from '../../base/form/fields.ts';
import type { Event } from '../event.ts';
import { time } from './session-times.ts';

/** The questions of a shift: all that begins at a time or later moves by so many minutes. */
export function shiftFields({ start }: Pick<Event, 'start'>): Field[] {
  const wrong = 'Skriv från vilken tid, till exempel 10.00';
  return [
    {
      name: 'shiftFrom',
      label: 'Skjut allt från och med',
      width: 5,
      rule: (name) => time(name, isoDay(start), wrong).notEmpty().withMessage(wrong),
    },
    {
      name: 'shiftMinutes',
      label: 'Minuter framåt',
      help: 'Skriv −15 för 15 minuter tidigare.',
      width: 5,
      beside: true,
      rule: (name) =>
        body(name)
          .customSanitizer((typed: unknown) => tidy(typed).replace(/^[–−]/, '-'))
          .matches(/^-?[1-9]\d{0,2}$/)
          .withMessage('Skriv antalet minuter som ett heltal, till exempel 15'),
    },
  ];
}

/** The rules of a shift. */
export function shiftForm(event: Event): ValidationChain[] {
  return shiftFields(event).map(({ name, rule }) => rule(name));
}

/** The shift that a valid form describes. */
export function shiftPlan({ start }: Event, form: Record<string, string>): { from: Date; minutes: number } {
  const from = stockholmInstant(isoDay(start), form.shiftFrom ?? '') ?? start;
  return { from, minutes: Number(form.shiftMinutes) };
}
