import type { Response } from 'express';
import type { Language } from '../base/dates.ts';
import { inLanguage, paths } from '../base/paths.ts';
import { textsIn, type Words } from '../base/texts.ts';
import type { Event } from '../events/event.ts';
import {
  cancellationsEnd,
  changesEnd,
  hasSeat,
  isCancellable,
  isChangeable,
  statusOf,
} from '../events/rules.ts';
import type { Changes } from '../registrations/change.ts';
import { tokenOf } from '../registrations/links.ts';
import { hasReturned, type Own } from '../registrations/own.ts';
import type { Registration } from '../registrations/registration.ts';
import type { Errors } from '../web/forms.ts';
import { sendPage } from '../web/pages.ts';
import { noticesOf, placeFacts } from './event.ts';
import { lastMinuteBefore, openingWords } from './event-words.ts';
import { markFor } from './grace.ts';
import { answersInWords, formPartsOf } from './registration-form.ts';

/** What the page shows besides the registration: what was just done, or (with `errors`) a form that was not taken, held against `moment`. */
type Shown = { done?: unknown; values?: Record<string, string>; errors?: Errors; moment?: Date };

/** Sends the page of one's own registration: 200, or 422 with what was typed where something was not taken. */
export async function sendOwn(
  res: Response,
  place: Own,
  { done, values = answersOf(place.registration), errors, moment = res.locals.now }: Shown,
): Promise<void> {
  const { lang, now, act } = res.locals;
  const { registration, event } = place;
  const t = textsIn(lang);
  const token = tokenOf(registration, act.settings.secret);
  const isActive = registration.status === 'confirmed';
  const returned = !isActive && (await hasReturned(registration));
  const mayChange = isActive && isChangeable(event, moment);
  const status = statusOf(event, now);
  sendPage(
    res,
    'site/own',
    {
      title: t('min.rubrik'),
      languageLink: inLanguage(paths.registration(token), lang === 'sv' ? 'en' : 'sv'),
      error: errors !== undefined,
      ...{ ...place, values, token, mayChange },
      errors: errors ?? {},
      tag: tagOf(place, t),
      mayCancel: mayCancel(place, now),
      ...lastMoments(event, lang),
      mark: markFor(event, values, res),
      isClosed: status === 'closed',
      mayReturn: !isActive && !returned && status === 'open' && hasSeat(event, registration.mode),
      done: doneWords(done, registration, res),
      notices: noticesOf(event, lang, now),
      explanation: returned ? t('min.igen.gjort') : explanation(place, res),
      facts: placeFacts(event, lang, [registration.mode]),
      answers: answersInWords(answersOf(registration), place, t),
      form: formPartsOf(place, t, registration.mode),
    },
    errors ? 422 : 200,
  );
}

function tagOf({ registration, event }: Own, t: Words) {
  if (event.state === 'cancelled') return { text: t('lage.cancelled'), color: 'danger' };
  const color = registration.status === 'confirmed' ? 'success' : 'neutral';
  return { text: t(`min.lage.${registration.status}`), color };
}

/** Until when one can change and cancel, where the organiser has decided it. */
function lastMoments(event: Event, lang: Language) {
  const t = textsIn(lang);
  return {
    lastChange: event.changeUntil && t('min.andra.senast', lastMinuteBefore(changesEnd(event), lang)),
    lastCancel: event.cancelUntil && t('min.avboka.senast', lastMinuteBefore(cancellationsEnd(event), lang)),
  };
}

/** One can cancel until the last moment for it. */
export function mayCancel({ registration, event }: Own, now: Date): boolean {
  return registration.status === 'confirmed' && isCancellable(event, now);
}

/** The answers that a person can change, as the form shows them; the address is not among them (R9). */
export function answersOf({
  givenName,
  familyName,
  organisation,
  municipality,
  role,
  mode,
}: Registration): Changes {
  return { givenName, familyName, organisation, municipality, role, mode };
}

function doneWords(done: unknown, { status }: Registration, res: Response): string {
  const t = textsIn(res.locals.lang);
  if (done === 'andrad' && status === 'confirmed') return t('min.andrat');
  return done === 'avbokad' && status === 'cancelled' ? t('min.avbokad') : '';
}

/** Why something cannot be done now, or what can be done instead. */
function explanation({ registration, event }: Own, res: Response): string {
  const { lang, now } = res.locals;
  const t = textsIn(lang);
  const status = statusOf(event, now);
  if (status === 'past') return '';
  if (registration.status === 'cancelled') return cancelledWords(registration, event, t, now);
  if (status === 'cancelled') return t('mejl.installt.avboka');
  if (now >= event.start) return t('min.pagar');
  if (status === 'upcoming') return `${openingWords(event, lang)} ${t('min.intenu')}`;
  return lateWords(event, lang, now);
}

/** What is too late, and until when it could be done. */
function lateWords(event: Event, lang: Language, now: Date): string {
  const t = textsIn(lang);
  const [mayChange, maySkip] = [isChangeable(event, now), isCancellable(event, now)];
  if (!mayChange && maySkip && !event.changeUntil && !event.cancelUntil) return t('min.stangd');
  const ask = { namn: event.contactName, epost: event.contactEmail };
  return [
    ...(mayChange ? [] : [t('min.andra.stangd', lastMinuteBefore(changesEnd(event), lang))]),
    ...(maySkip
      ? []
      : [t('min.avboka.stangd', { ...lastMinuteBefore(cancellationsEnd(event), lang), ...ask })]),
  ].join(' ');
}

function cancelledWords({ mode }: Registration, event: Event, t: Words, now: Date): string {
  const status = statusOf(event, now);
  if (status === 'full') return t('min.igen.fullt');
  if (status !== 'open' || hasSeat(event, mode)) return t('min.arAvbokad');
  return `${t('min.arAvbokad')} ${t(`anmalan.fullt.${mode}`)} ${t('min.igen.annatsatt')}`;
}
