import type { Request, Response } from 'express';
import { newId } from '../../base/database.ts';
import { isoTime } from '../../base/dates.ts';
import { inRows } from '../../base/form/fields.ts';
import { marksOf } from '../../base/form/merging.ts';
import type { Event, Session, SpeakerAnswers } from '../../events/event.ts';
import { isParallel, roomsOf, titleWithRoom } from '../../events/planning/parallel.ts';
import { gaps, sessionWarnings } from '../../events/planning/programme-check.ts';
import { runSheetFields, sessionFields } from '../../events/programme/session-fields.ts';
import { sessionValues } from '../../events/programme/session-form.ts';
import { shiftFields } from '../../events/programme/shift-form.ts';
import { shownSpeaker, speakerFields } from '../../events/programme/speakers-form.ts';
import { expectedSpeakers } from '../../speakers/engagements/follow.ts';
import { speakerChoices } from '../../speakers/register.ts';
import { type FormAnswers, hasErrors } from '../../web/forms.ts';
import { sendPage } from '../../web/pages.ts';
import { alsoChanged } from '../parts/edit-conflict.ts';
import { stateOf } from '../parts/event-state.ts';
import { ownEvent } from '../parts/guard.ts';
import { asked } from '../parts/query-string.ts';
import { answersOf, comparedIn, partOf } from './answers.ts';

/** Speakers' rows that stand empty below those that are filled: it works without JavaScript. */
const emptyRows = 2;

/**
 * The programme as a list with what is odd in it, and a form to add a part, after the one that `after` names, at the same
 * time as that with `parallel`, or with `?session=<key>` to change one.
 */
export async function showProgramme(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const session = req.query.session === undefined ? undefined : partOf(event, req.query.session);
  const also = alsoChanged(asked(req, 'samtidigt'), comparedIn(event));
  const [after, parallel] = [asked(req, 'after'), asked(req, 'parallel') !== undefined];
  await sendProgramme(res, event, { session, after, parallel, done: req.query.klart, also });
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
  /** That form begins with the times of that part. */
  parallel?: boolean;
  /** What was typed in the form of a shift. */
  shift?: FormAnswers['values'];
};

/** The page of a programme, also with what was wrong in its forms. */
export async function sendProgramme(
  res: Response,
  event: Event,
  { session, rows, errors = {}, done, also = '', after, shift = {}, ...shown }: ShownProgramme,
): Promise<void> {
  const error = hasErrors({ errors });
  const filled = (rows ?? session?.speakers ?? []).map(shownSpeaker);
  const empty = { name: '', title: '', organisation: '', email: '' };
  const last = event.sessions.find(({ _id }) => String(_id) === after);
  const values = shown.values ?? (session ? sessionValues(session) : timesOf(event, last, shown.parallel));
  const page = {
    title: `Program: ${event.title}`,
    current: 'events',
    event,
    state: stateOf(event, res.locals.now),
    sessions: event.sessions.map((one) => ({
      session: one,
      warnings: sessionWarnings(event, one),
      parallel: event.sessions.filter((other) => isParallel(one, other)).map(titleWithRoom),
    })),
    gaps: gaps(event),
    session,
    formAfter: session?._id ?? last?._id ?? event.sessions.at(-1)?._id,
    after: last?._id,
    newSession: newId(),
    questions: inRows(sessionFields(event)),
    runSheet: inRows(runSheetFields),
    isRunSheetOpen: runSheetFields.some(({ name }) => values[name] || errors[name]),
    rooms: roomsOf(event.sessions),
    shiftQuestions: event.sessions.some((one) => one.start) ? inRows(shiftFields(event)) : [],
    shift,
    speakerRows: inRows(speakerFields),
    known: await speakerChoices(event.authority),
    invited: event.end > res.locals.now ? await expectedSpeakers(event) : [],
    values,
    rows: error && rows ? filled : [...filled, ...Array<SpeakerAnswers>(emptyRows).fill(empty)],
    // A form that comes back keeps the marks that it began with. A new session differs from nothing.
    seen: values.seen ?? marksOf(session ? answersOf(session) : { title: '' }),
    version: values.version ?? event.version,
    errors,
    error,
    done,
    also,
  };
  sendPage(res, 'office/programme/page', page, error ? 422 : 200);
}

/** The times of a new part: those of the one that it runs in parallel with, else a start when the one before it ends. */
function timesOf(event: Event, before = event.sessions.at(-1), parallel = false): Record<string, string> {
  if (before && parallel) {
    const { start, end } = sessionValues(before);
    return { start: start ?? '', end: end ?? '' };
  }
  const last = before ? before.end : event.start;
  return { start: last && last < event.end ? isoTime(last) : '' };
}
