import type { ValidationChain } from 'express-validator';
import { isoDay, isoTime, stockholmInstant } from '../../base/dates.ts';
import { linesOf } from '../details/detail.ts';
import type { Event, Session, SpeakerAnswers } from '../event.ts';
import { allSessionFields } from './session-fields.ts';
import type { SessionPlan } from './sessions.ts';
import { isFilled } from './speakers-form.ts';

/** The rules of a session, apart from its speakers. */
export function sessionForm(event: Event): ValidationChain[] {
  return allSessionFields(event).map(({ name, rule }) => rule(name));
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
  const { room, responsible, technique, notes } = form;
  return {
    start,
    end: typedEnd ?? endAfter(start, Number(form.minutes)),
    title: form.title ?? '',
    description: form.description ?? '',
    ...(parts.length > 0 && { parts }),
    ...(form.break && { isBreak: true }),
    ...(room && { room }),
    ...(responsible && { responsible }),
    ...(technique && { technique }),
    ...(notes && { notes }),
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
    room: session.room ?? '',
    responsible: session.responsible ?? '',
    technique: session.technique ?? '',
    notes: session.notes ?? '',
  };
}
