import type { Request, Response } from 'express';
import { paths } from '../../base/paths.ts';
import { keepRegistration } from '../../registrations/changes/calendar-answer.ts';
import type { Own } from '../../registrations/personal/opened.ts';
import { setReminders } from '../../registrations/personal/reminders.ts';
import { inLanguage } from '../../texts/addresses.ts';
import { textsIn } from '../../texts/texts.ts';
import { sendPage } from '../../web/pages.ts';

type RemindersRequest = Request<{ token: string }>;

/** Asks whether one wants no more reminders; opening the page changes nothing, since programs open links in letters. */
export async function showReminders(place: Own, req: RemindersRequest, res: Response): Promise<void> {
  sendReminders(place, place.registration.noReminders === true, req, res);
}

/** No more reminders. Mail programs post here when their reader says so, and expect a 200 (RFC 8058). */
export async function submitNoReminders(place: Own, req: RemindersRequest, res: Response): Promise<void> {
  await setReminders(place.registration, false);
  sendReminders(place, true, req, res);
}

/** Reminders again. */
export async function submitReminders(
  { registration }: Own,
  req: RemindersRequest,
  res: Response,
): Promise<void> {
  await setReminders(registration, true);
  res.redirect(303, `${inLanguage(paths.registration(req.params.token), res.locals.lang)}?klart=paminnelser`);
}

/** The person comes although the calendar has said no. */
export async function submitKeep({ registration }: Own, req: RemindersRequest, res: Response): Promise<void> {
  await keepRegistration(res.locals.context, registration._id);
  res.redirect(303, `${inLanguage(paths.registration(req.params.token), res.locals.lang)}?klart=kvar`);
}

/** That address is for posts only; who opens it is led to the page with the choice. */
export async function toReminders(req: Request<{ token: string }>, res: Response): Promise<void> {
  res.redirect(303, inLanguage(paths.reminders(req.params.token), res.locals.lang));
}

function sendReminders({ event, authority }: Own, none: boolean, req: RemindersRequest, res: Response): void {
  const { token } = req.params;
  const t = textsIn(res.locals.lang);
  const title = none ? t('min.paminnelser.slut') : t('min.paminnelser.rubrik');
  sendPage(res, 'site/personal/reminders', { title, event, authority, token, none });
}
