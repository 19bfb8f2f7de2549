import type { NextFunction, Request, Response } from 'express';
import { type Authority, findAuthority } from '../../authorities/authority.ts';
import { idFrom } from '../../base/database.ts';
import { paths } from '../../base/paths.ts';
import { takesMail } from '../../base/settings.ts';
import { type Event, EventModel } from '../../events/event.ts';
import type { Viewer } from '../../inbox/queries.ts';
import { findOrganiser } from '../../organisers/organiser.ts';
import { expiredSession, openSession } from '../../organisers/sign-in-session.ts';
import { findParticipant } from '../../registrations/participants/participants.ts';
import type { Registration } from '../../registrations/registration.ts';
import { NotFound } from '../../web/errors.ts';
import { endSession } from '../../web/sessions.ts';
import { bannersAt } from './banners.ts';
import { mailWords } from './notices.ts';
import { keepTyped } from './refused-form.ts';

/** What every page of the office has, signed in or not. Nothing of it stays in the browser's store but what the entrance keeps for a day (attendance/script.ts). */
export function frame(_req: Request, res: Response, next: NextFunction): void {
  const { smtpUrl, production } = res.locals.context.settings;
  // Without a mail server, sign-in links are printed where the program runs (organisers/sign-in.ts).
  Object.assign(res.locals, { layout: 'office', sendsMail: smtpUrl !== undefined, printsAll: !production });
  res.set('Cache-Control', 'no-store');
  next();
}

/**
 * Lets organisers in and sends everybody else to the sign-in page. Anyone who has been taken away, or signed out on another
 * device, is a stranger at once. What was typed before the session ran out is kept for its organiser.
 */
export async function organisersOnly(req: Request, res: Response, next: NextFunction): Promise<void> {
  await recognise(req, res);
  if (res.locals.organiser) return next();
  const isKept = await keepTyped(req, res.locals.now);
  res.redirect(303, isKept ? `${paths.signIn()}?kvar=ja` : paths.signIn());
}

/** Lets everybody on, and knows organisers (`res.locals.organiser`). */
export async function organisersKnown(req: Request<never>, res: Response, next: NextFunction): Promise<void> {
  await recognise(req, res);
  next();
}

async function recognise(req: Request<never> | Request, res: Response): Promise<void> {
  const { signIn, csrf } = req.session;
  const session = await openSession(signIn, res.locals.now);
  const organiser = session && (await findOrganiser(String(session.organiser)));
  const authority = organiser && (await findAuthority(organiser.authority));
  if (!organiser || !authority) {
    if (signIn && !(await expiredSession(signIn, res.locals.now))) await endSession(req);
    return;
  }
  const who = { id: String(organiser._id), name: organiser.name };
  const context = { ...res.locals.context, by: { organiser: who } };
  const banners = await bannersAt(res.locals.now);
  Object.assign(res.locals, {
    organiser: { ...who, authority: authority._id, session: String(session._id) },
    ...{ authority, csrf, context, banners, takesMail: takesMail(context.settings) },
  });
}

/** The signed-in organiser's own county board, whole (the pages' frame knows only its address). */
export function ownBoard(res: Response): Authority {
  return res.locals.authority as Authority;
}

/** Whose incoming mail the signed-in organiser may see. */
export function mailViewer(res: Response): Viewer {
  return { authority: ownBoard(res)._id, firstAuthority: res.locals.context.settings.firstAuthority };
}

/**
 * The event that the address names as `:id`; its pages know whether its letters leave. One that was recorded afterwards
 * has a page of its own and none of the others.
 * @throws NotFound where there is none, or it is another county board's
 */
export async function ownEvent(req: Request, res: Response): Promise<Event> {
  const event = await anyOwnEvent(req, res);
  if (event.state === 'recorded') throw new NotFound();
  return event;
}

/** The same, and those that were recorded afterwards. */
export async function anyOwnEvent(req: Request, res: Response): Promise<Event> {
  const id = idFrom(req.params.id);
  const event = id && (await EventModel.findOne({ _id: id, authority: ownBoard(res)._id }).lean<Event>());
  if (!event) throw new NotFound();
  Object.assign(res.locals, mailWords(res.locals.context, event));
  return event;
}

/** Somebody at an event, whose page of the office this is. */
export type Participant = { event: Event; registration: Registration };

/** The participant that the address names as `:registration`, with the event. @throws NotFound as ownEvent, and where the event has no such */
export async function ownParticipant(req: Request, res: Response): Promise<Participant> {
  const event = await ownEvent(req, res);
  const registration = await findParticipant(event._id, req.params.registration);
  if (!registration) throw new NotFound();
  return { event, registration };
}
