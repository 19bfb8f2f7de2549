import { shownAddress } from '../../base/form/addresses.ts';
import type { Event } from '../../events/event.ts';
import { titleWithRoom } from '../../events/planning/parallel.ts';
import { isFree } from '../../events/rules.ts';
import type { Content } from '../../outbox/message.ts';
import { subjectOf } from '../../outbox/message.ts';
import type { LetterFacts } from '../../registrations/letter-facts.ts';
import type { TextKey, Words } from '../../texts/texts.ts';
import type { LetterTold, Part, Telling } from './kind.ts';

type SubjectKey = Extract<TextKey, `mejl.${string}.amne`>;
type TitleKey = Extract<TextKey, `mejl.${string}.text`>;
type LinkKey = Extract<TextKey, `mejl.lank${string}` | 'mejl.fraga.lank'>;
type SpeakerLinkKey = Extract<TextKey, `mejl.medverkan.lank${string}`>;

/** The subject of this text about the event, whose title is cut if the line gets too long. */
export function about(key: SubjectKey): (told: LetterTold) => string {
  return ({ facts, t, dates }) => {
    const datum = dates.plainDay(facts.start);
    return subjectOf((titel) => t(key, { titel, datum }), facts.title);
  };
}

/** A text about the event by its title. */
export function titled({ facts, t }: LetterTold, key: TitleKey): string {
  return t(key, { titel: facts.title });
}

/** For those to whom it matters when and where, with the link to their personal page. */
export function going(telling: Telling, label: LinkKey, url = telling.links.own) {
  const { t } = telling;
  const action = { label: t(stillTrue(label, telling)), url, note: t('mejl.lank.personlig') };
  return { facts: whenAndWhere(telling), action };
}

/** What the personal link is good for: only what the receiver could still do when the letter was owed. */
export function stillTrue(label: LinkKey, { facts: { ends } }: LetterTold): LinkKey {
  if (label !== 'mejl.lank' || !ends) return label;
  if (ends.change) return ends.cancel ? label : 'mejl.lank.andra';
  return ends.cancel ? 'mejl.lank.avboka' : 'mejl.lank.se';
}

/** For those who have nothing left to look up: whom to ask, and no personal link. */
export function asking({ facts, t }: LetterTold, paragraphs: string[]): Part {
  return { paragraphs, facts: [{ label: t('mejl.fragor'), value: contactOf(facts) }] };
}

/** For those who are not to come: which day and place it was about, whom to ask, and where the other days are. */
export function leaving(
  { facts, links, t, dates }: Telling,
  paragraphs: string[],
): Part & Required<Pick<Part, 'facts'>> {
  const { start, end, mode, place } = facts;
  return {
    paragraphs,
    facts: [
      { label: t('evenemang.nar'), value: t('mejl.nar', { nar: dates.when(start, end) }) },
      { label: t('evenemang.var'), value: mode === 'plats' ? place : t('falt.deltagande.digitalt') },
      { label: t('mejl.fragor'), value: contactOf(facts) },
      { label: t('mejl.andraDagar'), value: links.events },
    ],
  };
}

/** The same for those who left by themselves and may come back: the way back, and until when it is open. */
export function leavingWithWayBack(telling: Telling, first: string): Part {
  const { facts, links, t, dates } = telling;
  const until = facts.ends?.signUp;
  if (!until) return leaving(telling, [first]);
  const way = t('mejl.igen', { senast: dates.lastMoment(until) });
  const action = { label: t('mejl.lank.igen'), url: links.own, note: t('mejl.lank.personlig') };
  return { ...leaving(telling, [first, way]), action };
}

/** When and where the event is, what it costs and whom to ask. */
export function whenAndWhere({ facts, t, dates }: LetterTold): NonNullable<Content['facts']> {
  return [
    { label: t('evenemang.nar'), value: t('mejl.nar', { nar: dates.when(facts.start, facts.end) }) },
    { label: t('evenemang.var'), value: whereInWords(facts, t) },
    { label: t('evenemang.kostnad'), value: isFree(facts) ? t('evenemang.kostnad.fri') : facts.cost },
    { label: t('mejl.fragor'), value: contactOf(facts) },
  ];
}

