import type { Request, Response } from 'express';
import { paths } from '../../base/paths.ts';
import type { Event } from '../../events/event.ts';
import { closeEvent } from '../../registrations/acts/close-event.ts';
import { turnoutOf } from '../../statistics/turnout.ts';
import { quoted } from '../../texts/grammar.ts';
import { sendPage } from '../../web/pages.ts';
import { ownBoard, ownEvent } from '../parts/guard.ts';

/** Asks whether the attendance of an event that is over is complete, and says so afterwards. */
export async function showClose(req: Request, res: Response): Promise<void> {
  await send(res, await ownEvent(req, res));
}

/** Closes the event; a second click finds it closed. */
export async function submitClose(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const closed = await closeEvent(res.locals.context, event._id);
  if ('refused' in closed) return send(res, event, 422);
  res.redirect(303, paths.closeEvent(event._id));
}

async function send(res: Response, event: Event, status = 200): Promise<void> {
  const { now } = res.locals;
  const turnout = await turnoutOf([event], ownBoard(res), now);
  const page = {
    ...{ title: `Avsluta ${quoted(event.title)}`, current: 'events' },
    ...{ event, turnout: turnout(event._id) },
    isOver: event.state === 'published' && event.end <= now,
  };
  sendPage(res, 'office/attendance/close', page, status);
}
