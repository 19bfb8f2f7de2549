import type { Authority } from '../../authorities/authority.ts';
import { isoDay } from '../../base/dates.ts';
import type { Event, Mode } from '../../events/event.ts';
import type { ListedEvent } from '../../events/public-events.ts';
import {
  hasSeat,
  isFree,
  offeredModes,
  seatsLeft,
  signUpEnd,
  statusOf,
  venueOf,
  waitingListEnd,
  waitingListModes,
} from '../../events/rules.ts';
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

/** How an event stands at a moment, in words and colour. */
export function tagsOf(event: ListedEvent, language: Language, now: Date): Tag[] {
  const t = textsIn(language);
  const status = statusOf(event, now);
  const fullMode = fullModeOf(event, now);
  const lage = fullMode ? t(`lage.full.${fullMode}`) : t(`lage.${status}`);
  const main = queuesOf(event, now).length > 0 ? t('lage.vantelista', { lage }) : lage;
  const isMoved = event.movedFrom && status !== 'past' && status !== 'cancelled';
  return [
    { text: main, color: fullMode ? colors.full : colors[status] },
    ...(isMoved ? [{ text: t('lage.flyttat'), color: 'info' as const }] : []),
  ];
}

/** What a list says under the tags: when sign-up opens, or how many seats are left and until when. */
export function notesOf(event: ListedEvent, language: Language, now: Date): string[] {
  const t = textsIn(language);
  const status = statusOf(event, now);
  if (status === 'upcoming' && event.opensAt)
    return [t('lista.oppnar', { dag: datesIn(language).day(event.opensAt) })];
  if (status === 'full') return queueNotes(event, language, now);
  if (status !== 'open') return [];
  const { datum } = closingWords(event, language);
  const fullMode = fullModeOf(event, now);
  const left = fullMode && t(`lage.kvar.${fullMode === 'plats' ? 'digitalt' : 'plats'}`);
  return [...(left ? [left] : seatsWords(event, t)), t('lista.senast', { dag: datum })];
}

/** Until when one can join the waiting list, while one can. */
function queueNotes(event: ListedEvent, language: Language, now: Date): string[] {
  if (queuesOf(event, now).length === 0) return [];
  const end = new Date(Math.min(+signUpEnd(event), +waitingListEnd(event)));
  return [textsIn(language)('lista.senast.ko', { dag: lastMinuteBefore(end, language).datum })];
}

/** The ways whose waiting list one can join now: sign-up is open, and so is the list. */
export function queuesOf(event: ListedEvent, now: Date): Mode[] {
  return ['open', 'full'].includes(statusOf(event, now)) ? waitingListModes(event, now) : [];
}

/** How many wait, a line for each way that has an open list, and until when the list lives. */
export function queueWords(event: Event, language: Language, now: Date): string[] {
  const t = textsIn(language);
  const queues = queuesOf(event, now);
  if (queues.length === 0) return [];
  const named = offeredModes(event).length > 1;
  const numbers = queues.map((mode) => {
    const antal = event.waiting[mode];
    if (!named) return t('evenemang.ko.antal', { antal });
    return t('evenemang.ko.antal.satt', { satt: t(`falt.deltagande.${mode}`), antal });
  });
  return [...numbers, t('evenemang.ko.slut', { slut: datesIn(language).moment(waitingListEnd(event)) })];
}

/** How many wait where there is one list, and until when it lives. */
export function queueSentences(event: Event, language: Language): string {
  const t = textsIn(language);
  const [only, ...more] = offeredModes(event);
  const antal =
    only && more.length === 0 ? [`${t('evenemang.ko.antal', { antal: event.waiting[only] })}.`] : [];
  return [...antal, t('mejl.ko.slut', { slut: datesIn(language).moment(waitingListEnd(event)) })].join(' ');
}

/** The way that is full while one can sign up for the other. */
function fullModeOf(event: ListedEvent, now: Date): Mode | undefined {
  if (statusOf(event, now) !== 'open') return undefined;
  return offeredModes(event).find((mode) => !hasSeat(event, mode));
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

/** How many seats are left, a line for each way that has a limit; named where there are two ways. */
export function seatsWords(event: Pick<Event, 'seats' | 'taken' | 'waiting'>, t: Words): string[] {
  const offered = offeredModes(event);
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

/** The last day and its last minute, as the texts `sista.*` take them. */
export function closingWords(
  event: Pick<Event, 'closesAt' | 'start'>,
  language: Language,
): { datum: string; tid: string } {
  return lastMinuteBefore(signUpEnd(event), language);
}

/** The last minute before a moment, as the texts about last moments take it. */
export function lastMinuteBefore(moment: Date, language: Language): { datum: string; tid: string } {
  const date = datesIn(language);
  return { datum: date.plainDay(new Date(moment.getTime() - 1)), tid: date.lastMinute(moment) };
}

/** Until when one can sign up, while one can; nothing where there is only a waiting list, which closes sooner. */
export function deadlineWords(event: Event, language: Language, now: Date): string {
  const t = textsIn(language);
  if (statusOf(event, now) === 'full' && waitingListEnd(event) < signUpEnd(event)) return '';
  const { datum, tid } = closingWords(event, language);
  const endsToday = isoDay(new Date(signUpEnd(event).getTime() - 1)) === isoDay(now);
  return endsToday ? t('sista.snart', { tid }) : t('sista.oppen', { datum, tid });
}

/** Why there is no form on the event's page, and whom one can ask; nothing while it is open, or where there is nothing to sign up to. */
export function closedWords(event: Event, authority: Authority, language: Language, now: Date): string[] {
  const t = textsIn(language);
  const ask = t('sista.stangdKontakt', { namn: event.contactName, epost: event.contactEmail });
  const closing = closingWords(event, language);
  switch (statusOf(event, now)) {
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
  return textsIn(language)('sista.inteoppnad', { datum: date.plainDay(opensAt), tid: date.clock(opensAt) });
}
