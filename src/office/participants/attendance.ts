import type { Request, Response } from 'express';
import { municipalityName } from '../../authorities/authority.ts';
import { roleNames } from '../../authorities/roles.ts';
import { paths } from '../../base/paths.ts';
import { modes } from '../../events/event.ts';
import {
  countAttendance,
  markAttendance,
  type Presence,
} from '../../registrations/participants/attendance.ts';
import { findParticipant, listParticipants } from '../../registrations/participants/participants.ts';
import { BadRequest, NotFound } from '../../web/errors.ts';
import { sendPage } from '../../web/pages.ts';
import { stateOf } from '../parts/event-state.ts';
import { ownBoard, ownEvent } from '../parts/guard.ts';
import { asked, askedPage, withQuery } from '../parts/query-string.ts';

/** The list by the door: who has come, and one large button for each person. */
export async function showAttendance(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const board = ownBoard(res);
  const page = askedPage(req);
  const q = asked(req, 'q');
  const [list, counts] = await Promise.all([
    listParticipants(event._id, { q, status: 'confirmed' }, page),
    countAttendance(event._id),
  ]);
  sendPage(res, 'office/participants/attendance', {
    title: `Närvaro: ${event.title}`,
    current: 'events',
    event,
    state: stateOf(event, res.locals.now),
    board,
    ...{ q, list, page, counts, roleNames, municipalityName },
    begins: event.start > res.locals.now,
    waits: event.end > res.locals.now && modes.some((mode) => event.waiting[mode] > 0),
    pageLink: (number: number) => withQuery(paths.attendance(event._id), { q, page: number }),
  });
}

const answers = new Map<unknown, Presence>([
  ['ja', true],
  ['nej', false],
  ['', null],
]);

/** Marks one person and goes back to the same person in the same list. */
export async function submitAttendance(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const { registration: id, present, q, page } = req.body;
  if (present === undefined) throw new BadRequest();
  const presence = answers.get(present);
  const registration = await findParticipant(event._id, id);
  if (!registration || presence === undefined) throw new NotFound();
  await markAttendance(res.locals.context, event, registration._id, presence);
  const back = withQuery(paths.attendance(event._id), { q: q || undefined, page: page || undefined });
  res.redirect(303, `${back}#p-${id}`);
}
