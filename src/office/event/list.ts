import type { Request, Response } from 'express';
import { lookUp } from '../../base/form/look-up.ts';
import { eventsByYear } from '../../events/authority-events.ts';
import { kindNames, modes } from '../../events/event.ts';
import { sendPage } from '../../web/pages.ts';
import { stateOf } from '../parts/event-state.ts';
import { ownBoard } from '../parts/guard.ts';
import { asked } from '../parts/query-string.ts';

const removals = {
  borttaget: 'Utkastet är borttaget.',
  'inmatat-borta': 'Dagen är borttagen, också ur statistiken.',
};

/** All events of the county board by year, with their states. */
export async function showEvents(req: Request, res: Response): Promise<void> {
  const years = await eventsByYear(ownBoard(res)._id);
  const groups = [...years].map(([year, events]) => ({
    year,
    rows: events.map((event) => ({
      event,
      kind: kindNames[event.kind],
      state: stateOf(event, res.locals.now),
      registered: event.state === 'recorded' ? '–' : modes.reduce((sum, mode) => sum + event.taken[mode], 0),
    })),
  }));
  sendPage(res, 'office/event/list', {
    title: 'Evenemang',
    current: 'events',
    groups,
    removed: lookUp(removals, asked(req, 'klart')),
  });
}
