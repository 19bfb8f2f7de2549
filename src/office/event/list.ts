import type { Request, Response } from 'express';
import { eventsByYear } from '../../events/authority-events.ts';
import { kindNames } from '../../events/event.ts';
import { turnoutOf } from '../../statistics/turnout.ts';
import { sendPage } from '../../web/pages.ts';
import { stateOf } from '../parts/event-state.ts';
import { ownBoard } from '../parts/guard.ts';
import { asked } from '../parts/query-string.ts';

/** All events of the county board by year, with their states. */
export async function showEvents(req: Request, res: Response): Promise<void> {
  const years = await eventsByYear(ownBoard(res)._id);
  const turnout = await turnoutOf([...years.values()].flat().map((event) => event._id));
  const groups = [...years].map(([year, events]) => ({
    year,
    rows: events.map((event) => ({
      event,
      kind: kindNames[event.kind],
      state: stateOf(event, res.locals.now),
      registered: turnout(event._id).registered,
    })),
  }));
  sendPage(res, 'office/event/list', {
    title: 'Evenemang',
    current: 'events',
    groups,
    removed: asked(req, 'klart') === 'borttaget',
  });
}
