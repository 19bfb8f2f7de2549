import type { Event, Mode } from '../../events/event.ts';
import { whereFor } from '../../registrations/letter-facts.ts';
import type { Words } from '../../texts/texts.ts';
import type { LetterKind, LetterTold } from '../writing/kind.ts';
import { about, closingWords, going, titled } from '../writing/phrases.ts';

/** To those whom it concerns that the event has another time, place or meeting link. */
export const changed: LetterKind = {
  subject: (told) => about(subjectKey(told))(told),
  says: (telling) => {
    const [link, still] = telling.facts.waitsUntil
      ? (['mejl.lank.ko', 'mejl.andrat.ko'] as const)
      : (['mejl.lank', 'mejl.andrat.kvar'] as const);
    const paragraphs = [
      titled(telling, 'mejl.andrat.text'),
      ...changesIn(telling),
      ...linesOf(telling.facts.words),
      telling.t(still),
      ...closingWords(telling),
    ];
    return { ...going(telling, link), paragraphs };
  },
  office: {
    name: 'Ändrat',
    when: 'Går till de anmälda som det berör när dag, tid, plats eller möteslänk ändras.',
  },
  saysWhenAndWhere: true,
  sample: (event, mode) => ({ more: { before: { ...earlierTime(event), place: placeOf(event, mode) } } }),
};

/** What the subject says first: what changed for the receiver. */
function subjectKey({ facts: { before, ...now } }: LetterTold) {
  if (!before) return 'mejl.andrat.amne';
  const isElsewhere = before.place !== now.place;
  const ways = [before.place, now.place].map(isOnline);
  if (isMoved(before, now))
    return isElsewhere && !ways[1] ? 'mejl.andrat.tidplats.amne' : 'mejl.andrat.tid.amne';
  if (ways[0] !== ways[1]) return `mejl.andrat.${now.mode}nu.amne` as const;
  return ways[1] ? 'mejl.lank.amne' : 'mejl.andrat.plats.amne';
}

type Time = { start: Date; end: Date };

function isMoved(before: Time, now: Time): boolean {
  return +before.start !== +now.start || +before.end !== +now.end;
}

/** The organiser's own words, a paragraph for each line. */
export function linesOf(words = ''): string[] {
  return words.split('\n').filter((line) => line.trim() !== '');
}

/** What has changed, with what was true before. */
export function changesIn({ facts: { before, ...now }, t, dates }: LetterTold): string[] {
  if (!before) return [];
  const times = { nar: dates.when(now.start, now.end), gammal: dates.when(before.start, before.end) };
  return [
    ...(isMoved(before, now) ? [t('mejl.andrat.tid', times)] : []),
    ...(before.place !== now.place ? [newPlace(before.place, now.place, t)] : []),
  ];
}

/** A meeting link is no place: it stands below, and what matters is whether the old one still holds. */
function newPlace(before: string, now: string, t: Words): string {
  if (isOnline(before) && isOnline(now)) {
    if (!now) return t('mejl.andrat.lank.bort');
    return t(before ? 'mejl.andrat.lank.ny' : 'mejl.andrat.lank.forsta');
  }
  const named = (place: string) => (isOnline(place) ? t('falt.deltagande.digitalt') : place);
  return t('mejl.andrat.plats', { var: named(now), gammal: named(before) });
}

/** The place of somebody who attends online is the meeting link, or nothing while there is none. */
function isOnline(place: string): boolean {
  return place === '' || URL.canParse(place);
}

const week = 7 * 24 * 3600_000;

/** When the event was to be before it moved; a week earlier if it never has. */
export function earlierTime({ movedFrom, start, end }: Event) {
  return movedFrom ?? { start: new Date(+start - week), end: new Date(+end - week) };
}

function placeOf(event: Event, mode: Mode): string {
  return whereFor(event, { mode, status: 'confirmed' });
}
