import type { Request, Response } from 'express';
import { type Action, actions, readAuditLog } from '../../audit/log.ts';
import { paths } from '../../base/paths.ts';
import { fields } from '../../events/details/details.ts';
import { namesOf } from '../../registrations/participants/participants.ts';
import { questions } from '../../registrations/questions.ts';
import { sendPage } from '../../web/pages.ts';
import { askedEvent } from '../letters/list.ts';
import { stateOf } from '../parts/event-state.ts';
import { ownBoard } from '../parts/guard.ts';
import { askedPage, withQuery } from '../parts/query-string.ts';

/** What the office calls the fields whose change the log tells of. */
const fieldNames = new Map<string, string>([
  ...fields.map(({ name, label }) => [name, label] as const),
  ...questions.map(({ name, office }) => [name, office] as const),
]);

/**
 * What the application does by itself if no organiser did it: seats go to the first on the waiting list, the list closes,
 * and the first organiser of a county board comes in at the start.
 */
const ownDeeds: Action[] = ['registration.promoted', 'registration.unplaced', 'organiser.invited'];

/** Who did what, newest first: the county board's whole log, or that of one event. */
export async function showLog(req: Request, res: Response): Promise<void> {
  const board = ownBoard(res);
  const event = await askedEvent(req, board._id);
  const page = askedPage(req);
  const { entries, pages } = await readAuditLog(board._id, page, event?._id);
  sendPage(res, 'office/year/log', {
    title: event ? `Logg: ${event.title}` : 'Logg',
    current: event ? 'events' : 'log',
    ...{ event, entries, pages, page, actions, ownDeeds, fieldNames },
    state: event && stateOf(event, res.locals.now),
    names: await namesOf(entries.flatMap(({ registration }) => registration ?? [])),
    pageLink: (page: number) => withQuery(paths.log(), { event: event && String(event._id), page }),
  });
}
