import { body, type Meta, type ValidationChain } from 'express-validator';
import { isoDay, isoTime, stockholmInstant } from '../../base/dates.ts';
import { tidy } from '../../base/form/cleaning.ts';
import { type Field, line, required } from '../../base/form/fields.ts';
import { formattingHelp } from '../../texts/formatting.ts';
import { checkTime, clockTime } from '../details/days.ts';
import { linesOf } from '../details/detail.ts';
import type { Event, Session, SpeakerAnswers } from '../event.ts';
import type { SessionPlan } from './sessions.ts';
import { isFilled } from './speakers-form.ts';

/** The questions about a session, apart from its speakers. Its times are those of the event's day, and need not be decided. */
export function sessionFields({ start }: Pick<Event, 'start'>): Field[] {
  const date = isoDay(start);
  return [
    {
      name: 'start',
      label: 'Börjar',
      optional: '(frivilligt)',
      width: 5,
      rule: (name) => time(name, date, 'Skriv när programpunkten börjar, till exempel 09.00'),
    },
    {
      name: 'end',
      label: 'Slutar',
      optional: '(frivilligt)',
      width: 5,
      beside: true,
      rule: (name) =>
        time(name, date, 'Skriv när programpunkten slutar, till exempel 09.45').custom(endsLater(date)),
    },
    {
      name: 'minutes',
      label: 'Eller längd i minuter',
      optional: '(frivilligt)',
      width: 5,
      beside: true,
      attributes: { inputmode: 'numeric' },
      rule: minutesRule,
    },
    {
      name: 'title',
      label: 'Rubrik',
      rule: (name) => required(name, 'Rubriken', 150, 'Skriv en rubrik, till exempel Paus'),
    },
    {
      name: 'break',
      label: 'Paus',
      options: [{ value: 'ja', label: 'Det är en paus, som kaffe, lunch eller registrering' }],
      several: true,
      asked: 'breakAsked',
      rule: (name) => body(name).customSanitizer((ticked: unknown) => (ticked ? 'ja' : '')),
    },
    {
      name: 'description',
      label: 'Text',
      help: formattingHelp,
      optional: '(frivilligt)',
      lines: 3,
      rule: (name) => line(name, 'Texten', 2000, true),
    },
    {
      name: 'parts',
      label: 'Delar',
      help: 'En på varje rad, till exempel de kommuner som berättar under samma rubrik.',
      optional: '(frivilligt)',
      lines: 3,
      rule: (name) => line(name, 'Delarna', 2000, true),
    },
  ];
}

function time(name: string, date: string, wrong: string): ValidationChain {
  return body(name)
    .customSanitizer(clockTime)
    .matches(/^$|^\d\d:\d\d$/)
    .withMessage(wrong)
    .bail()
    .custom((typed: string) => typed === '' || checkTime(date, typed))
    .bail();
}

function minutesRule(name: string): ValidationChain {
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

function endsLater(date: string) {
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

/** The rules of a session, apart from its speakers. */
export function sessionForm(event: Event): ValidationChain[] {
  return sessionFields(event).map(({ name, rule }) => rule(name));
}

/** The part of the programme that a valid form describes (sessionForm and speakersForm have run). */
export function sessionPlan(
  event: Event,
  form: Record<string, string>,
  rows: SpeakerAnswers[],
): Omit<SessionPlan, 'key'> {
  const date = isoDay(event.start);
  const start = stockholmInstant(date, form.start ?? '') ?? null;
  const typedEnd = stockholmInstant(date, form.end ?? '') ?? null;
  const parts = linesOf(form.parts ?? '');
  return {
    start,
    end: typedEnd ?? endAfter(start, Number(form.minutes)),
    title: form.title ?? '',
    description: form.description ?? '',
    ...(parts.length > 0 && { parts }),
    ...(form.break && { isBreak: true }),
    speakers: rows.filter(isFilled),
  };
}

function endAfter(start: Date | null, minutes: number): Date | null {
  return start && minutes > 0 ? new Date(+start + minutes * 60_000) : null;
}

/** A part of the programme as its form shows it. */
export function sessionValues({ title, description, ...session }: Session): Record<string, string> {
  return {
    start: session.start ? isoTime(session.start) : '',
    end: session.end ? isoTime(session.end) : '',
    title,
    description,
    parts: (session.parts ?? []).join('\n'),
    break: session.isBreak ? 'ja' : '',
  };
}
