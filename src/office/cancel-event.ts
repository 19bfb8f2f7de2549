import type { RequestHandler, Response } from 'express';
import { paths } from '../base/paths.ts';
import type { Event } from '../events/event.ts';
import { reasonForm } from '../events/form.ts';
import { cancelEvent } from '../registrations/event-changes.ts';
import { turnoutOf } from '../statistics/turnout.ts';
import { type Answers, hasErrors, readForm } from '../web/forms.ts';
import { sendPage } from '../web/pages.ts';
import { stateOf } from './event-state.ts';
import { ownBoard, ownEvent } from './guard.ts';

const none: Answers = { values: {}, errors: {} };

/** Asks for the reason, and says who will get a letter. */
export const showCancel: RequestHandler = async (req, res) => {
  await ask(res, await ownEvent(req, res), none);
};

/** Cancels the event, with its letters. */
export const submitCancel: RequestHandler = async (req, res) => {
  const event = await ownEvent(req, res);
  const answers = await readForm(req, reasonForm());
  if (hasErrors(answers)) return ask(res, event, answers);
  const result = await cancelEvent(res.locals.act, event._id, ownBoard(res), req.body.reason);
  if ('refused' in result) return ask(res, event, none, 422);
  res.redirect(303, `${paths.officeEvent(event._id)}?klart=installt`);
};

async function ask(
  res: Response,
  event: Event,
  { values, errors }: Answers,
  status = hasErrors({ errors }) ? 422 : 200,
): Promise<void> {
  const { registered } = (await turnoutOf([event._id]))(event._id);
  const possible = event.state === 'published' && event.end > res.locals.now;
  const page = {
    title: `Ställ in ${event.title}`,
    current: 'events',
    event,
    state: stateOf(event, res.locals.now),
  };
  const view = possible ? 'office/cancel-event' : 'office/not-cancelled';
  sendPage(res, view, { ...page, registered, values, errors, error: status === 422 }, status);
}
