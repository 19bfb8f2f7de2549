import type { Request, Response } from 'express';
import { idFrom } from '../../base/database.ts';
import { paths } from '../../base/paths.ts';
import type { Event } from '../../events/event.ts';
import { slugFor } from '../../events/planning/address.ts';
import { copyEvent } from '../../events/planning/create.ts';
import { publishEvent } from '../../events/planning/publish.ts';
import { hindrances, oddities } from '../../events/planning/publish-check.ts';
import { situationOf } from '../../events/situation.ts';
import { unpublishEvent } from '../../registrations/changes/unpublish.ts';
import { datesIn } from '../../texts/dates.ts';
import { capital, counted } from '../../texts/grammar.ts';
import { sendPage } from '../../web/pages.ts';
import { stateOf } from '../parts/event-state.ts';
import { ownEvent } from '../parts/guard.ts';
import { withQuery } from '../parts/query-string.ts';
import { sendDetails } from './details.ts';
import { asPublished } from './preview.ts';

/** Asks whether the draft shall be public: what visitors will see and when they can sign up, what is missing and what is odd. */
export async function showPublish(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  if (event.state !== 'draft') return res.redirect(303, paths.officeEvent(event._id));
  ask(res, event, 200);
}

/** Publishes a draft, or names what stands in the way with links to the fields. */
export async function submitPublish(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const result = await publishEvent(res.locals.context, event._id);
  if ('refused' in result) return ask(res, event, 422);
  res.redirect(303, withQuery(paths.officeEvent(event._id), { klart: 'publicerat' }));
}

function ask(res: Response, event: Event, status: 200 | 422): void {
  const { now } = res.locals;
  const missing = hindrances(event, now);
  sendPage(
    res,
    'office/event/publish',
    {
      title: status === 422 ? 'Evenemanget är inte publicerat' : `Publicera ${event.title}`,
      current: 'events',
      ...{ event, missing, odd: oddities(event, now) },
      state: stateOf(event, now),
      shown: shownFacts(event, res),
      error: status === 422,
    },
    status,
  );
}

function shownFacts(event: Event, res: Response) {
  const { now, context } = res.locals;
  const { when, plainDay, moment, lastMinute, lastDay } = datesIn('sv');
  const { status, signUpEnd } = situationOf(asPublished(event), now);
  const opens = event.opensAt && event.opensAt > now ? plainDay(event.opensAt) : 'så snart du publicerar';
  const closes = `${lastDay(signUpEnd)} klockan ${lastMinute(signUpEnd)}`;
  const isOpening = status !== 'closed' && status !== 'past';
  return [
    { term: 'Adress', text: context.settings.baseUrl + paths.event(slugFor(event)) },
    { term: 'När', text: capital(when(event.start, event.end)) },
    {
      term: 'Anmälan',
      text: isOpening ? `Öppnar ${opens} och stänger ${closes}` : `Stängde ${moment(signUpEnd)}`,
    },
    { term: 'Program', text: counted(event.sessions.length, 'programpunkt', 'programpunkter') },
    { term: 'Bild', text: event.picture?.alt },
    { term: 'Dokument', lines: (event.downloads ?? []).map(({ title }) => title) },
    { term: 'Kontakt', lines: [event.contactName, event.contactEmail, event.contactPhone].filter(Boolean) },
  ];
}

const notDrafts = {
  notPublished: 'Bara ett publicerat evenemang kan bli utkast igen.',
  signedUp: 'Någon har anmält sig, så evenemanget kan inte bli utkast igen. Du kan ställa in det i stället.',
};

/** Makes a draft of a published event that nobody has signed up for. */
export async function submitUnpublish(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const result = await unpublishEvent(res.locals.context, event._id);
  if ('refused' in result)
    return await sendDetails(res, result.event, { errors: { title: notDrafts[result.refused] } });
  res.redirect(303, withQuery(paths.officeEvent(event._id), { klart: 'utkast' }));
}

/** Makes a new draft like this event. */
export async function submitCopy(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const copy = await copyEvent(res.locals.context, event, idFrom(req.body.draft));
  res.redirect(303, withQuery(paths.officeEvent(copy._id), { klart: 'kopierat' }));
}
