import type { Request, Response } from 'express';
import { idFrom, newId } from '../../base/database.ts';
import { type FormValues, marksOf } from '../../base/form/merging.ts';
import { noPersonalNumber } from '../../base/form/personal-numbers.ts';
import { paths } from '../../base/paths.ts';
import { wordsForm } from '../../events/details/form.ts';
import type { Event } from '../../events/event.ts';
import { createEvent } from '../../events/planning/create.ts';
import type { Forbidden } from '../../events/planning/keeping-rules.ts';
import { hindrances } from '../../events/planning/publish-check.ts';
import { statusOf } from '../../events/rules.ts';
import { usualPlan } from '../../letters/plan/schedule.ts';
import { canBeDraft } from '../../registrations/changes/unpublish.ts';
import { type FormAnswers, hasErrors, readForm } from '../../web/forms.ts';
import { sendPage } from '../../web/pages.ts';
import { type BurstNotice, burstNotices } from '../parts/bursts.ts';
import { alsoChanged, sendEditConflict } from '../parts/edit-conflict.ts';
import { stateOf } from '../parts/event-state.ts';
import { anyOwnEvent, ownBoard, ownEvent } from '../parts/guard.ts';
import { usualAnswers } from '../parts/new-event.ts';
import { asked, withQuery } from '../parts/query-string.ts';
import { sendAnnouncement } from './announcement.ts';
import { decisionIn, sendFewerSeats, unseatedBy } from './fewer-seats.ts';
import {
  eventAnswers,
  eventFields,
  eventRules,
  planIn,
  shownSections,
  unaskedAnswers,
  wordsOf,
} from './fields.ts';
import { followIn } from './follow.ts';
import { saveDetails } from './merged-edits.ts';

/** The form of a new event. What the address says (`?kind=boostdag&factors=fritid&date=2027-05-11`) is filled in, and who answers for it. */
export async function showNewEvent(req: Request, res: Response): Promise<void> {
  const start = { kind: 'boostdag', ...usualAnswers(res) };
  const given = ['kind', 'factors', 'date', 'start', 'end'].flatMap((name) => {
    const answer = asked(req, name);
    return answer ? [[name, answer]] : [];
  });
  sendNew(res, { ...start, ...Object.fromEntries(given) }, {});
}

/** Makes a draft of the form. */
export async function submitNewEvent(req: Request, res: Response): Promise<void> {
  const { values, errors } = await readDetails(req);
  if (hasErrors({ errors })) return sendNew(res, { ...values, draft: String(req.body.draft ?? '') }, errors);
  const id = idFrom(req.body.draft);
  const event = await createEvent(res.locals.context, ownBoard(res)._id, planIn(req.body), { id });
  res.redirect(303, withQuery(paths.officeEvent(event._id), { klart: 'skapat' }));
}

function sendNew(res: Response, values: FormValues, errors: FormAnswers['errors']): void {
  const error = hasErrors({ errors });
  const page = {
    title: 'Nytt evenemang',
    current: 'events',
    sections: shownSections(values, errors),
    draft: values.draft || newId(),
    values: { letterPlan: wordsOf(usualPlan), ...values },
    errors,
    error,
  };
  sendPage(res, 'office/event/new', page, error ? 422 : 200);
}

/** One event's details, what it still lacks, and what can be done with it. */
export async function showDetails(req: Request, res: Response): Promise<void> {
  const event = await anyOwnEvent(req, res);
  if (event.state === 'recorded') return res.redirect(303, paths.recordedEvent(event._id));
  await sendDetails(res, event, {
    done: req.query.klart,
    also: alsoChanged(asked(req, 'samtidigt'), eventFields),
    seated: Number(asked(req, 'seated')),
    bursts: await burstNotices(event),
  });
}

/**
 * Saves the details as they were seen; what is published must stay complete. With `preview`, as the form's own button sends
 * it, a change that people must hear of is shown first with its letters; `back` leads from there to the form with all
 * that was typed.
 */
