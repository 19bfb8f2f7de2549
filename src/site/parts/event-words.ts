import type { Authority } from '../../authorities/authority.ts';
import { isoDay } from '../../base/dates.ts';
import { shownAddress } from '../../base/form/addresses.ts';
import type { Event } from '../../events/event.ts';
import type { ListedEvent } from '../../events/public-events.ts';
import { isFree, offeredModes, seatsLeft, venueOf } from '../../events/rules.ts';
import { fullMode, type Situation } from '../../events/situation.ts';
import { datesIn } from '../../texts/dates.ts';
import { type Language, textsIn, type Words } from '../../texts/texts.ts';

type Tag = { text: string; color: 'neutral' | 'info' | 'success' | 'warning' | 'danger' };

const colors = {
  draft: 'neutral',
  upcoming: 'info',
  open: 'success',
  full: 'warning',
  closed: 'neutral',
  cancelled: 'danger',
  past: 'neutral',
} as const;

/** How an event stands, in words and colour. */
export function tagsOf(situation: Situation<ListedEvent>, language: Language): Tag[] {
  const t = textsIn(language);
  const { event, status, joinable } = situation;
  const full = fullMode(situation);
  const lage = full ? t(`lage.full.${full}`) : t(`lage.${status}`);
  const main = joinable.length > 0 ? t('lage.vantelista', { lage }) : lage;
  const isMoved = event.movedFrom && status !== 'past' && status !== 'cancelled';
  return [
    { text: main, color: full ? colors.full : colors[status] },
    ...(isMoved ? [{ text: t('lage.flyttat'), color: 'info' as const }] : []),
  ];
}

/** How an event stands on a line of a list: seats left say that it is open, and its place in the list that it is over. */
export function standingOf(situation: Situation<ListedEvent>, language: Language) {
  const { status } = situation;
  const [state, ...others] = tagsOf(situation, language);
  const notes = notesOf(situation, language);
  const seats = seatsWords(situation, textsIn(language));
  if (!state || status === 'past') return { tags: [], notes };
  const isOpen = status === 'open' && fullMode(situation) === undefined;
  const [text] = seats;
  if (!isOpen || !text || seats.length > 1) return { tags: [state, ...others], notes };
  return { tags: [{ ...state, text }, ...others], notes: notes.filter((note) => note !== text) };
}

/** What a list says under the tags: when sign-up opens, or how many seats are left and until when. */
function notesOf(situation: Situation<ListedEvent>, language: Language): string[] {
  const t = textsIn(language);
  const { event, status } = situation;
  if (status === 'upcoming' && event.opensAt)
    return [t('lista.oppnar', { dag: datesIn(language).day(event.opensAt) })];
  if (status === 'full') return queueNotes(situation, language);
  if (status !== 'open') return [];
  const { datum } = lastMinuteBefore(situation.signUpEnd, language);
  const full = fullMode(situation);
  const left = full && t(`lage.kvar.${full === 'plats' ? 'digitalt' : 'plats'}`);
  return [...(left ? [left] : seatsWords(situation, t)), t('lista.senast', { dag: datum })];
}

/** Until when one can join the waiting list, while one can. */
function queueNotes(situation: Situation<ListedEvent>, language: Language): string[] {
  if (situation.joinable.length === 0) return [];
  const end = new Date(Math.min(+situation.signUpEnd, +situation.waitingListEnd));
  return [textsIn(language)('lista.senast.ko', { dag: lastMinuteBefore(end, language).datum })];
}

/** How many wait, a line for each mode whose list one can join, and until when the list lives. */
export function queueWords(
  { event, joinable, offered, waitingListEnd }: Situation,
  language: Language,
): string[] {
  const t = textsIn(language);
  if (joinable.length === 0) return [];
  const named = offered.length > 1;
  const numbers = joinable.map((mode) => {
    const antal = event.waiting[mode];
    if (!named) return t('evenemang.ko.antal', { antal });
    return t('evenemang.ko.antal.satt', { satt: t(`falt.deltagande.${mode}`), antal });
  });
  return [...numbers, t('evenemang.ko.slut', { slut: datesIn(language).moment(waitingListEnd) })];
}

