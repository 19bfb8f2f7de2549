import type { Request, Response } from 'express';
import { idFrom, newId } from '../../base/database.ts';
import { isoTime } from '../../base/dates.ts';
import { inRows } from '../../base/form/fields.ts';
import { lookUp } from '../../base/form/look-up.ts';
import { type FormValues, marksOf, merge } from '../../base/form/merging.ts';
import { paths } from '../../base/paths.ts';
import type { Event, Session, SpeakerAnswers } from '../../events/event.ts';
import { gaps, sessionWarnings } from '../../events/planning/programme-check.ts';
import {
  sessionFields,
  sessionForm,
  sessionPlan,
  sessionValues,
  shiftFields,
  shiftForm,
  shiftPlan,
} from '../../events/programme/session-form.ts';
import {
  moveSession,
  removeSession,
  type SessionPlan,
  saveSession,
  shiftSessions,
} from '../../events/programme/sessions.ts';
import {
  numberSpeakers,
  shownSpeaker,
  speakerFields,
  speakersForm,
  speakersIn,
  speakerValues,
} from '../../events/programme/speakers-form.ts';
import { expectedSpeakers } from '../../speakers/engagements/follow.ts';
import { changeProgramme, type Saved } from '../../speakers/programme.ts';
import { speakerChoices } from '../../speakers/register.ts';
import { NotFound } from '../../web/errors.ts';
import { type FormAnswers, hasErrors, readForm } from '../../web/forms.ts';
import { sendPage } from '../../web/pages.ts';
import { alsoChanged, type Compared, sendEditConflict } from '../parts/edit-conflict.ts';
import { stateOf } from '../parts/event-state.ts';
import { ownEvent } from '../parts/guard.ts';
import { asked, withQuery } from '../parts/query-string.ts';

/** Speakers' rows that stand empty below those that are filled: it works without JavaScript. */
const emptyRows = 2;

/**
 * The programme as a list with what is odd in it, and a form to add a part, after the one that `after` names, or with
 * `?session=<key>` to change one.
 */
export async function showProgramme(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const session = req.query.session === undefined ? undefined : partOf(event, req.query.session);
  const also = alsoChanged(asked(req, 'samtidigt'), comparedIn(event));
  await sendProgramme(res, event, { session, after: asked(req, 'after'), done: req.query.klart, also });
}

/** Adds a part, changes one (`session`), takes one away (`remove`), moves one (`move`), or shifts what comes later (`shift`). */
export async function submitProgramme(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const session = req.body.session ? partOf(event, req.body.session) : undefined;
  const { context } = res.locals;
  const version = Number(req.body.version);
  const way = lookUp(ways, req.body.move);
  const save = (change: () => Promise<Saved>) => changeProgramme(context, event._id, change);
  if (req.body.shift !== undefined) return submitShift(req, res, event);
  if (!session || (!way && req.body.remove === undefined)) return submitSession(req, res, { event, session });
  const key = session._id;
  const saved = way
    ? await save(() => moveSession(context, event._id, version, { key, way }))
    : await save(() => removeSession(context, event._id, version, key));
  await answer(req, res, saved, { session });
}

const ways = { upp: 'up', ner: 'down' } as const;

async function submitShift(req: Request, res: Response, event: Event): Promise<void> {
  const version = Number(req.body.version);
  const { values, errors } = await readForm(req, shiftForm(event));
  if (hasErrors({ errors })) return sendProgramme(res, event, { shift: values, errors });
  const { context } = res.locals;
  const plan = shiftPlan(event, req.body);
  const shift = () => shiftSessions(context, event._id, version, plan);
  await answer(req, res, await changeProgramme(context, event._id, shift), {});
}

type Chosen = { event: Event; session: Session | undefined };

