import type { NextFunction, Request, Response } from 'express';
import {
  type KeptForm,
  keepForm,
  type PostedField,
  putBack,
  takeKeptForm,
} from '../../organisers/kept-form.ts';
import { sendPage } from '../../web/pages.ts';
import { isOwnForm, ownFormsOnly } from '../../web/sessions.ts';
import { hiddenInputs } from './edit-conflict.ts';

/** What the buttons and hidden inputs of our forms send, which nobody has typed. */
const untyped =
  /^(?:version|seen|draft|session|newSession|after|preview|back|warned|take-\w+|date-\w+|draft-\w+|\w+Asked|noPersonalNumber|registration|present|early|all|chosen|count|unseated|fewer|do|drop|handled|letters?|mailing|mark|move|release|remove|report|shift|trots)$/;

/** The typed answers among those of a form. */
export function typedAmong(fields: PostedField[]): string[] {
  return fields.filter(({ name, value }) => value.trim() && !untyped.test(name)).map(({ value }) => value);
}

/**
 * Keeps a form of the sign-in session that this browser had, if that session has run out. A form that is not one of its own,
 * and one without a typed answer, is not kept; neither are files.
 * @returns true if the form is kept
 */
export async function keepTyped(req: Request, now: Date): Promise<boolean> {
  if (req.method !== 'POST' || !isOwnForm(req)) return false;
  const fields = hiddenInputs(req.body);
  if (typedAmong(fields).length === 0) return false;
  return keepForm(req.session.signIn, { action: req.originalUrl, fields }, now);
}

/** A kept form that is sent again (`kept`: its id) is no longer kept. If nothing comes of it, it is kept once more. */
export async function takeKept(req: Request, res: Response, next: NextFunction): Promise<void> {
  const { kept, ...typed } = req.body ?? {};
  if (typeof kept === 'string') {
    req.body = typed;
    res.locals.kept = await takeKeptForm(res.locals.organiser?.id ?? '', kept);
  }
  next();
}

/** An error after `takeKept`: what was typed is not lost with it. */
export async function keepAgain(
  error: Error,
  _req: Request,
  res: Response,
  next: NextFunction,
): Promise<void> {
  const kept: KeptForm | null | undefined = res.locals.kept;
  if (kept) await putBack(kept);
  next(error);
}

/**
 * Refuses a post whose form did not come from one of this session's own pages. If the form is from an earlier sign-in
 * session, the answer shows what was typed, in a form of this session that is sent by a click. A file has to be chosen again.
 */
export function ownFormsOrAgain(req: Request, res: Response, next: NextFunction): void {
  ownFormsOnly(req, res, (error?: unknown) => {
    if (error && hasTypedFields(req)) sendRefusedForm(req, res);
    else next(error);
  });
}

function hasTypedFields(req: Request): boolean {
  const { csrf, ...fields } = req.body ?? {};
  return Boolean(csrf) && !req.is('multipart') && Object.keys(fields).length > 0;
}

function sendRefusedForm(req: Request, res: Response): void {
  const hidden = hiddenInputs(req.body);
  const page = {
    title: 'Formuläret är inte sparat',
    error: true,
    action: req.originalUrl,
    typed: typedAmong(hidden),
    hidden,
  };
  sendPage(res, 'office/parts/refused-form', page, 403);
}
