import type { Request, Response } from 'express';
import { paths } from '../../base/paths.ts';
import { copyEvent } from '../../events/planning/create.ts';
import { publishEvent } from '../../events/planning/publish.ts';
import { sendPage } from '../../web/pages.ts';
import { stateOf } from '../parts/event-state.ts';
import { ownEvent } from '../parts/guard.ts';
import { withQuery } from '../parts/query-string.ts';

/** Publishes a draft, or names what stands in the way with links to the fields. */
export async function submitPublish(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const result = await publishEvent(res.locals.context, event._id);
  if (!('refused' in result))
    return res.redirect(303, withQuery(paths.officeEvent(event._id), { klart: 'publicerat' }));
  const title = 'Evenemanget är inte publicerat';
  const page = {
    title,
    current: 'events',
    event,
    state: stateOf(event, res.locals.now),
    missing: result.missing,
  };
  sendPage(res, 'office/event/not-published', { ...page, error: true }, 422);
}

/** Makes a new draft like this event. */
export async function submitCopy(req: Request, res: Response): Promise<void> {
  const copy = await copyEvent(res.locals.context, await ownEvent(req, res));
  res.redirect(303, withQuery(paths.officeEvent(copy._id), { klart: 'kopierat' }));
}
