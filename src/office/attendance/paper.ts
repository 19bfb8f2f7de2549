import type { Request, Response } from 'express';
import { municipalityName } from '../../authorities/authority.ts';
import { idFrom } from '../../base/database.ts';
import { paths } from '../../base/paths.ts';
import { markSeveral } from '../../registrations/participants/attendance.ts';
import { listParticipants } from '../../registrations/participants/participants.ts';
import { sendPage } from '../../web/pages.ts';
import { stateOf } from '../parts/event-state.ts';
import { ownBoard, ownEvent } from '../parts/guard.ts';
import { asked, askedPage, withQuery } from '../parts/query-string.ts';

/** Few have more on site, and one page of the browser is easier to print. */
const onOnePage = 250;

/**
 * Those on site with a box each: on paper it is ticked at the entrance when the network is out, and here afterwards, in
 * the same order.
 */
export async function showPaperList(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const board = ownBoard(res);
  const page = askedPage(req);
  const list = await listParticipants(event._id, { mode: 'plats', status: 'confirmed' }, page, onOnePage);
  const saved = Number(asked(req, 'saved') ?? Number.NaN);
  sendPage(res, 'office/attendance/paper', {
    title: `Lista att skriva ut: ${event.title}`,
    heading: 'Lista att skriva ut',
    current: 'events',
    state: stateOf(event, res.locals.now),
    ...{ event, board, list, page, municipalityName },
    saved: Number.isInteger(saved) ? saved : undefined,
    pageLink: (number: number) => withQuery(paths.paperList(event._id), { page: number }),
  });
}

/** Marks those who were ticked. */
export async function submitPaperList(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const ids = [req.body.registration ?? []].flat().flatMap((id) => idFrom(id) ?? []);
  const { length: saved } = await markSeveral(res.locals.context, event, ids, 'plats');
  const page = Number(req.body.page) > 1 ? Number(req.body.page) : undefined;
  res.redirect(303, withQuery(paths.paperList(event._id), { page, saved }));
}
