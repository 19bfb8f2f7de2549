import type { Request, Response } from 'express';
import { paths } from '../../base/paths.ts';
import { reasonForm } from '../../events/details/form.ts';
import type { Event } from '../../events/event.ts';
import { announceCancellation } from '../../letters/previews/announcement.ts';
import { cancelEvent } from '../../registrations/changes/cancel-event.ts';
import { expectedSpeakers } from '../../speakers/engagements/follow.ts';
import { quoted } from '../../texts/grammar.ts';
import { type FormAnswers, hasErrors, readForm } from '../../web/forms.ts';
import { sendPage } from '../../web/pages.ts';
import { stateOf } from '../parts/event-state.ts';
import { ownEvent } from '../parts/guard.ts';
import { announcementParts } from '../parts/letter-preview.ts';
import { withQuery } from '../parts/query-string.ts';

const none: FormAnswers = { values: {}, errors: {} };

/** Asks for the reason, and shows who will get which letter. */
export async function showCancel(req: Request, res: Response): Promise<void> {
  await ask(res, await ownEvent(req, res), none);
}

/** Cancels the event, with its letters. With `preview` it only shows the letter with the reason that was typed. */
export async function submitCancel(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const answers = await readForm(req, reasonForm());
  if (req.body.preview || hasErrors(answers)) return ask(res, event, answers);
  const result = await cancelEvent(res.locals.context, event._id, req.body.reason);
  if ('refused' in result) return ask(res, event, none, 422);
  res.redirect(303, withQuery(paths.officeEvent(event._id), { klart: 'installt' }));
}

async function ask(
  res: Response,
  event: Event,
  { values, errors }: FormAnswers,
  status = hasErrors({ errors }) ? 422 : 200,
): Promise<void> {
  const { context, now } = res.locals;
  const page = {
    title: `Ställ in ${quoted(event.title)}`,
    current: 'events',
    event,
    state: stateOf(event, now),
    error: status === 422,
  };
  const possible = event.state === 'published' && event.end > now;
  if (!possible) return sendPage(res, 'office/event/not-cancelled', page, status);
  const reason = values.reason?.trim() || 'Här står orsaken som du skriver.';
  const announcement = await announceCancellation(context, event, reason);
  const parts = await announcementParts(announcement, res);
  sendPage(
    res,
    'office/event/cancel',
    { ...page, ...parts, values, errors, speakers: await expectedSpeakers(event) },
    status,
  );
}
