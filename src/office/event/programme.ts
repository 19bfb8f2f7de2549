import type { Request, RequestHandler, Response } from 'express';
import { isoTime } from '../../base/dates.ts';
import { paths } from '../../base/paths.ts';
import type { Event, Session, Speaker } from '../../events/event.ts';
import {
  type EditConflict,
  type ProgrammeRefusal,
  removeSession,
  saveSession,
} from '../../events/planning.ts';
import { programmeWarnings } from '../../events/publish-check.ts';
import {
  sessionForm,
  sessionPlan,
  sessionValues,
  speakerErrors,
  speakerRows,
  speakerValues,
} from '../../events/session-form.ts';
import { NotFound } from '../../web/errors.ts';
import { type Answers, hasErrors, readForm } from '../../web/forms.ts';
import { sendPage } from '../../web/pages.ts';
import { sendStale } from '../parts/edit-conflict.ts';
import { stateOf } from '../parts/event-state.ts';
import { ownEvent } from '../parts/guard.ts';

/** Speakers' rows that stand empty below those that are filled: it works without JavaScript. */
const emptyRows = 2;

/** The programme as a list with what is odd in it, and a form to add a part or, with `?punkt=<key>`, to change one. */
export const showProgramme: RequestHandler = async (req, res) => {
  const event = await ownEvent(req, res);
  const session = req.query.punkt === undefined ? undefined : partOf(event, req.query.punkt);
  sendProgramme(res, event, { session, done: req.query.klart });
};

/** Adds a part, changes one (`session`) or takes one away (`remove`). */
export const submitProgramme: RequestHandler = async (req, res) => {
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
  const rows = speakerRows(req.body);
  const { values, errors: ofTheRest } = await readForm(req, sessionForm(event));
  const errors = { ...ofTheRest, ...speakerErrors(rows) };
  if (hasErrors({ errors })) return sendProgramme(res, event, { session, values, rows, errors });
  const plan = { ...sessionPlan(event, req.body, rows), key: session?._id };
  answer(req, res, await saveSession(res.locals.context, event._id, version, plan), session);
};

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
  if ('refused' in saved) return sendStaleSession(req, res, saved.event, session);
  const done = req.body.remove === undefined ? 'sparat' : 'borttaget';
  res.redirect(303, `${paths.programme(saved._id)}?klart=${done}`);
}

function sendStaleSession(req: Request, res: Response, event: Event, session: Session | undefined): void {
  const stands = session && event.sessions.find((one) => one._id.equals(session._id));
  // A part that somebody took away comes back as a new one, if the organiser so chooses.
  const { session: key, ...typed } = req.body;
  const fields = stands ? { ...typed, session: key } : typed;
  const now = stands ? { ...sessionValues(stands), ...speakerValues(stands.speakers) } : {};
  sendStale(res, { action: paths.programme(event._id), now, typed: fields, version: event.version, event });
}

function partOf(event: Event, key: unknown): Session {
  const session = event.sessions.find((one) => String(one._id) === key);
  if (!session) throw new NotFound();
  return session;
}

type Shown = {
  session?: Session | undefined;
  values?: Answers['values'];
  rows?: Speaker[];
  errors?: Answers['errors'];
  done?: unknown;
};

function sendProgramme(
  res: Response,
  event: Event,
  { session, values, rows, errors = {}, done }: Shown,
): void {
  const error = hasErrors({ errors });
  const filled = rows ?? session?.speakers ?? [];
  const empty = { name: '', title: '', organisation: '', email: '' };
  const page = {
    title: `Program: ${event.title}`,
    current: 'events',
    event,
    state: stateOf(event, res.locals.now),
    warnings: programmeWarnings(event),
    session,
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
