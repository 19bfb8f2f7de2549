import type { Request, Response } from 'express';
import { type Authority, findAuthority } from '../../authorities/authority.ts';
import { paths } from '../../base/paths.ts';
import type { Settings } from '../../base/settings.ts';
import { feed, type Published } from '../../calendar/publication.ts';
import { type Mode, modeNames } from '../../events/event.ts';
import { type CountedEvent, calendarUid, eventsOfBoardToFollow } from '../../events/feed.ts';
import { offeredModes, venueOf } from '../../events/rules.ts';
import { findByCalendarLink, makeCalendarLink, removeCalendarLink } from '../../organisers/calendar-link.ts';
import { counted } from '../../texts/grammar.ts';
import { NotFound } from '../../web/errors.ts';
import { answerPoll } from '../../web/polls.ts';
import { withQuery } from '../parts/query-string.ts';
import { sendSettings } from './settings.ts';

/**
 * All events of an organiser's county board, for the organiser's calendar program: it has no session, the link is the
 * key.
 */
export async function sendOwnCalendar(req: Request<{ token: string }>, res: Response): Promise<void> {
  const { now, context } = res.locals;
  res.set({ 'X-Robots-Tag': 'noindex', 'Cache-Control': 'private, no-cache' });
  const organiser = await findByCalendarLink(req.params.token);
  const board = organiser && (await findAuthority(organiser.authority));
  if (!board) throw new NotFound();
  const events = await eventsOfBoardToFollow(board._id, now);
  const entries = events.map((event) => entryOf(event, board, context.settings));
  answerPoll(req, res, 'text/calendar; charset=utf-8', feed(`Boostdagar ${board.county}, kontoret`, entries));
}

/** Makes the link, or another one in its place. The answer is the page itself and no redirect: the link is shown only here. */
export async function submitMakeCalendar(_req: Request, res: Response): Promise<void> {
  const link = await makeCalendarLink(res.locals.context, ownId(res));
  if (!link) throw new NotFound();
  await sendSettings(res, { calendarLink: link });
}

/** Ends the link. */
export async function submitRemoveCalendar(_req: Request, res: Response): Promise<void> {
  await removeCalendarLink(res.locals.context, ownId(res));
  res.redirect(303, withQuery(paths.ownSettings(), { klart: 'kalendern' }));
}

/** For one who opens the address of the answer again. */
export async function toSettings(_req: Request, res: Response): Promise<void> {
  res.redirect(303, paths.ownSettings());
}

function ownId(res: Response): string {
  return res.locals.organiser?.id ?? '';
}

const marks = { draft: 'Utkast: ', published: '', cancelled: 'Inställt: ' };

function entryOf(event: CountedEvent, board: Authority, settings: Settings): Published {
  const { state, title, start, end, cancelReason } = event;
  return {
    uid: calendarUid(event, settings.mailFrom),
    sequence: event.version,
    stamp: lastChange(event),
    ...{ start, end, state },
    title: marks[state] + title,
    description: [cancelReason, ...offeredModes(event).map((mode) => seatsIn(event, mode))]
      .filter(Boolean)
      .join('\n'),
    location: offeredModes(event).includes('plats') ? venueOf(event) : modeNames.digitalt,
    url: settings.baseUrl + paths.officeEvent(event._id),
    organiser: { name: board.name, address: settings.mailFrom },
  };
}

/** The entry says how many are registered, so a sign-up is a change of it: programs that compare stamps must see one. */
function lastChange({ changedAt, countedAt = changedAt }: CountedEvent): Date {
  return countedAt > changedAt ? countedAt : changedAt;
}

/** "På plats: 12 anmälda, 40 platser" */
function seatsIn({ seats, taken }: CountedEvent, mode: Mode): string {
  const places = seats[mode] === null ? 'ingen gräns' : counted(seats[mode], 'plats', 'platser');
  return `${modeNames[mode]}: ${counted(taken[mode], 'anmäld', 'anmälda')}, ${places}`;
}
