import type { Request, Response } from 'express';
import { addressForm } from '../../authorities/form.ts';
import { logger } from '../../base/log.ts';
import { paths } from '../../base/paths.ts';
import { askForLink, openLink, useLink } from '../../organisers/sign-in.ts';
import { hasErrors, readForm } from '../../web/forms.ts';
import { sendPage } from '../../web/pages.ts';
import { beginSession, endSession } from '../../web/sessions.ts';

/** The page that asks for an address, and says that a link is on its way. */
export async function showSignIn(req: Request, res: Response): Promise<void> {
  if (req.session.organiser) return res.redirect(303, paths.office());
  const view = req.query.skickat ? 'office/settings/sign-in-sent' : 'office/settings/sign-in';
  sendPage(res, view, { title: 'Logga in', values: {}, errors: {} });
}

/** The same answer to organisers and strangers, and it does not wait for the work: nobody learns who is one (K3). */
export async function submitSignIn(req: Request, res: Response): Promise<void> {
  const answers = await readForm(req, addressForm());
  if (hasErrors(answers))
    return sendPage(res, 'office/settings/sign-in', { title: 'Logga in', ...answers, error: true }, 422);
  res.redirect(303, `${paths.signIn()}?skickat=ja`);
  askForLink(res.locals.context, req.body.email).catch((error: Error) =>
    logger.error({ error: error.stack }, 'A sign-in link could not be sent. Does the database answer?'),
  );
}

/** Programs that scan mail open links, so this only shows the button. */
export async function showLink(req: Request<{ token: string }>, res: Response): Promise<void> {
  const { token } = req.params;
  const organiser = await openLink(res.locals.context, token);
  if (!organiser)
    return sendPage(res, 'office/settings/sign-in-ended', { title: 'Länken gäller inte längre' }, 404);
  sendPage(res, 'office/settings/sign-in-link', { title: 'Logga in', name: organiser.name, token });
}

/** Uses the link up and signs in. */
export async function submitLink(req: Request<{ token: string }>, res: Response): Promise<void> {
  const organiser = await useLink(res.locals.context, req.params.token);
  if (!organiser)
    return sendPage(res, 'office/settings/sign-in-ended', { title: 'Länken gäller inte längre' }, 404);
  await beginSession(req, String(organiser._id));
  res.redirect(303, paths.office());
}

/** Signs out, here and in the database. */
export async function submitSignOut(req: Request, res: Response): Promise<void> {
  await endSession(req);
  res.clearCookie('kontor', { path: paths.office() });
  res.redirect(303, paths.signIn());
}
