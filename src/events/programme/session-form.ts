import { body, type Meta, type ValidationChain } from 'express-validator';
import { isoDay, isoTime, stockholmInstant } from '../../base/dates.ts';
import { type Field, line, required } from '../../base/form/fields.ts';
import { checkTime, clockTime } from '../details/days.ts';
import type { Event, Session, Speaker } from '../event.ts';
import type { SessionPlan } from './sessions.ts';
import { isFilled } from './speakers-form.ts';

/** The questions about a session, apart from its speakers. Its times are those of the event's day. */
export function sessionFields({ start }: Pick<Event, 'start'>): Field[] {
  const date = isoDay(start);
  return [
    {
      name: 'start',
      label: 'Börjar',
      input: 'time',
      width: 10,
      rule: (name) => time(name, date, 'Skriv när programpunkten börjar, till exempel 09:00'),
    },
    {
      name: 'end',
      label: 'Slutar',
      input: 'time',
      width: 10,
      beside: true,
      rule: (name) =>
        time(name, date, 'Skriv när programpunkten slutar, till exempel 09:45').custom(endsLater(date)),
    },
    {
      name: 'title',
      label: 'Rubrik',
      rule: (name) => required(name, 'Rubriken', 150, 'Skriv en rubrik, till exempel Paus'),
    },
    {
      name: 'description',
      label: 'Text',
      optional: '(frivilligt)',
      lines: 3,
      rule: (name) => line(name, 'Texten', 2000, true),
    },
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

function endsLater(date: string) {
  return (end: string, { req }: Meta): true => {
    const [from, to] = [stockholmInstant(date, req.body.start), stockholmInstant(date, end)];
    if (from && to && to <= from)
      throw new Error(
        'Programpunkten måste sluta efter att den börjar. Skriv en senare tid, till exempel 09:45',
      );
    return true;
  };
}

/** The rules of a session, apart from its speakers. */
export function sessionForm(event: Event): ValidationChain[] {
  return sessionFields(event).map(({ name, rule }) => rule(name));
}

/** The part of the programme that a valid form describes (sessionForm and speakersForm have run). */
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
    speakers: rows.filter(isFilled),
  };
}

/** A part of the programme as its form shows it. */
export function sessionValues(session: Session): Record<string, string> {
  const { title, description } = session;
  return { start: isoTime(session.start), end: isoTime(session.end), title, description };
}
