import type { Authority } from '../authorities/authority.ts';
import { catalogue } from '../base/catalogue.ts';
import { datesIn, isoDay, type Language } from '../base/dates.ts';
import { textsIn, type Words } from '../base/texts.ts';
import type { Event, Mode } from '../events/event.ts';
import type { ListedEvent } from '../events/listing.ts';
import { hasSeat, offeredModes, placeOf, seatsLeft, statusOf } from '../events/rules.ts';

/** The state of an event as a tag, and the lines that belong to it in a list. */
export type Standing = { tag: { text: string; color: string }; notes: string[] };

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
export function standingIn(language: Language, now: Date): (event: ListedEvent) => Standing {
  const t = textsIn(language);
  const date = datesIn(language);
  return (event) => {
    const status = statusOf(event, now);
    const fullMode = status === 'open' && offeredModes(event).find((mode) => !hasSeat(event, mode));
    if (fullMode)
      return {
        tag: { text: t(`lage.full.${fullMode}`), color: colors.full },
        notes: [
          t(`lage.kvar.${fullMode === 'plats' ? 'digitalt' : 'plats'}`),
          t('lista.senast', { dag: date.lastDay(closingOf(event)) }),
        ],
      };
    return {
      tag: { text: t(`lage.${status}`), color: colors[status] },
      notes: notesOf(event, language, now),
    };
  };
}

function notesOf(event: ListedEvent, language: Language, now: Date): string[] {
  const t = textsIn(language);
  const date = datesIn(language);
  const status = statusOf(event, now);
  const moved = event.movedFrom && status !== 'past' && status !== 'cancelled' ? [t('lage.flyttat')] : [];
  if (status === 'upcoming' && event.opensAt)
    return [...moved, t('lista.oppnar', { dag: date.day(event.opensAt) })];
  if (status !== 'open') return moved;
  return [...moved, t('lista.senast', { dag: date.lastDay(closingOf(event)) }), ...seatsWords(event, t)];
}

/** Where it is held: the place, "Digitalt", or both. */
export function whereWords(event: Pick<Event, 'venue' | 'address' | 'seats'>, t: Words): string {
  const offered = offeredModes(event);
  if (!offered.includes('plats')) return t('falt.deltagande.digitalt');
  return offered.includes('digitalt') ? t('evenemang.var.hybrid', { plats: placeOf(event) }) : placeOf(event);
}

/** How many seats are left, a line for each way that has a limit; named where there are two ways. */
export function seatsWords(event: Pick<Event, 'seats' | 'taken'>, t: Words): string[] {
  const offered = offeredModes(event);
  return offered.flatMap((mode) => {
    const antal = seatsLeft(event, mode);
    if (antal === undefined) return [];
    const words = t('evenemang.platserkvar', { antal });
    return [offered.length > 1 ? `${t(`falt.deltagande.${mode}`)}: ${words}` : words];
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
