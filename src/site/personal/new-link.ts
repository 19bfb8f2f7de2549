import type { Request, Response } from 'express';
import { addressIn } from '../../base/form/addresses.ts';
import { tidy } from '../../base/form/cleaning.ts';
import { paths } from '../../base/paths.ts';
import { keepLinkRequest } from '../../link-requests/link-request.ts';
import { secondsToAsk } from '../../registrations/personal/new-link.ts';
import { wrongAddressTexts } from '../../registrations/question-rules.ts';
import { inLanguage } from '../../texts/addresses.ts';
import { textsIn } from '../../texts/texts.ts';
import { type FormAnswers, typedIn } from '../../web/forms.ts';
import { refuseFlood, tooMany } from '../../web/guards.ts';
import { sendPage } from '../../web/pages.ts';

/**
 * The form for anyone who has lost the link; with `skickat` in the address, the answer, which is the same for
 * everybody.
 */
export async function showNewLink(req: Request, res: Response): Promise<void> {
  const t = textsIn(res.locals.lang);
  const wasSent = req.query.skickat !== undefined;
  sendNewLinkPage(res, 200, { title: t('min.nyLank.rubrik'), text: t('min.nyLank.text'), wasSent });
}

/** Has the address's links sent by the worker: neither the answer nor its time tells whether it has any. */
export async function submitNewLink(req: Request, res: Response): Promise<void> {
  const { lang, context } = res.locals;
  const t = textsIn(lang);
  const values = typedIn(req);
  const read = addressIn(values.email);
  if ('wrong' in read) {
    refuseFlood(res);
    const errors = { email: t(tidy(values.email) ? wrongAddressTexts[read.wrong] : 'fel.epost.saknas') };
    const words = { title: t('min.nyLank.rubrik'), text: t('min.nyLank.text') };
    return sendNewLinkPage(res, 422, { ...words, values, errors });
  }
  const seconds = await secondsToAsk(context);
  if (seconds > 0) throw tooMany(res, seconds);
  await keepLinkRequest(context, 'lostLink', read.address);
  res.redirect(303, `${inLanguage(paths.newLink(), lang)}?skickat`);
}

/** The page of a lost link, also where a link is too old or unknown. */
export function sendNewLinkPage(
  res: Response,
  status: number,
  shown: Partial<FormAnswers> & { title: string; text: string; wasSent?: boolean },
): void {
  const { errors = {} } = shown;
  const error = Object.keys(errors).length > 0;
  sendPage(res, 'site/personal/new-link', { values: {}, wasSent: false, ...shown, errors, error }, status);
}
