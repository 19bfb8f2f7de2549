import type { Request, Response } from 'express';
import { idFrom, newId } from '../../base/database.ts';
import { merge } from '../../base/form/merging.ts';
import type { Event } from '../../events/event.ts';
import { sessionForm, sessionPlan } from '../../events/programme/session-form.ts';
import { type SessionPlan, saveSession } from '../../events/programme/sessions.ts';
import {
  numberSpeakers,
  speakerFields,
  speakersForm,
  speakersIn,
} from '../../events/programme/speakers-form.ts';
import { changeProgramme } from '../../speakers/programme.ts';
import { hasErrors, readForm } from '../../web/forms.ts';
import { answer, type Chosen, type Misfit, sendSessionConflict } from './answer.ts';
import { answersOf, standing } from './answers.ts';
import { sendProgramme } from './page.ts';

/** Adds a session, or changes the chosen one, also together with what somebody else has changed in other fields. */
export async function submitSession(req: Request, res: Response, { event, session }: Chosen): Promise<void> {
  if (session) req.body = { ...standing(session, req.body), ...req.body };
  const { form, count } = numberSpeakers(req.body);
  const { values, errors } = await readForm({ body: form }, [...sessionForm(event), ...speakersForm(count)]);
  const rows = speakersIn(form, count);
  const { after, newSession } = form;
  if (hasErrors({ errors })) return sendProgramme(res, event, { session, values, rows, errors, after });
  const id = session?._id ?? idFrom(newSession ?? newId());
  const plan = { ...sessionPlan(event, form, rows), id, key: session?._id };
  const { context } = res.locals;
  const save = (edit: SessionPlan, version: number) =>
    changeProgramme(context, event._id, () => saveSession(context, event._id, version, edit));
  let saved = await save(plan, Number(form.version));
  let theirs: string[] = [];
  while ('refused' in saved && saved.refused === 'conflict' && form.seen) {
    const merged = await mergedWith(saved.event, plan, form.seen);
    if ('conflict' in merged)
      return sendSessionConflict(req, res, { event: saved.event, session }, merged.conflict);
    theirs = merged.theirs;
    saved = await save({ ...merged.plan, id, key: session?._id }, saved.event.version);
  }
  await answer(req, res, saved, { session, id, theirs });
}

/** A session as it is stored now and as it was typed, in one; a new one stays as it was typed. */
async function mergedWith(
  event: Event,
  plan: SessionPlan,
  seen: string,
): Promise<{ plan: SessionPlan; theirs: string[] } | { conflict: Misfit }> {
  if (!plan.key) return { plan, theirs: [] };
  const stands = event.sessions.find(({ _id }) => plan.key?.equals(_id));
  const typed = answersOf({ ...plan, _id: plan.key });
  if (!stands) return { conflict: { typed } };
  const names = speakerFields.map(({ name }) => name);
  const { answers, theirs, both } = merge(seen, answersOf(stands), typed, names);
  if (both.length > 0) return { conflict: { typed: answers, both } };
  const { form, count } = numberSpeakers(answers);
  const { errors } = await readForm({ body: form }, [...sessionForm(event), ...speakersForm(count)]);
  if (hasErrors({ errors })) return { conflict: { typed, misfits: Object.values(errors) } };
  return { plan: sessionPlan(event, form, speakersIn(form, count)), theirs };
}
