import type { Authority } from '../authorities/authority.ts';
import { catalogue } from '../base/catalogue.ts';
import { datesIn, isoDay, type Language } from '../base/dates.ts';
import { textsIn, type Words } from '../base/texts.ts';
import type { Event, Mode } from '../events/event.ts';
import type { ListedEvent } from '../events/listing.ts';
import { hasSeat, offeredModes, placeOf, seatsLeft, statusOf } from '../events/rules.ts';

type Tag = { text: string; color: 'neutral' | 'info' | 'success' | 'warning' | 'danger' };

/** The state of an event as tags, and the lines that belong to it in a list. */
export type Standing = { tags: Tag[]; notes: string[] };

const colors = {
  draft: 'neutral',
  upcoming: 'info',
  open: 'success',
  full: 'warning',
  closed: 'neutral',
  cancelled: 'danger',
  past: 'neutral',
} as const;

/** How an event stands at a moment, in the words of a language. */
export function standingOf(event: ListedEvent, language: Language, now: Date): Standing {
  const t = textsIn(language);
  const date = datesIn(language);
  const status = statusOf(event, now);
  const isComing = status !== 'past' && status !== 'cancelled';
  const moved: Tag[] = event.movedFrom && isComing ? [{ text: t('lage.flyttat'), color: 'info' }] : [];
  const fullMode = offeredModes(event).find((mode) => status === 'open' && !hasSeat(event, mode));
  const main = fullMode ? t(`lage.full.${fullMode}`) : t(`lage.${status}`);
  const tags: Tag[] = [{ text: main, color: fullMode ? colors.full : colors[status] }, ...moved];
  if (status === 'upcoming' && event.opensAt)
    return { tags, notes: [t('lista.oppnar', { dag: date.day(event.opensAt) })] };
  if (status !== 'open') return { tags, notes: [] };
  const { datum } = closingWords(event, language);
  const seats = fullMode
    ? [t(`lage.kvar.${fullMode === 'plats' ? 'digitalt' : 'plats'}`)]
    : seatsWords(event, t);
  return { tags, notes: [...seats, t('lista.senast', { dag: datum })] };
}

/** Where it is held: the place, "Digitalt", or both; for one who attends in a known way, where that is. */
export function whereWords(
  event: Pick<Event, 'venue' | 'address' | 'seats'>,
  t: Words,
  ways = offeredModes(event),
): string {
  if (!ways.includes('plats')) return t('falt.deltagande.digitalt');
  return ways.includes('digitalt') ? t('evenemang.var.hybrid', { plats: placeOf(event) }) : placeOf(event);
}

/** How many seats are left, a line for each way that has a limit; named where there are two ways. */
export function seatsWords(event: Pick<Event, 'seats' | 'taken'>, t: Words): string[] {
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
  const free = event.cost === catalogue['evenemang.kostnad.fri'][0];
  return { text: free ? t('evenemang.kostnad.fri') : event.cost, own: !free };
}

/** When sign-up really ends: the midnight after the last day, or the start where that is sooner. */
export function closingOf({ closesAt, start }: Pick<Event, 'closesAt' | 'start'>): Date {
  return closesAt < start ? closesAt : start;
}

/** The last day and its last minute, as the texts `sista.*` take them. */
export function closingWords(
  event: Pick<Event, 'closesAt' | 'start'>,
  language: Language,
): { datum: string; tid: string } {
  const date = datesIn(language);
  const closing = closingOf(event);
  return { datum: date.plainDay(new Date(closing.getTime() - 1)), tid: date.lastMinute(closing) };
}

/** Until when one can sign up, while one can. */
export function deadlineWords(event: Event, language: Language, now: Date): string {
  const t = textsIn(language);
  const { datum, tid } = closingWords(event, language);
  const endsToday = isoDay(new Date(closingOf(event).getTime() - 1)) === isoDay(now);
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
      return [t('anmalan.fullt'), ask];
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

/** The ways of attending in which there is a seat. */
export function freeModes(event: Event): Mode[] {
  return offeredModes(event).filter((mode) => hasSeat(event, mode));
}

/** A line of its own begins with a capital letter, also where it begins with a day of the week. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
