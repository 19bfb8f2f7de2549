import type { NextFunction, Request, Response } from 'express';
import { sendPage } from '../../web/pages.ts';
import { ownFormsOnly } from '../../web/sessions.ts';
import { hiddenInputs } from './edit-conflict.ts';

/** Hidden inputs of our forms, which nobody has typed. */
const untyped = /^(?:version|seen|draft|session|newSession|after|preview|back|\w+Asked)$/;

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
    typed: hidden.filter(({ name, value }) => value && !untyped.test(name)).map(({ value }) => value),
    hidden,
  };
  sendPage(res, 'office/parts/refused-form', page, 403);
}