/** How many wait where there is one list, and until when it lives. */
export function queueSentences({ event, offered, waitingListEnd }: Situation, language: Language): string {
  const t = textsIn(language);
  const [only, ...more] = offered;
  const antal =
    only && more.length === 0 ? [`${t('evenemang.ko.antal', { antal: event.waiting[only] })}.`] : [];
  return [...antal, t('mejl.ko.slut', { slut: datesIn(language).moment(waitingListEnd) })].join(' ');
}

/** Where it is held: the place, "Digitalt", or both; for one who attends in a known way, where that is. */
export function whereWords(
  event: Pick<Event, 'venue' | 'address' | 'seats'>,
  t: Words,
  ways = offeredModes(event),
): string {
  if (!ways.includes('plats')) return t('falt.deltagande.digitalt');
  return ways.includes('digitalt') ? t('evenemang.var.hybrid', { plats: venueOf(event) }) : venueOf(event);
}

/** How many seats are left, a line for each mode that has a limit; named where there are two modes. */
export function seatsWords({ event, offered }: Situation<ListedEvent>, t: Words): string[] {
  return offered.flatMap((mode) => {
    const antal = seatsLeft(event, mode);
    if (antal === undefined) return [];
    const satt = t(`falt.deltagande.${mode}`);
    if (offered.length > 1) return [t('evenemang.platserkvar.satt', { satt, antal })];
    return [t('evenemang.platserkvar', { antal })];
  });
}

/** What it costs; where it costs nothing in the words of the language, else as the organiser wrote it in Swedish. */
export function costWords(event: Pick<Event, 'cost'>, t: Words): { text: string; own: boolean } {
  return isFree(event) ? { text: t('evenemang.kostnad.fri'), own: false } : { text: event.cost, own: true };
}

/** The last minute before a moment, as the texts about last moments take it. */
export function lastMinuteBefore(moment: Date, language: Language): { datum: string; tid: string } {
  const date = datesIn(language);
  return { datum: date.plainDay(new Date(moment.getTime() - 1)), tid: date.lastMinute(moment) };
}

/** Until when one can sign up, while one can; nothing where there is only a waiting list, which closes sooner. */
export function deadlineWords(
  { status, now, signUpEnd, waitingListEnd }: Situation,
  language: Language,
): string {
  const t = textsIn(language);
  if (status === 'full' && waitingListEnd < signUpEnd) return '';
  const { datum, tid } = lastMinuteBefore(signUpEnd, language);
  const endsToday = isoDay(new Date(signUpEnd.getTime() - 1)) === isoDay(now);
  return endsToday ? t('sista.snart', { tid }) : t('sista.oppen', { datum, tid });
}

/** Until when those who sign up can change their answers and cancel. */
export function laterWords({ event, changesEnd, cancellationsEnd }: Situation, language: Language): string {
  const { lastDay } = datesIn(language);
  const andra = lastDay(changesEnd);
  if (!event.cancelUntil) return textsIn(language)('anmalan.sedan.start', { andra });
  return textsIn(language)('anmalan.sedan', { andra, avboka: lastDay(cancellationsEnd) });
}

/** Why there is no form on the event's page, and whom one can ask; nothing while it is open, or where there is nothing to sign up to. */
export function closedWords(
  { event, status, signUpEnd }: Situation,
  authority: Authority,
  language: Language,
): string[] {
  const t = textsIn(language);
  const ask = t('sista.stangdKontakt', { namn: event.contactName, epost: shownAddress(event.contactEmail) });
  const closing = lastMinuteBefore(signUpEnd, language);
  switch (status) {
    case 'upcoming':
      return [openingWords(event, language), t('sista.oppen', closing)];
    case 'closed':
      return [t(authority.closingText === 'somIdag' ? 'sista.stangdSomIdag' : 'sista.stangd', closing), ask];
    case 'full':
      return [t('anmalan.fullt.utanko'), ask];
    default:
      return [];
  }
}

/** When sign-up opens. */
export function openingWords({ opensAt }: Pick<Event, 'opensAt'>, language: Language): string {
  const date = datesIn(language);
  if (!opensAt) return '';
  return textsIn(language)('sista.inteoppnad', { datum: date.plainDay(opensAt) });
}
