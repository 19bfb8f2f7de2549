import { body, type Meta, type ValidationChain } from 'express-validator';
import { stockholmInstant } from '../../base/dates.ts';
import { tidy } from '../../base/form/cleaning.ts';
import { checkTime, clockTime } from '../details/days.ts';

/** A time of day or nothing. @param wrong what is said of anything else */
export function time(name: string, date: string, wrong: string): ValidationChain {
  return body(name)
    .customSanitizer(clockTime)
    .matches(/^$|^\d\d:\d\d$/)
    .withMessage(wrong)
    .bail()
    .custom((typed: string) => typed === '' || checkTime(date, typed))
    .bail();
}

/** A length in minutes, of a session that begins at a time, or nothing. */
export function minutesRule(name: string): ValidationChain {
  return body(name)
    .customSanitizer((typed: unknown) => tidy(typed).replace(/ ?min(uter)?\.?$/, ''))
    .matches(/^$|^[1-9]\d{0,2}$/)
    .withMessage('Skriv längden i hela minuter, till exempel 45')
    .bail()
    .custom(fitsOnItsDay);
}

function fitsOnItsDay(minutes: string, { req }: Meta): true {
  if (minutes && !req.body.end && !req.body.start)
    throw new Error('Skriv också när programpunkten börjar, till exempel 09.00');
  return true;
}

/** An end needs a start, and comes after it. */
export function endsLater(date: string) {
  return (end: string, { req }: Meta): true => {
    const [from, to] = [stockholmInstant(date, req.body.start), stockholmInstant(date, end)];
    if (to && !req.body.start) throw new Error('Skriv också när programpunkten börjar, till exempel 09.00');
    if (from && to && to <= from)
      throw new Error(
        'Programpunkten måste sluta efter att den börjar. Skriv en senare tid, till exempel 09.45',
      );
    return true;
  };
}
