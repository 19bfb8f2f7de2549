import type { Response } from 'express';
import { shownAddress } from '../../base/form/addresses.ts';
import type { Situation } from '../../events/situation.ts';
import { missedOut } from '../../registrations/personal/rules.ts';
import { changeable } from '../../registrations/questions.ts';
import type { Registration } from '../../registrations/registration.ts';
import { type Language, textsIn, type Words } from '../../texts/texts.ts';
import { lastMinuteBefore, openingWords } from '../parts/event-words.ts';

/** How one's own registration stands, in a word or two and colour. */
export function ownTag(registration: Registration, situation: Situation, t: Words) {
  if (situation.event.state === 'cancelled') return { text: t('lage.cancelled'), color: 'danger' };
  const { status, waitsFor } = registration;
  const hasLeft = status === 'cancelled' && waitsFor.length > 0;
  if (hasLeft || missedOut(registration, situation)) return { text: t('min.lage.lamnat'), color: 'neutral' };
  const colors = { confirmed: 'success', waiting: 'warning', cancelled: 'neutral' };
  return { text: t(`min.lage.${status}`), color: colors[status] };
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

/** What somebody else changed meanwhile, by the labels of the form; nothing for other names. */
export function alsoWords(names: string[], t: Words): string {
  const labels = changeable.filter(({ name }) => names.includes(name)).map(({ label }) => t(label));
  return labels.length > 0 ? t('min.andrat.aven', { falt: labels.join(', ') }) : '';
}

/** Why something cannot be done now, or what can be done instead. */
export function explanation(registration: Registration, situation: Situation, lang: Language): string {
  const t = textsIn(lang);
  const { event, status, now } = situation;
  const waits = registration.status === 'waiting';
  if (status === 'past') return '';
  if (registration.status === 'cancelled') return cancelledWords(registration, situation, t);
  if (status === 'cancelled') return t(waits ? 'mejl.installt.ko' : 'mejl.installt.avboka');
  if (missedOut(registration, situation)) return t('min.ko.ingen');
  if (now >= event.start) return t('min.pagar');
  if (status === 'upcoming') return `${openingWords(event, lang)} ${t('min.intenu')}`;
  return lateWords(situation, waits, lang);
}

/** What is too late, and until when it could be done. */
function lateWords(situation: Situation, waits: boolean, lang: Language): string {
  const t = textsIn(lang);
  const { event, isChangeable: mayChange, isCancellable: maySkip, changesEnd, cancellationsEnd } = situation;
  if (!mayChange && maySkip && !event.changeUntil && !event.cancelUntil)
    return t(waits ? 'min.ko.stangd' : 'min.stangd');
  const ask = { namn: event.contactName, epost: shownAddress(event.contactEmail) };
  return [
    ...(mayChange ? [] : [t('min.andra.stangd', lastMinuteBefore(changesEnd, lang))]),
    ...(maySkip ? [] : [t('min.avboka.stangd', { ...lastMinuteBefore(cancellationsEnd, lang), ...ask })]),
  ].join(' ');
}

function cancelledWords(registration: Registration, situation: Situation, t: Words): string {
  const gone = goneWords(registration, situation, t);
  const { mode } = registration;
  const { status, free, joinable } = situation;
  if (status === 'full') return `${gone} ${t(joinable.length > 0 ? 'anmalan.fullt' : 'min.igen.fullt')}`;
  if (status !== 'open' || free.includes(mode)) return gone;
  return `${gone} ${t(`anmalan.fullt.${mode}`)} ${t('min.igen.annatsatt')}`;
}

/** Cancelled, left the waiting list, or waited for a seat that never came. */
function goneWords(
  { waitsFor, cancelledAt }: Registration,
  { offered, waitingListEnd }: Situation,
  t: Words,
): string {
  if (waitsFor.length === 0) return t('min.arAvbokad');
  const isOffered = waitsFor.some((mode) => offered.includes(mode));
  const wasInTime = cancelledAt !== null && cancelledAt < waitingListEnd;
  return t(isOffered && wasInTime ? 'min.ko.lamnat' : 'min.ko.ingen');
}
