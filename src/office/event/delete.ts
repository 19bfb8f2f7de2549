import type { Request, Response } from 'express';
import { wasDeleted } from '../../audit/log.ts';
import { idFrom } from '../../base/database.ts';
import { paths } from '../../base/paths.ts';
import { discardDraft } from '../../speakers/engagements/follow.ts';
import { quoted } from '../../texts/grammar.ts';
import { sendPage } from '../../web/pages.ts';
import { ownBoard, ownEvent } from '../parts/guard.ts';
import { withQuery } from '../parts/query-string.ts';

/** Asks whether the draft shall go. */
export async function showDelete(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  sendPage(res, 'office/event/delete', { title: `Ta bort ${quoted(event.title)}`, current: 'events', event });
}

/** Takes the draft away; what has been published stays. */
export async function submitDelete(req: Request, res: Response): Promise<void> {
  const id = idFrom(req.params.id);
  // A second click comes when the draft is gone.
  if (id && (await wasDeleted(ownBoard(res)._id, id))) return toList(res);
  const event = await ownEvent(req, res);
  if (await discardDraft(res.locals.context, event)) return toList(res);
  sendPage(
    res,
    'office/event/delete',
    { title: `Ta bort ${quoted(event.title)}`, current: 'events', event, error: true },
    422,
  );
}

function toList(res: Response): void {
  res.redirect(303, withQuery(paths.events(), { klart: 'borttaget' }));
}
