import type { Request, Response } from 'express';
import { inviteForm } from '../../authorities/form.ts';
import { changeSettings } from '../../authorities/settings.ts';
import {
  settingsFields,
  settingsForm,
  settingsIn,
  settingsOf,
  settingsSections,
} from '../../authorities/settings-form.ts';
import { idFrom } from '../../base/database.ts';
import { paths } from '../../base/paths.ts';
import { findOrganiser, listOrganisers, removeOrganiser } from '../../organisers/organiser.ts';
import { invite } from '../../organisers/sign-in.ts';
import { listSessions } from '../../organisers/sign-in-session.ts';
import { lettersLeave } from '../../outbox/outbox.ts';
import { NotFound } from '../../web/errors.ts';
import { type FormAnswers, hasErrors, readForm } from '../../web/forms.ts';
import { sendPage } from '../../web/pages.ts';
import { sendEditConflict } from '../parts/edit-conflict.ts';
import { ownBoard } from '../parts/guard.ts';
import { withQuery } from '../parts/query-string.ts';

/** What the page shows besides what stands in the database; `calendarLink` is the link to the own calendar that was just made. */
type ShownSettings = {
  settings?: FormAnswers;
  colleague?: FormAnswers;
  calendarLink?: string;
  done?: unknown;
};

/** The county board's own settings, and its organisers. */
export async function showSettings(req: Request, res: Response): Promise<void> {
  await sendSettings(res, { done: req.query.klart });
}

/** Saves the settings as they were seen. */
export async function submitSettings(req: Request, res: Response): Promise<void> {
  const answers = await readForm(req, settingsForm());
  if (hasErrors(answers)) return sendSettings(res, { settings: answers });
  // The only field that may be empty: a form without it leaves the number that stands.
  const telephone = answers.values.contactPhone;
  const saved = await changeSettings(
    res.locals.context,
    ownBoard(res)._id,
    Number(req.body.version),
    settingsIn(
      telephone === undefined ? { ...req.body, contactPhone: ownBoard(res).contactPhone } : req.body,
    ),
  );
  if (!('refused' in saved)) return res.redirect(303, withQuery(paths.ownSettings(), { klart: 'sparat' }));
  const { authority } = saved;
  sendEditConflict(res, {
    action: paths.ownSettings(),
    fields: settingsFields,
    now: settingsOf(authority),
    typed: answers.values,
    version: authority.version,
  });
}

/** Lets a colleague in. */
export async function submitInvite(req: Request, res: Response): Promise<void> {
  const colleague = await readForm(req, inviteForm());
  if (hasErrors(colleague)) return sendSettings(res, { colleague });
  const { name, email } = req.body;
  const organiser = await invite(res.locals.context, ownBoard(res)._id, { name, email });
  if ('refused' in organiser) {
    const errors = {
      email: 'Adressen hör redan till en organisatör hos er. Skriv en annan, till exempel namn@example.se',
    };
    return sendSettings(res, { colleague: { ...colleague, errors } });
  }
  const sent = lettersLeave(res.locals.context, organiser);
  res.redirect(303, withQuery(paths.ownSettings(), { klart: sent ? 'inbjuden' : 'tillagd' }));
}

/** Asks whether the organiser shall go. */
export async function showRemove(req: Request<{ id: string }>, res: Response): Promise<void> {
  const organiser = await ownOrganiser(req.params.id, res);
  sendPage(res, 'office/settings/remove-organiser', {
    title: 'Ta bort en organisatör',
    current: 'settings',
    person: organiser,
    last: false,
  });
}

/** Takes the organiser away, not the last one. */
export async function submitRemove(req: Request<{ id: string }>, res: Response): Promise<void> {
  const organiser = await ownOrganiser(req.params.id, res);
  const result = await removeOrganiser(res.locals.context, ownBoard(res)._id, req.params.id);
  if (!('refused' in result))
    return res.redirect(303, withQuery(paths.ownSettings(), { klart: 'borttagen' }));
  const page = {
    title: 'Ta bort en organisatör',
    current: 'settings',
    person: organiser,
    last: true,
    error: true,
  };
  sendPage(res, 'office/settings/remove-organiser', page, 422);
}

/** @throws NotFound for another county board's */
async function ownOrganiser(id: string, res: Response) {
  const organiser = idFrom(id) ? await findOrganiser(id) : null;
  if (organiser?.authority !== ownBoard(res)._id) throw new NotFound();
  return organiser;
}

/** Answers with the settings' page. */
export async function sendSettings(
  res: Response,
  { settings, colleague, calendarLink, done }: ShownSettings,
): Promise<void> {
  const board = ownBoard(res);
  const { organiser: own, now } = res.locals;
  const organisers = await listOrganisers(board._id);
  const errors = { ...settings?.errors, ...colleague?.errors };
  const error = hasErrors({ errors });
  const page = {
    title: 'Inställningar',
    current: 'settings',
    board,
    sections: settingsSections,
    organisers,
    calendarMadeAt: organisers.find((one) => String(one._id) === own?.id)?.calendarMadeAt,
    calendarLink,
    devices: await listSessions(own?.id ?? '', now),
    errors,
    error,
    settings: settings ?? { values: settingsOf(board), errors: {} },
    colleague: colleague ?? { values: {}, errors: {} },
    done,
  };
  sendPage(res, 'office/settings/settings', page, error ? 422 : 200);
}
