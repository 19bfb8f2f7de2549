import type { Request, Response } from 'express';
import { addressIn } from '../../base/form/addresses.ts';
import { tidy } from '../../base/form/cleaning.ts';
import { paths } from '../../base/paths.ts';
import type { PublicEvent } from '../../events/public-events.ts';
import { statusOf } from '../../events/rules.ts';
import {
  countReminders,
  eraseReminders,
  keepReminder,
  secondsToAskAgain,
} from '../../registrations/openings/reminder.ts';
import { wrongAddressTexts } from '../../registrations/question-rules.ts';
import { inLanguage } from '../../texts/addresses.ts';
import { type Language, textsIn } from '../../texts/texts.ts';
import { type Errors, typedIn } from '../../web/forms.ts';
import { refuseFlood, tooMany } from '../../web/guards.ts';
import { sendPage } from '../../web/pages.ts';
import { postedEventAt, publicEventAt } from '../parts/event-facts.ts';
import { openingWords } from '../parts/event-words.ts';

type EventRequest = Request<{ slug: string }>;

/** The form for anyone who wants a letter when sign-up opens; with `skickat` in the address, the answer, which is the same for everybody. */
export async function showRemindMe(req: EventRequest, res: Response): Promise<void> {
  const place = await publicEventAt(req.params.slug);
  if (isUpcoming(place, res)) sendForm(res, place, { wasSent: req.query.skickat !== undefined });
  else toEvent(res, place);
}

/** Keeps the address until sign-up opens. Anyone who comes later is led to the event, where the form is. */
export async function submitRemindMe(req: EventRequest, res: Response): Promise<void> {
  const place = await postedEventAt(req.params.slug);
  const { lang, context } = res.locals;
  const t = textsIn(lang);
  if (!isUpcoming(place, res)) return toEvent(res, place);
  const values = typedIn(req);
  const read = addressIn(values.email);
  if ('wrong' in read) {
    refuseFlood(res);
    const email = t(tidy(values.email) ? wrongAddressTexts[read.wrong] : 'fel.epost.saknas');
    return sendForm(res, place, { values, errors: { email } });
  }
  const seconds = await secondsToAskAgain(context);
  if (seconds > 0) throw tooMany(res, seconds);
  await keepReminder(context, place.event, read.address, lang);
  res.redirect(303, `${inLanguage(paths.remindMe(place.event.slug), lang)}?skickat`);
}

function isUpcoming({ event }: PublicEvent, res: Response): boolean {
  return statusOf(event, res.locals.now) === 'upcoming';
}

function toEvent(res: Response, { event }: PublicEvent): void {
  res.redirect(303, inLanguage(paths.event(event.slug), res.locals.lang));
}

type RemindMeForm = { values?: Record<string, string>; errors?: Errors; wasSent?: boolean };

function sendForm(res: Response, { event, authority }: PublicEvent, shown: RemindMeForm): void {
  const { values = {}, errors = {}, wasSent = false } = shown;
  const { lang } = res.locals;
  const error = 'email' in errors;
  const page = {
    title: textsIn(lang)(wasSent ? 'paminn.klart.rubrik' : 'paminn.rubrik'),
    addressIn: (language: Language) => inLanguage(paths.remindMe(event.slug), language),
    ...{ event, authority, values, errors, error, wasSent },
    opening: openingWords(event, lang),
  };
  sendPage(res, 'site/event/remind-me', page, error ? 422 : 200);
}

/** Asks whether the address behind a letter's link shall be erased; it changes nothing, since programs open links in letters. */
export async function showEraseReminder(req: Request<{ token: string }>, res: Response): Promise<void> {
  res.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' });
  const count = await countReminders(req.params.token);
  if (count === 0) return toGone(res);
  const title = textsIn(res.locals.lang)('paminn.bort.rubrik');
  sendPage(res, 'site/event/erase-reminder', { title, count, token: req.params.token });
}

/** Erases the address for all events. */
export async function submitEraseReminder(req: Request<{ token: string }>, res: Response): Promise<void> {
  await eraseReminders(req.params.token);
  toGone(res);
}

function toGone(res: Response): void {
  res.redirect(303, inLanguage(paths.noReminders(), res.locals.lang));
}

/** Says that no address is kept. */
export async function showNoReminders(_req: Request, res: Response): Promise<void> {
  sendPage(res, 'site/event/no-reminders', { title: textsIn(res.locals.lang)('paminn.borta.rubrik') });
}
