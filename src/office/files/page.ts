import type { Request, Response } from 'express';
import { lookUp } from '../../base/form/look-up.ts';
import { paths } from '../../base/paths.ts';
import type { Event } from '../../events/event.ts';
import { findOwnFile } from '../../files/keeping.ts';
import { NotFound } from '../../web/errors.ts';
import { fileWords } from '../../web/files/file-words.ts';
import { sendDocument, sendPicture } from '../../web/files/send-stored.ts';
import { keptMegabytes } from '../../web/files/upload.ts';
import { type Errors, hasErrors } from '../../web/forms.ts';
import { sendPage } from '../../web/pages.ts';
import { stateOf } from '../parts/event-state.ts';
import { ownEvent } from '../parts/guard.ts';
import { asked, withQuery } from '../parts/query-string.ts';

const done: Record<string, string> = {
  bild: 'Bilden är sparad.',
  bildborta: 'Bilden är borttagen.',
  dokument: 'Dokumentet är tillagt.',
  dokumentborta: 'Dokumentet är borttaget.',
};

/** The picture and the documents of an event, with forms for more. */
export async function showFiles(req: Request, res: Response): Promise<void> {
  sendFiles(res, await ownEvent(req, res), { done: lookUp(done, asked(req, 'klart')) });
}

/** Leads from the address of the picture's form, as when a page with a wrong answer is loaded again. */
export async function toFiles(req: Request, res: Response): Promise<void> {
  res.redirect(303, paths.eventFiles((await ownEvent(req, res))._id));
}

/** A file of the event for its organisers, whether visitors may have it or not. */
export async function sendEventFile(req: Request, res: Response): Promise<void> {
  const { picture, downloads = [], authority } = await ownEvent(req, res);
  const hash = String(req.params.hash);
  const document = downloads.find((one) => one.hash === hash);
  const isOurs = document ?? picture?.hash === hash;
  const file = isOurs ? await findOwnFile(hash, authority) : null;
  if (!file) throw new NotFound();
  if (document) sendDocument(res, file, document.name, false);
  else sendPicture(res, file, false);
}

/** Leads back to the page, which says what was done. */
export function leadBack(res: Response, event: Event, klart: keyof typeof done): void {
  res.redirect(303, withQuery(paths.eventFiles(event._id), { klart }));
}

type FilesForm = {
  values?: Record<string, string>;
  errors?: Errors;
  done?: string | undefined;
  status?: number;
};

/** The page of the picture and the documents: as they stand, with what was typed and what is wrong with it. */
export function sendFiles(
  res: Response,
  event: Event,
  { values = {}, errors = {}, done, status }: FilesForm,
): void {
  const error = hasErrors({ errors });
  const { picture, downloads = [] } = event;
  const page = {
    title: 'Bild och dokument',
    current: 'events',
    ...{ event, picture, errors, error, done, keptMegabytes },
    state: stateOf(event, res.locals.now),
    documents: downloads.map((one) => ({ ...one, words: fileWords(one, 'sv') })),
    isOver: event.end <= res.locals.now,
    values: { alt: picture?.alt, ...values },
  };
  sendPage(res, 'office/files/page', page, status ?? (error ? 422 : 200));
}
