import type { Response } from 'express';
import type { Event } from '../../events/event.ts';
import {
  cancellationsEnd,
  changesEnd,
  hasSeat,
  isCancellable,
  isChangeable,
  offeredModes,
  statusOf,
  waitingListEnd,
} from '../../events/rules.ts';
import type { Own } from '../../registrations/personal/opened.ts';
import type { Registration } from '../../registrations/registration.ts';
import { type Language, textsIn, type Words } from '../../texts/texts.ts';
import { lastMinuteBefore, openingWords, queuesOf } from '../parts/event-words.ts';

/** How one's own registration stands, in a word or two and colour. */
export function ownTag({ registration, event }: Own, t: Words, now: Date) {
  if (event.state === 'cancelled') return { text: t('lage.cancelled'), color: 'danger' };
  const { status, waitsFor } = registration;
  const hasLeft = status === 'cancelled' && waitsFor.length > 0;
  if (hasLeft || missedOut(registration, event, now)) return { text: t('min.lage.lamnat'), color: 'neutral' };
  const colors = { confirmed: 'success', waiting: 'warning', cancelled: 'neutral' };
  return { text: t(`min.lage.${status}`), color: colors[status] };
}

/** True for somebody who still waits when the list has closed, which the worker tells them before long. */
export function missedOut({ status }: Registration, event: Event, now: Date): boolean {
  return status === 'waiting' && now >= waitingListEnd(event);
}

/** What was just done, as long as it is still so. */
export function doneWords(done: unknown, { status, waitsFor }: Registration, res: Response): string {
  const t = textsIn(res.locals.lang);
  if (done === 'kvar' && status === 'confirmed') return t('min.kvar');
  if (done === 'paminnelser' && status !== 'cancelled') return t('min.paminnelser.gjort');
  if (done === 'andrad' && status !== 'cancelled') return t('min.andrat');
  if (done !== 'avbokad' || status !== 'cancelled') return '';
  return t(waitsFor.length > 0 ? 'min.ko.lamnat.klart' : 'min.avbokad');
}

/** Why something cannot be done now, or what can be done instead. */
export function explanation({ registration, event }: Own, res: Response): string {
  const { lang, now } = res.locals;
  const t = textsIn(lang);
  const status = statusOf(event, now);
  const waits = registration.status === 'waiting';
  if (status === 'past') return '';
  if (registration.status === 'cancelled') return cancelledWords(registration, event, t, now);
  if (status === 'cancelled') return t(waits ? 'mejl.installt.ko' : 'mejl.installt.avboka');
  if (missedOut(registration, event, now)) return t('min.ko.ingen');
  if (now >= event.start) return t('min.pagar');
  if (status === 'upcoming') return `${openingWords(event, lang)} ${t('min.intenu')}`;
  return lateWords(event, waits, lang, now);
}

/** What is too late, and until when it could be done. */
function lateWords(event: Event, waits: boolean, lang: Language, now: Date): string {
  const t = textsIn(lang);
  const [mayChange, maySkip] = [isChangeable(event, now), isCancellable(event, now)];
  if (!mayChange && maySkip && !event.changeUntil && !event.cancelUntil)
    return t(waits ? 'min.ko.stangd' : 'min.stangd');
  const ask = { namn: event.contactName, epost: event.contactEmail };
  return [
    ...(mayChange ? [] : [t('min.andra.stangd', lastMinuteBefore(changesEnd(event), lang))]),
    ...(maySkip
      ? []
      : [t('min.avboka.stangd', { ...lastMinuteBefore(cancellationsEnd(event), lang), ...ask })]),
  ].join(' ');
}

function cancelledWords(registration: Registration, event: Event, t: Words, now: Date): string {
  const gone = goneWords(registration, event, t);
  const { mode } = registration;
  const status = statusOf(event, now);
  if (status === 'full')
    return `${gone} ${t(queuesOf(event, now).length > 0 ? 'anmalan.fullt' : 'min.igen.fullt')}`;
  if (status !== 'open' || hasSeat(event, mode)) return gone;
  return `${gone} ${t(`anmalan.fullt.${mode}`)} ${t('min.igen.annatsatt')}`;
}

/** Cancelled, left the waiting list, or waited for a seat that never came. */
function goneWords({ waitsFor, cancelledAt }: Registration, event: Event, t: Words): string {
  if (waitsFor.length === 0) return t('min.arAvbokad');
  const isOffered = waitsFor.some((mode) => offeredModes(event).includes(mode));
  const wasInTime = cancelledAt !== null && cancelledAt < waitingListEnd(event);
  return t(isOffered && wasInTime ? 'min.ko.lamnat' : 'min.ko.ingen');
}
