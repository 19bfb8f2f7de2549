import type { Request, Response } from 'express';
import type { Event } from '../../events/event.ts';
import { printPdf } from '../../print/print.ts';
import { sendPage } from '../../web/pages.ts';
import { stateOf } from '../parts/event-state.ts';
import { ownBoard, ownEvent } from '../parts/guard.ts';
import { columns, factsOf, rowsOf } from './run-sheet-words.ts';

/** Those who run the day print it: what happens when and where, who sees to it, and what visitors are not told. */
export async function showRunSheet(req: Request, res: Response): Promise<void> {
  await sendRunSheet(res, await ownEvent(req, res));
}

/** The same as a PDF; where none can be written here, the page says so, and can be printed. */
export async function sendRunSheetPdf(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const data = {
    ...{ heading: 'Körschema', title: event.title, author: ownBoard(res).name, columns },
    facts: factsOf(event),
    rows: await rowsOf(event),
  };
  const seconds = Math.floor(res.locals.now.getTime() / 1000);
  const pdf = await printPdf({ template: 'run-sheet', data, seconds });
  if (!pdf) return sendRunSheet(res, event, true);
  res.attachment(`korschema-${event.slug}.pdf`).type('application/pdf').send(pdf);
}

async function sendRunSheet(res: Response, event: Event, withoutPdf = false): Promise<void> {
  const page = {
    title: `Körschema: ${event.title}`,
    heading: 'Körschema',
    current: 'events',
    state: stateOf(event, res.locals.now),
    ...{ event, columns, withoutPdf },
    facts: factsOf(event),
    rows: await rowsOf(event),
  };
  sendPage(res, 'office/programme/run-sheet', page, withoutPdf ? 503 : 200);
}