export async function submitDetails(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const { preview, back } = req.body;
  const { values, errors } = await readDetails(req);
  if (back || hasErrors({ errors })) return await sendDetails(res, event, { values, errors });
  const own = await readForm(req, wordsForm());
  const { now } = res.locals;
  const decision = decisionIn(req);
  const seen = {
    letters: preview !== 'ja' && !hasErrors(own),
    follow: followIn(req),
    words: req.body.words,
    unseated: unseatedBy(decision, event.end <= now),
  };
  const { saved, theirs, conflict } = await saveDetails(res.locals.context, event._id, req.body, seen);
  if (conflict)
    return sendEditConflict(res, {
      ...conflict,
      event: conflict.event,
      fields: eventFields,
      action: paths.officeEvent(event._id),
      typed: { ...values, ...conflict.typed },
      version: conflict.event.version,
    });
  if (!('refused' in saved)) {
    const seated = saved.promoted.length || undefined;
    const closed = statusOf(saved.before, now) !== 'closed' && statusOf(saved.event, now) === 'closed';
    const samtidigt = theirs.join(',') || undefined;
    const said = { klart: closed ? 'stangd' : 'sparat', seated, samtidigt };
    return res.redirect(303, withQuery(paths.officeEvent(event._id), said));
  }
  if (saved.refused === 'unannounced')
    return sendAnnouncement(res, saved, { typed: values, decision, ...seen, errors: own.errors });
  if (saved.refused === 'tooFewSeats') return sendFewerSeats(res, saved, values, decision);
  await sendDetails(res, saved.event, { values, errors: errorsOf(saved) });
}

function errorsOf({ refused, missing }: Forbidden): FormAnswers['errors'] {
  const copy = 'Kopiera det till ett nytt i stället.';
  if (refused === 'cancelled') return { title: `Evenemanget är inställt och går inte att ändra. ${copy}` };
  if (refused === 'past') return { date: `Evenemanget har varit, så tiden går inte att ändra. ${copy}` };
  return Object.fromEntries(missing.map(({ field, message }) => [field, message]));
}

/** The answers to the form's questions as they were typed, with the version that they are based on. */
async function readDetails(req: Request): Promise<{ values: FormValues; errors: FormAnswers['errors'] }> {
  const { values, errors } = await readForm(req, eventRules());
  const names = [
    'version',
    'seen',
    noPersonalNumber,
    'asksAboutNumber',
    'numberAnswer',
    ...eventFields.flatMap(({ name, asked = name }) => [asked, name]),
  ];
  const typed = names.filter((name) => name in values).map((name) => [name, values[name]]);
  const boxes = eventFields.filter(({ several, asked }) => several && (!asked || asked in values));
  const ticked = boxes.map(({ name }) => [name, req.body[name]]);
  return { values: Object.fromEntries([...typed, ...ticked]), errors };
}

/** `also`: what somebody else changed meanwhile; `seated`: how many got a seat from the waiting list by what was done. */
type ShownDetails = {
  values?: FormValues;
  errors?: FormAnswers['errors'];
  done?: unknown;
  also?: string;
  seated?: number;
  bursts?: BurstNotice[];
};

/** The page of an event's details: as they stand, or as they were typed with what is wrong. */
export async function sendDetails(
  res: Response,
  event: Event,
  { values, errors = {}, done, also = '', seated = 0, bursts = [] }: ShownDetails,
): Promise<void> {
  const { now } = res.locals;
  const error = hasErrors({ errors });
  const lacking = event.state === 'draft' ? hindrances(event, now) : [];
  const over = event.end <= now;
  const shown = values ? { ...unaskedAnswers(event, values), ...values } : eventAnswers(event);
  const attention = {
    ...errors,
    ...Object.fromEntries(lacking.map(({ field, message }) => [field, message])),
  };
  const page = {
    title: event.title,
    current: 'events',
    sections: shownSections(shown, attention, over),
    event,
    state: stateOf(event, now),
    hindrances: lacking,
    over,
    canBeDraft: await canBeDraft(event),
    copy: newId(),
    values: shown,
    // A form that comes back keeps the version that it began with, so that an edit conflict is still noticed.
    version: values?.version ?? event.version,
    seen: values ? values.seen : marksOf(eventAnswers(event)),
    errors,
    error,
    done,
    also,
    seated,
    bursts,
  };
  sendPage(res, 'office/event/details', page, error ? 422 : 200);
}
