import type { Request, Response } from 'express';
import { normalisedAddress } from '../../base/addresses.ts';
import { inLanguage, paths } from '../../base/paths.ts';
import { sendNewLinks } from '../../registrations/personal/new-link.ts';
import { textsIn } from '../../texts/texts.ts';
import { type Answers, typedIn } from '../../web/forms.ts';
import { sendPage } from '../../web/pages.ts';

/** The form for who has lost the link; `skickat` in the address: the answer, the same for everybody (K3). */
export async function showNewLink(req: Request, res: Response): Promise<void> {
  const t = textsIn(res.locals.lang);
  sendNewLinkPage(res, 200, t('min.nyLank.rubrik'), t('min.nyLank.text'), {
    wasSent: req.query.skickat !== undefined,
  });
}

/** Sends the links that the address has, and never tells whether it has any. */
export async function submitNewLink(req: Request, res: Response): Promise<void> {
  const { lang, context } = res.locals;
  const t = textsIn(lang);
  const values = typedIn(req);
  const typed = values.email?.trim() ?? '';
  const email = normalisedAddress(typed);
  if (!email) {
    const errors = { email: t(typed ? 'fel.epost.format' : 'fel.epost.saknas') };
    return sendNewLinkPage(res, 422, t('min.nyLank.rubrik'), t('min.nyLank.text'), { values, errors });
  }
  await sendNewLinks(context, email);
  res.redirect(303, `${inLanguage(paths.newLink(), lang)}?skickat`);
}

/** The page of a lost link, also where a link is too old or unknown. */
export function sendNewLinkPage(
  res: Response,
  status: number,
  title: string,
  text: string,
  more: Partial<Answers> & { wasSent?: boolean } = {},
): void {
  const { values = {}, errors = {}, wasSent = false } = more;
  const error = Object.keys(errors).length > 0;
  sendPage(res, 'site/personal/new-link', { title, text, values, errors, wasSent, error }, status);
}