/** Nobody who waits for a seat is promised a meeting link. */
function whereInWords({ mode, place, waitsFor = [] }: LetterFacts, t: Words): string {
  if (waitsFor.length > 1) return t('evenemang.var.hybrid', { plats: place });
  if (waitsFor.length === 1 && mode === 'digitalt') return t('falt.deltagande.digitalt');
  if (!place) return onlineWords('kommer', t);
  return mode === 'plats' ? place : `${t('falt.deltagande.digitalt')}, ${place}`;
}

/** Whom to ask: name, address, telephone. */
export function contactOf(facts: LetterFacts): string {
  return [facts.contactName, shownAddress(facts.contactEmail), facts.contactPhone].filter(Boolean).join(', ');
}

/** Where those who attend online find the way in: in a letter to come, in the confirmation, or in what they have already. */
export type LinkState = 'kommer' | 'bekraftelse' | 'egen';

/** Where a new participant will find the meeting link: in the confirmation as soon as it is filled in. */
export function linkFor({ meetingLink }: Pick<Event, 'meetingLink'>): LinkState {
  return meetingLink ? 'bekraftelse' : 'kommer';
}

/** The sentence about the meeting link that every page and letter shares. */
export function linkWords(lank: LinkState, t: Words): string {
  return t('falt.deltagande.lank', { lank });
}

/** The same as an answer to where the event is. */
export function onlineWords(lank: LinkState, t: Words): string {
  return t('evenemang.var.digitalt', { lank: linkWords(lank, t) });
}

/** A sentence on who signed the receiver up, if that was somebody else. */
export function byWhom({ facts: { registeredBy }, t }: LetterTold): string[] {
  return registeredBy ? [t('mejl.anmaldav', { namn: registeredBy })] : [];
}

/** The receiver's number on each waiting list, what happens next, and until when. */
export function waitingWords(told: LetterTold): string[] {
  const { facts, t } = told;
  const places = (facts.queue ?? []).map(({ mode, number }) => t(`mejl.ko.${mode}`, { nummer: number }));
  return [places.join('\n'), t('mejl.ko.sedan'), ...closingWords(told)];
}

/** Until when somebody who waits can get a seat. */
export function closingWords({ facts: { waitsUntil }, t, dates }: LetterTold): string[] {
  return waitsUntil ? [t('mejl.ko.slut', { slut: dates.moment(waitsUntil) })] : [];
}

/** A letter after the event: its first words, the presentations and films if there are any, and whom to ask. */
export function withDocumentation(telling: Telling, first: string): Part {
  const { facts, links, t } = telling;
  const part = asking(telling, [first]);
  const { origin } = new URL(links.event);
  const full = (url: string) => (url.startsWith('/') ? origin + url : url);
  const documents = (facts.documentation ?? []).map(({ title, url }) => ({ label: title, value: full(url) }));
  if (documents.length === 0) return part;
  return {
    paragraphs: [first, t('mejl.dokumentation', { sida: links.event })],
    facts: [...documents, ...(part.facts ?? [])],
  };
}

/** To a speaker: when, where and about what they speak, whom to ask, and their personal page. */
export function speaking(
  telling: Telling,
  paragraphs: string[],
  label: SpeakerLinkKey = 'mejl.medverkan.lank',
): Part {
  const { facts, links, t, dates } = telling;
  const { sessions = [] } = facts.speaker ?? {};
  return {
    paragraphs,
    facts: [
      { label: t('evenemang.nar'), value: t('mejl.nar', { nar: dates.when(facts.start, facts.end) }) },
      { label: t('evenemang.var'), value: whereInWords(facts, t) },
      ...(sessions.length > 0 ? [{ label: t('medverkan.program'), value: sessions.join(', ') }] : []),
      { label: t('mejl.fragor'), value: contactOf(facts) },
    ],
    action: { label: t(label), url: links.own, note: t('mejl.lank.personlig') },
  };
}

/** What an invented letter to a speaker of an event tells. */
export function sampleSpeaker({ sessions, state }: Event): { speaker: NonNullable<LetterFacts['speaker']> } {
  const first = sessions.find(({ isBreak }) => !isBreak);
  return { speaker: { sessions: first ? [titleWithRoom(first)] : [], isPublic: state !== 'draft' } };
}
