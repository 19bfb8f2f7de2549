import type { Request, Response } from 'express';
import { addressForm } from '../../authorities/form.ts';
import { paths } from '../../base/paths.ts';
import { removeExample, sizeOfExample } from '../../example/remove.ts';
import { findOrganiser } from '../../organisers/organiser.ts';
import { startSession } from '../../organisers/sign-in-session.ts';
import { deviceOf } from '../../web/device.ts';
import { NotFound } from '../../web/errors.ts';
import { type FormAnswers, hasErrors, readForm } from '../../web/forms.ts';
import { sendPage } from '../../web/pages.ts';
import { beginSession } from '../../web/sessions.ts';
import { ownBoard } from '../parts/guard.ts';

/** Counts what would go, and asks for the address of the organiser who goes on. */
export async function showRemoveExample(_req: Request, res: Response): Promise<void> {
  await sendQuestion(res, { values: {}, errors: {} });
}

/** Takes the example county away, and signs in the organiser who goes on. A real organiser stays signed in. */
export async function submitRemoveExample(req: Request, res: Response): Promise<void> {
  const { context } = res.locals;
  const answers = (await isInvented(res)) ? await readForm(req, addressForm()) : undefined;
  if (answers && hasErrors(answers)) return sendQuestion(res, answers);
  const { events, organisers } = await sizeOfExample();
  if (events + organisers === 0) throw new NotFound();
  const heir = await removeExample(context, ownBoard(res)._id, answers && req.body.email);
  if (heir && 'refused' in heir) {
    const email =
      'Adressen hör redan till en organisatör hos er. Logga in med den, och ta bort exemplet sedan';
    return sendQuestion(res, { values: answers?.values ?? {}, errors: { email } });
  }
  if (heir) await beginSession(req, await startSession(context, heir._id, deviceOf(req.get('User-Agent'))));
  res.redirect(303, paths.office());
}

/** @throws NotFound if there is no example county */
async function sendQuestion(res: Response, { values, errors }: FormAnswers): Promise<void> {
  const size = await sizeOfExample();
  if (size.events + size.organisers === 0) throw new NotFound();
  const error = hasErrors({ errors });
  const page = { title: 'Ta bort exemplet', current: 'settings', size, needsHeir: await isInvented(res) };
  sendPage(res, 'office/settings/remove-example', { ...page, values, errors, error }, error ? 422 : 200);
}

async function isInvented(res: Response): Promise<boolean> {
  return (await findOrganiser(res.locals.organiser?.id ?? ''))?.example === true;
}
