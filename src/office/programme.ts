import type { Request, RequestHandler, Response } from 'express';
import { isoTime } from '../base/dates.ts';
import { paths } from '../base/paths.ts';
import type { Event, Session, Speaker } from '../events/event.ts';
import { removeSession, type Stale, saveSession } from '../events/planning.ts';
import { programmeWarnings } from '../events/publishing.ts';
import {
  sessionForm,
  sessionPlan,
  sessionValues,
  speakerErrors,
  speakerRows,
} from '../events/session-form.ts';
import { NotFound } from '../web/errors.ts';
import { type Answers, hasErrors, readForm } from '../web/forms.ts';
import { sendPage } from '../web/pages.ts';
import { stateOf } from './event-state.ts';
import { ownEvent } from './guard.ts';
import { sendStale } from './stale.ts';

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
  if (req.body.remove !== undefined && session)
    return answer(req, res, event, await remove(req, res, event, session), session);

  const rows = speakerRows(req.body);
  const { values, errors: ofTheRest } = await readForm(req, sessionForm(event));
  const errors = { ...ofTheRest, ...speakerErrors(rows) };
  if (hasErrors({ errors })) return sendProgramme(res, event, { session, values, rows, errors });
  const plan = { ...sessionPlan(event, req.body, rows), key: session?._id };
  const saved = await saveSession(res.locals.act, event._id, Number(req.body.version), plan);
  answer(req, res, event, saved, session);
};

function remove(req: Request, res: Response, event: Event, session: Session): Promise<Event | Stale> {
  return removeSession(res.locals.act, event._id, Number(req.body.version), session._id);
}

/** Back to the list, or both versions where somebody saved in between. */
function answer(
  req: Request,
  res: Response,
  event: Event,
  saved: Event | Stale,
  session: Session | undefined,
): void {
  const action = paths.programme(event._id);
  if (!('refused' in saved))
    return res.redirect(303, `${action}?klart=${req.body.remove === undefined ? 'sparat' : 'borttaget'}`);
  const stands = session && saved.event.sessions.find((one) => one._id.equals(session._id));
  const { speakers = [] } = stands ?? {};
  const now = {
    ...(stands && sessionValues(stands)),
    speakerName: speakers.map((one) => one.name),
    speakerTitle: speakers.map((one) => one.title),
    speakerOrganisation: speakers.map((one) => one.organisation),
    speakerEmail: speakers.map((one) => one.email),
  };
  // A part that is gone comes back as a new one, if the organiser so chooses.
  const { session: _key, ...typed } = req.body;
  sendStale(res, {
    action,
    now,
    typed: stands ? req.body : typed,
    version: saved.event.version,
    event: saved.event,
  });
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
  sendPage(res, 'office/programme', page, error ? 422 : 200);
}

/** Where the next part begins: when the last one ends. */
function nextStart(event: Event): string {
  return isoTime(event.sessions.at(-1)?.end ?? event.start);
}
