import type { Request, Response } from 'express';
import { isoTime } from '../../base/dates.ts';
import { inRows } from '../../base/form/fields.ts';
import { paths } from '../../base/paths.ts';
import type { Event, Session, Speaker } from '../../events/event.ts';
import { programmeWarnings } from '../../events/planning/publish-check.ts';
import type { EditConflict } from '../../events/planning/write-event.ts';
import {
  sessionFields,
  sessionForm,
  sessionPlan,
  sessionValues,
} from '../../events/programme/session-form.ts';
import { type ProgrammeRefusal, removeSession, saveSession } from '../../events/programme/sessions.ts';
import {
  numberSpeakers,
  shownSpeaker,
  speakerFields,
  speakersForm,
  speakersIn,
  speakerValues,
} from '../../events/programme/speakers-form.ts';
import { NotFound } from '../../web/errors.ts';
import { type FormAnswers, hasErrors, readForm } from '../../web/forms.ts';
import { sendPage } from '../../web/pages.ts';
import { sendEditConflict } from '../parts/edit-conflict.ts';
import { stateOf } from '../parts/event-state.ts';
import { ownEvent } from '../parts/guard.ts';
import { withQuery } from '../parts/query-string.ts';

/** Speakers' rows that stand empty below those that are filled: it works without JavaScript. */
const emptyRows = 2;

/** The programme as a list with what is odd in it, and a form to add a part or, with `?session=<key>`, to change one. */
export async function showProgramme(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const session = req.query.session === undefined ? undefined : partOf(event, req.query.session);
  sendProgramme(res, event, { session, done: req.query.klart });
}

/** Adds a part, changes one (`session`) or takes one away (`remove`). */
export async function submitProgramme(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const session = req.body.session ? partOf(event, req.body.session) : undefined;
  const removes = req.body.remove !== undefined && session !== undefined;
  const version = Number(req.body.version);
  if (removes)
    return answer(
      req,
      res,
      await removeSession(res.locals.context, event._id, version, session._id),
      session,
    );

  if (session) req.body = { ...standing(session, req.body), ...req.body };
  const { form, count } = numberSpeakers(req.body);
  const rules = [...sessionForm(event), ...speakersForm(count)];
  const { values, errors } = await readForm({ body: form }, rules);
  const rows = speakersIn(form, count);
  if (hasErrors({ errors })) return sendProgramme(res, event, { session, values, rows, errors });
  const plan = { ...sessionPlan(event, form, rows), key: session?._id };
  answer(req, res, await saveSession(res.locals.context, event._id, version, plan), session);
}

/** What a form that changes a session leaves as it is, because it has no field for it. */
function standing(session: Session, form: Record<string, unknown>) {
  const tellsOfSpeakers = Object.keys(form).some((name) => name.startsWith('speaker'));
  return { ...sessionValues(session), ...(!tellsOfSpeakers && speakerValues(session.speakers)) };
}

const refusals = {
  cancelled: 'Evenemanget är inställt, så programmet går inte att ändra.',
  lastSession:
    'Ett publicerat evenemang behöver minst en programpunkt. Lägg till en ny innan du tar bort den här.',
};

/** Back to the list, or why not: a rule forbids it, or somebody saved in between. */
function answer(
  req: Request,
  res: Response,
  saved: Event | EditConflict | ProgrammeRefusal,
  session: Session | undefined,
) {
  if ('refused' in saved && saved.refused !== 'conflict')
    return sendProgramme(res, saved.event, { session, errors: { start: refusals[saved.refused] } });
  if ('refused' in saved) return sendSessionConflict(req, res, saved.event, session);
  const klart = req.body.remove === undefined ? 'sparat' : 'borttaget';
  res.redirect(303, withQuery(paths.programme(saved._id), { klart }));
}

function sendSessionConflict(req: Request, res: Response, event: Event, session: Session | undefined): void {
  const stands = session && event.sessions.find((one) => one._id.equals(session._id));
  // A part that somebody took away comes back as a new one, if the organiser so chooses.
  const { session: key, ...typed } = req.body;
  const sent = stands ? { ...typed, session: key } : typed;
  const now = stands ? { ...sessionValues(stands), ...speakerValues(stands.speakers) } : {};
  const { version } = event;
  const fields = [...sessionFields(event), ...speakersCompared];
  sendEditConflict(res, { action: paths.programme(event._id), fields, now, typed: sent, version, event });
}

/** The page of an edit conflict shows the speakers' answers without the heading that the form has over them. */
const speakersCompared = speakerFields.map(({ name, label }) => ({
  name,
  label: `Medverkandes ${label.toLowerCase()}`,
}));

function partOf(event: Event, key: unknown): Session {
  const session = event.sessions.find((one) => String(one._id) === key);
  if (!session) throw new NotFound();
  return session;
}

type ShownProgramme = {
  session?: Session | undefined;
  values?: FormAnswers['values'];
  rows?: Speaker[];
  errors?: FormAnswers['errors'];
  done?: unknown;
};

function sendProgramme(
  res: Response,
  event: Event,
  { session, values, rows, errors = {}, done }: ShownProgramme,
): void {
  const error = hasErrors({ errors });
  const filled = (rows ?? session?.speakers ?? []).map(shownSpeaker);
  const empty = { name: '', title: '', organisation: '', email: '' };
  const page = {
    title: `Program: ${event.title}`,
    current: 'events',
    event,
    state: stateOf(event, res.locals.now),
    warnings: programmeWarnings(event),
    session,
    questions: inRows(sessionFields(event)),
    speakerRows: inRows(speakerFields),
    values: values ?? (session ? sessionValues(session) : { start: nextStart(event) }),
    rows: error ? filled : [...filled, ...Array<Speaker>(emptyRows).fill(empty)],
    errors,
    error,
    done,
  };
  sendPage(res, 'office/event/programme', page, error ? 422 : 200);
}

/** Where the next part begins: when the last one ends, unless that ends the event. */
function nextStart(event: Event): string {
  const last = event.sessions.at(-1)?.end ?? event.start;
  return last < event.end ? isoTime(last) : '';
}