async function submitSession(req: Request, res: Response, { event, session }: Chosen): Promise<void> {
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

type Misfit = { typed: FormValues; both?: string[]; misfits?: string[] };

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

/** A session as its form shows it. */
function answersOf(session: Session): FormValues {
  return { ...sessionValues(session), ...speakerValues(session.speakers) };
}

/** What a form that changes a session leaves as it is, because it has no field for it. */
function standing(session: Session, form: Record<string, unknown>) {
  const tellsOfSpeakers = Object.keys(form).some((name) => name.startsWith('speaker'));
  const { break: isBreak, ...values } = sessionValues(session);
  const tellsOfBreak = form.breakAsked !== undefined;
  return {
    ...values,
    ...(!tellsOfBreak && { break: isBreak }),
    ...(!tellsOfSpeakers && speakerValues(session.speakers)),
  };
}

const refusals = {
  cancelled: 'Evenemanget är inställt, så programmet går inte att ändra.',
  lastSession:
    'Ett publicerat evenemang behöver minst en programpunkt. Lägg till en ny innan du tar bort den här.',
};

/** `session`: the one that was changed, if it is not a new one. `theirs`: what somebody else had changed meanwhile. */
type Written = { session?: Session | undefined; id?: Session['_id'] | undefined; theirs?: string[] };

/** Back to the list, at the row that was written, or why not: a rule forbids it, or somebody saved in between. */
async function answer(
  req: Request,
  res: Response,
  saved: Saved,
  { session, id = session?._id, theirs = [] }: Written,
): Promise<void> {
  if ('refused' in saved && saved.refused !== 'conflict')
    return sendProgramme(res, saved.event, { session, errors: { start: refusals[saved.refused] } });
  if ('refused' in saved) return sendSessionConflict(req, res, { event: saved.event, session });
  const isThere = saved.sessions.some((one) => id?.equals(one._id));
  const klart = req.body.remove === undefined ? 'sparat' : 'borttaget';
  const after = isThere && !session ? String(id) : undefined;
  const row = isThere ? `#rad-${id}` : '#program';
  const samtidigt = theirs.join(',') || undefined;
  res.redirect(303, withQuery(paths.programme(saved._id), { klart, after, samtidigt }) + row);
}

function sendSessionConflict(
  req: Request,
  res: Response,
  { event, session }: Chosen,
  { typed: merged, ...found }: Misfit = { typed: {} },
): void {
  const stands = session && event.sessions.find((one) => one._id.equals(session._id));
  // A part that somebody took away comes back as a new one, if the organiser so chooses.
  const { session: key, ...typed } = { ...req.body, ...merged };
  const sent = stands ? { ...typed, session: key } : typed;
  const now = stands ? answersOf(stands) : {};
  const { version } = event;
  const fields = comparedIn(event);
  sendEditConflict(res, {
    action: paths.programme(event._id),
    fields,
    now,
    typed: sent,
    version,
    event,
    ...found,
  });
}

/** The page of an edit conflict shows the speakers' answers without the heading that the form has over them. */
const speakersCompared = speakerFields.map(({ name, label }) => ({
  name,
  label: `Medverkandes ${label.toLowerCase()}`,
}));

function comparedIn(event: Event): Compared[] {
  return [...sessionFields(event), ...speakersCompared];
}

function partOf(event: Event, key: unknown): Session {
  const session = event.sessions.find((one) => String(one._id) === key);
  if (!session) throw new NotFound();
  return session;
}

type ShownProgramme = {
  session?: Session | undefined;
  values?: FormAnswers['values'];
  rows?: SpeakerAnswers[];
  errors?: FormAnswers['errors'];
  done?: unknown;
  /** What somebody else changed meanwhile. */
  also?: string;
  /** The part that the form to add one stands after. */
  after?: unknown;
  /** What was typed in the form of a shift. */
  shift?: FormAnswers['values'];
};

async function sendProgramme(
  res: Response,
  event: Event,
  { session, values, rows, errors = {}, done, also = '', after, shift = {} }: ShownProgramme,
): Promise<void> {
  const error = hasErrors({ errors });
  const filled = (rows ?? session?.speakers ?? []).map(shownSpeaker);
  const empty = { name: '', title: '', organisation: '', email: '' };
  const last = event.sessions.find(({ _id }) => String(_id) === after);
  const page = {
    title: `Program: ${event.title}`,
    current: 'events',
    event,
    state: stateOf(event, res.locals.now),
    sessions: event.sessions.map((one) => ({ session: one, warnings: sessionWarnings(event, one) })),
    gaps: gaps(event),
    session,
    formAfter: session?._id ?? last?._id ?? event.sessions.at(-1)?._id,
    after: last?._id,
    newSession: newId(),
    questions: inRows(sessionFields(event)),
    shiftQuestions: event.sessions.some((one) => one.start) ? inRows(shiftFields(event)) : [],
    shift,
    speakerRows: inRows(speakerFields),
    known: await speakerChoices(event.authority),
    invited: event.end > res.locals.now ? await expectedSpeakers(event) : [],
    values: values ?? (session ? sessionValues(session) : { start: nextStart(event, last) }),
    rows: error && rows ? filled : [...filled, ...Array<SpeakerAnswers>(emptyRows).fill(empty)],
    // A form that comes back keeps the marks that it began with. A new session differs from nothing.
    seen: values?.seen ?? marksOf(session ? answersOf(session) : { title: '' }),
    version: values?.version ?? event.version,
    errors,
    error,
    done,
    also,
  };
  sendPage(res, 'office/programme/page', page, error ? 422 : 200);
}

/** Where the next part begins: when the one before it ends, unless that ends the event. */
function nextStart(event: Event, before = event.sessions.at(-1)): string {
  const last = before ? before.end : event.start;
  return last && last < event.end ? isoTime(last) : '';
}
