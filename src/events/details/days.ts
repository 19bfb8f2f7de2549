import { body, type Meta, type ValidationChain } from 'express-validator';
import { midnightAfter, stockholmInstant } from '../../base/dates.ts';
import { plain } from '../../base/form/cleaning.ts';
import { line } from '../../base/form/fields.ts';
import { readDay, readTime } from '../../base/form/typed-dates.ts';

/** The rule of a day, which it takes as people write it and leaves as YYYY-MM-DD. @param missing the message without an example, if it is not one */
export function day(name: string, missing: string, optional = false): ValidationChain {
  return line(name, 'Datumet', 100)
    .bail()
    .customSanitizer((typed: unknown) => readDay(plain(typed)))
    .custom((typed: string) => (optional && typed === '') || isDay(typed))
    .withMessage(`${missing} med dag, månad och år, till exempel 11 feb 2027 eller 2027-02-11`)
    .bail();
}

/** True for a day of this century that exists. */
export function isDay(typed: string): boolean {
  return /^20\d\d-/.test(typed) && stockholmInstant(typed, '12:00') !== undefined;
}

/** The rule of a wall time of the day in the field `date`, which it takes as people write it and leaves as HH:MM. */
export function time(name: string, missing: string): ValidationChain {
  return body(name)
    .customSanitizer(clockTime)
    .matches(/^\d\d:\d\d$/)
    .withMessage(missing)
    .bail()
    .custom((typed: string, { req }: Meta) => checkTime(req.body.date, typed))
    .bail();
}

/** A time as it was typed, as HH:MM if it can be read. */
export function clockTime(typed: unknown): string {
  return readTime(plain(typed));
}

/** @throws Error with the message for the field where the day has no such time, or has it twice: the clock is put forward and back once a year */
export function checkTime(date: string, typed: string): true {
  if (!isDay(date) || stockholmInstant(date, typed)) return true;
  if (/^([01]\d|2[0-3]):[0-5]\d$/.test(typed))
    throw new Error(
      `Klockan ${typed} går inte att använda ${date}, då klockan ställs om. Välj en annan tid, till exempel 09:00`,
    );
  throw new Error(`Klockan ${typed} finns inte. Skriv en tid från 00:00 till 23:59, till exempel 09:00`);
}

/** The instant of a wall time, both as they were typed. @throws RangeError if the form's rules have not run */
export function instantAt(date: string, time: string): Date {
  return known(stockholmInstant(date, time));
}

/** The midnight that ends a day. @throws RangeError if the form's rules have not run */
export function endOf(day: string): Date {
  return known(midnightAfter(day));
}

function known(instant: Date | undefined): Date {
  if (!instant) throw new RangeError('The form was not checked.');
  return instant;
}
