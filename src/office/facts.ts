import type { Request, RequestHandler, Response } from 'express';
import { paths } from '../base/paths.ts';
import type { Event } from '../events/event.ts';
import { factsForm, factsOf, planOf } from '../events/form.ts';
import { createEvent, type Plan } from '../events/planning.ts';
import { hindrances } from '../events/publishing.ts';
import { changeEvent } from '../registrations/event-changes.ts';
import { type Answers, hasErrors, readForm } from '../web/forms.ts';
import { sendPage } from '../web/pages.ts';
import { sendAnnouncement } from './announcement.ts';
import { stateOf } from './event-state.ts';
import { ownBoard, ownEvent } from './guard.ts';
import { sendStale } from './stale.ts';

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
  const event = await createEvent(res.locals.act, ownBoard(res)._id, planOf(req.body));
  res.redirect(303, `${paths.officeEvent(event._id)}?klart=skapat`);
};

function sendNew(res: Response, values: Values, errors: Answers['errors']): void {
  const error = hasErrors({ errors });
  const page = { title: 'Nytt evenemang', current: 'events', values, errors, error };
  sendPage(res, 'office/new-event', page, error ? 422 : 200);
}

/** One event's facts, what it still lacks, and what can be done with it. */
export const showFacts: RequestHandler = async (req, res) => {
  const event = await ownEvent(req, res);
  sendFacts(res, event, { done: req.query.klart });
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
  const plan = planOf(req.body);
  const broken = brokenBy(plan, event, res.locals.now);
  if (hasErrors({ errors: broken })) return sendFacts(res, event, { values, errors: broken });

  const seen = { version: Number(values.version), letters: preview !== 'ja' };
  const saved = await changeEvent(res.locals.act, event._id, seen, ownBoard(res), plan);
  if (!('refused' in saved)) return res.redirect(303, `${paths.officeEvent(event._id)}?klart=sparat`);
  if (saved.refused === 'unannounced') return sendAnnouncement(res, saved, values);
  if (saved.refused === 'stale') {
    const { version } = saved.event;
    return sendStale(res, {
      event: saved.event,
      action: paths.officeEvent(event._id),
      now: factsOf(saved.event),
      typed: values,
      version,
    });
  }
  const field = saved.mode === 'plats' ? 'seatsPlats' : 'seatsDigitalt';
  sendFacts(res, saved.event, {
    values,
    errors: { [field]: `${saved.taken} har redan en plats. Skriv minst ${saved.taken}, eller lämna tomt` },
  });
};

/** Why a published event cannot be changed so: it would lack something, or it is over and its time is part of the record. */
function brokenBy(plan: Plan, event: Event, now: Date): Answers['errors'] {
  const moved = +plan.start !== +event.start || +plan.end !== +event.end;
  if (event.state === 'cancelled')
    return { title: 'Evenemanget är inställt och går inte att ändra. Kopiera det till ett nytt i stället.' };
  if (event.state === 'draft') return {};
  if (moved && event.end <= now)
    return {
      date: 'Evenemanget har varit, så tiden går inte att ändra. Kopiera det till ett nytt i stället.',
    };
  const lacking = hindrances({ ...event, ...plan }, now).filter(
    ({ field, page }) => page === 'facts' && (moved || field !== 'date'),
  );
  return Object.fromEntries(lacking.map(({ field, message }) => [field, message]));
}

async function readFacts(req: Request): Promise<{ values: Values; errors: Answers['errors'] }> {
  const { values, errors } = await readForm(req, factsForm());
  const { csrf: _csrf, preview: _preview, back: _back, ...typed } = values;
  return { values: { ...typed, factors: req.body.factors }, errors };
}

type Shown = { values?: Values; errors?: Answers['errors']; done?: unknown };

/** The page of an event's facts: as they stand, or as they were typed with what is wrong. */
export function sendFacts(res: Response, event: Event, { values, errors = {}, done }: Shown): void {
  const { now } = res.locals;
  const error = hasErrors({ errors });
  const page = {
    title: event.title,
    current: 'events',
    event,
    state: stateOf(event, now),
    hindrances: event.state === 'draft' ? hindrances(event, now) : [],
    over: event.end <= now,
    values: values ?? factsOf(event),
    // A form that comes back keeps the version that it began with, so that it is still noticed when it is stale.
    version: values?.version ?? event.version,
    errors,
    error,
    done,
  };
  sendPage(res, 'office/facts', page, error ? 422 : 200);
}
