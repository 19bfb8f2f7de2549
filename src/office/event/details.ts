import type { Request, RequestHandler, Response } from 'express';
import { paths } from '../../base/paths.ts';
import type { Event } from '../../events/event.ts';
import { planOf } from '../../events/form.ts';
import type { Forbidden } from '../../events/keeping-rules.ts';
import { createEvent, type Plan } from '../../events/planning.ts';
import { hindrances } from '../../events/publish-check.ts';
import { usualPlan } from '../../letters/plan/schedule.ts';
import { changeEvent } from '../../registrations/changes/change-event.ts';
import { type Answers, hasErrors, readForm } from '../../web/forms.ts';
import { sendPage } from '../../web/pages.ts';
import { sendStale } from '../parts/edit-conflict.ts';
import { stateOf } from '../parts/event-state.ts';
import { ownBoard, ownEvent } from '../parts/guard.ts';
import { asked, withQuery } from '../parts/query-string.ts';
import { sendAnnouncement } from './announcement.ts';
import { decisionIn, sendFewerSeats, unseatedBy } from './fewer-seats.ts';
import { eventFields, eventRules, letterBoxes } from './fields.ts';

type Values = Record<string, string | string[]>;

/** The form of a new event. What the address says (`?kind=boostdag&factors=fritid`) is filled in, and who answers for it. */
export const showNewEvent: RequestHandler = (req, res) => {
  const { contactEmail, contactPhone } = ownBoard(res);
  const start = {
    kind: 'boostdag',
    cost: 'Kostnadsfritt',
    contactName: res.locals.organiser?.name ?? '',
    contactEmail,
    contactPhone,
  };
  const { kind, factors } = req.query;
  const asked = {
    ...(typeof kind === 'string' && { kind }),
    ...(typeof factors === 'string' && { factors }),
  };
  sendNew(res, { ...start, ...asked }, {});
};

/** Makes a draft of the form. */
export const submitNewEvent: RequestHandler = async (req, res) => {
  const { values, errors } = await readFacts(req);
  if (hasErrors({ errors })) return sendNew(res, values, errors);
  const event = await createEvent(res.locals.context, ownBoard(res)._id, planOf(req.body));
  res.redirect(303, `${paths.officeEvent(event._id)}?klart=skapat`);
};

function sendNew(res: Response, values: Values, errors: Answers['errors']): void {
  const error = hasErrors({ errors });
  const page = {
    title: 'Nytt evenemang',
    current: 'events',
    letterBoxes,
    values: { letterPlan: usualPlan, ...values },
    errors,
    error,
  };
  sendPage(res, 'office/event/new', page, error ? 422 : 200);
}

/** One event's facts, what it still lacks, and what can be done with it. */
export const showFacts: RequestHandler = async (req, res) => {
  const event = await ownEvent(req, res);
  sendFacts(res, event, { done: req.query.klart, seated: Number(asked(req, 'platser')) });
};

/**
 * Saves the facts as they were seen; what is published must stay complete. With `preview`, as the form's own button sends
 * it, a change that people must hear of is shown first with its letters; `back` leads from there to the form with all
 * that was typed.
 */
export const submitFacts: RequestHandler = async (req, res) => {
  const event = await ownEvent(req, res);
  const { preview, back } = req.body;
  const { values, errors } = await readFacts(req);
  if (back || hasErrors({ errors })) return sendFacts(res, event, { values, errors });
  const plan = planIn(req, event, values);
  const { context, now } = res.locals;
  const decision = decisionIn(req);
  const seen = {
    version: Number(values.version),
    letters: preview !== 'ja',
    unseated: unseatedBy(decision, event.end <= now),
  };
  const saved = await changeEvent(context, event._id, seen, plan);
  if (!('refused' in saved)) {
    const platser = saved.promoted.length || undefined;
    return res.redirect(303, withQuery(paths.officeEvent(event._id), { klart: 'sparat', platser }));
  }
  if (saved.refused === 'unannounced') return sendAnnouncement(res, saved, values, decision);
  if (saved.refused === 'tooFewSeats') return sendFewerSeats(res, saved, values, decision);
  if (saved.refused !== 'conflict') return sendFacts(res, saved.event, { values, errors: errorsOf(saved) });
  sendStale(res, {
    event: saved.event,
    action: paths.officeEvent(event._id),
    now: eventFields(saved.event),
    typed: values,
    version: saved.event.version,
  });
};

/** The plan that the form describes; a post without the waiting list's hours leaves those that stand. */
function planIn(req: Request, { queueHours }: Event, values: Values): Plan {
  const plan = planOf(req.body);
  return values.queueHours === undefined ? { ...plan, queueHours } : plan;
}

function errorsOf({ refused, missing }: Forbidden): Answers['errors'] {
  const copy = 'Kopiera det till ett nytt i stället.';
  if (refused === 'cancelled') return { title: `Evenemanget är inställt och går inte att ändra. ${copy}` };
  if (refused === 'past') return { date: `Evenemanget har varit, så tiden går inte att ändra. ${copy}` };
  return Object.fromEntries(missing.map(({ field, message }) => [field, message]));
}

async function readFacts(req: Request): Promise<{ values: Values; errors: Answers['errors'] }> {
  const { values, errors } = await readForm(req, eventRules());
  const {
    csrf: _csrf,
    preview: _preview,
    back: _back,
    fewer: _fewer,
    unseated: _unseated,
    ...typed
  } = values;
  const { factors, letterPlan, letterPlanAsked } = req.body;
  return { values: { ...typed, factors, ...(letterPlanAsked && { letterPlan }) }, errors };
}

/** What a post need not tell, so that the page that comes back to it switches nothing off. */
function unasked(event: Event): Values {
  const { letterPlan = [], documentation = '', queueHours = '' } = eventFields(event);
  return { letterPlan, documentation, queueHours };
}

/** `seated`: how many got a seat from the waiting list by what was done. */
type Shown = { values?: Values; errors?: Answers['errors']; done?: unknown; seated?: number };

/** The page of an event's facts: as they stand, or as they were typed with what is wrong. */
export function sendFacts(
  res: Response,
  event: Event,
  { values, errors = {}, done, seated = 0 }: Shown,
): void {
  const { now } = res.locals;
  const error = hasErrors({ errors });
  const page = {
    title: event.title,
    current: 'events',
    event,
    letterBoxes,
    state: stateOf(event, now),
    hindrances: event.state === 'draft' ? hindrances(event, now) : [],
    over: event.end <= now,
    values: values ? { ...unasked(event), ...values } : eventFields(event),
    // A form that comes back keeps the version that it began with, so that it is still noticed when it is stale.
    version: values?.version ?? event.version,
    errors,
    error,
    done,
    seated,
  };
  sendPage(res, 'office/event/details', page, error ? 422 : 200);
}
