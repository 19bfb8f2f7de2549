import type { Request, Response } from 'express';
import { addressForm } from '../../authorities/form.ts';
import { tidy } from '../../base/form/cleaning.ts';
import { storedAs } from '../../base/keys.ts';
import { paths } from '../../base/paths.ts';
import { keepLinkRequest } from '../../link-requests/link-request.ts';
import { listKeptForms } from '../../organisers/kept-form.ts';
import { secondsToSignIn } from '../../organisers/sign-in-limit.ts';
import { openSession, startSession } from '../../organisers/sign-in-session.ts';
import { type OpenedLink, openLink, useLink } from '../../organisers/use-link.ts';
import { browserMark, formToken, markBrowser } from '../../web/browser-mark.ts';
import { deviceOf } from '../../web/device.ts';
import { type FormAnswers, hasErrors, readForm, typedIn } from '../../web/forms.ts';
import { tooMany } from '../../web/guards.ts';
import { sendPage } from '../../web/pages.ts';
import { beginSession } from '../../web/sessions.ts';

type SignInRequest = Request<{ token: string }>;

/** The page that asks for an address, and says that a link is on its way. */
export async function showSignIn(req: Request, res: Response): Promise<void> {
  if (await openSession(req.session.signIn, res.locals.now)) return res.redirect(303, paths.office());
  const view = req.query.skickat ? 'office/settings/sign-in-sent' : 'office/settings/sign-in';
  sendPage(res, view, { title: 'Logga in', values: {}, errors: {}, isKept: req.query.kvar === 'ja' });
}

/** The same answer to organisers and strangers, and in the same time: the worker looks who it is and writes the letter. */
export async function submitSignIn(req: Request, res: Response): Promise<void> {
  const answers = await readForm(req, addressForm());
  if (hasErrors(answers))
    return sendPage(res, 'office/settings/sign-in', { title: 'Logga in', ...answers, error: true }, 422);
  const { context } = res.locals;
  const { email } = req.body;
  const seconds = await secondsToSignIn(context, email);
  if (seconds > 0) throw tooMany(res, seconds);
  await keepLinkRequest(context, 'signIn', email, storedAs(markBrowser(req, res)));
  res.redirect(303, `${paths.signIn()}?skickat=ja`);
}

/** Programs that scan mail open links, so this only shows the button. */
export async function showLink(req: Request<{ token: string }>, res: Response): Promise<void> {
  await sendLinkPage(req, res, { values: {}, errors: {} });
}

/** Uses the link up and signs in; in another browser than the one that asked, with the address that it went to. */
export async function submitLink(req: Request<{ token: string }>, res: Response): Promise<void> {
  const { context } = res.locals;
  const proof = { browser: browserMark(req), email: req.body.email };
  const organiser = await useLink(context, req.params.token, proof);
  if (!organiser) return sendEnded(res);
  if ('refused' in organiser) return sendLinkPage(req, res, wrongAddress(req));
  await beginSession(req, await startSession(context, organiser._id, deviceOf(req.get('User-Agent'))));
  const kept = await listKeptForms(String(organiser._id), context.now);
  res.redirect(303, kept.length > 0 ? paths.keptForms() : paths.office());
}

function wrongAddress(req: SignInRequest): FormAnswers {
  const values = typedIn(req);
  const email = tidy(values.email)
    ? 'Länken är till en annan adress. Skriv den adress som du bad om länken med'
    : 'Skriv den e-postadress som du bad om länken med, till exempel namn@example.se';
  return { values, errors: { email } };
}

/** Until the address is typed the page does not say whose link it is. */
async function sendLinkPage(
  req: SignInRequest,
  res: Response,
  { values, errors }: FormAnswers,
): Promise<void> {
  const { token } = req.params;
  const opened = await openLink(res.locals.context, token, browserMark(req));
  if (!opened) return sendEnded(res);
  const mark = formToken(markBrowser(req, res));
  const error = hasErrors({ errors });
  const page = { title: 'Logga in', ...shownOf(opened), ...{ token, mark, values, errors, error } };
  sendPage(res, 'office/settings/sign-in-link', page, error ? 422 : 200);
}

function shownOf({ organiser, needsAddress }: OpenedLink) {
  return { name: needsAddress ? '' : organiser.name, needsAddress };
}

function sendEnded(res: Response): void {
  sendPage(res, 'office/settings/sign-in-ended', { title: 'Länken gäller inte längre' }, 404);
}
