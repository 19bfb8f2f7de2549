import type { Event } from '../../events/event.ts';
import { isFree } from '../../events/rules.ts';
import type { Content } from '../../outbox/message.ts';
import type { LetterFacts, LetterKind } from '../../registrations/owed-letter.ts';
import { type DateWords, datesIn } from '../../texts/dates.ts';
import { type Language, type TextKey, textsIn, type Words } from '../../texts/texts.ts';
import { filled } from '../mailings/placeholders.ts';

/** The addresses that a letter can lead to. */
export type Links = { own: string; cancel: string; event: string };

/** What one kind of letter says between greeting and signature. */
type Part = Pick<Content, 'paragraphs' | 'facts' | 'action'> & { welcome?: boolean };

/** What was true when the letter was owed, and the words of its language for it. */
type Telling = { facts: LetterFacts; links: Links; language: Language; t: Words; dates: DateWords };

/** What a letter of this kind says. */
export function partOf(kind: LetterKind, facts: LetterFacts, language: Language, links: Links): Part {
  return parts[kind]({ facts, links, language, t: textsIn(language), dates: datesIn(language) });
}

/** Every kind of letter, in the order in which somebody may get them. */
const parts: Record<LetterKind, (telling: Telling) => Part> = {
  bekraftelse: (telling) => ({
    ...going(telling, 'mejl.lank'),
    paragraphs: [
      text(telling, 'mejl.bekraftelse.text'),
      ...byWhom(telling),
      telling.t('mejl.bekraftelse.kalender'),
    ],
    welcome: true,
  }),
  vantelista: (telling) => ({
    ...going(telling, 'mejl.lank.ko'),
    paragraphs: [text(telling, 'mejl.vantelista.text'), ...byWhom(telling), ...queueWords(telling)],
  }),
  erbjudande: (telling) => ({
    ...going(telling, 'mejl.lank'),
    paragraphs: [
      text(telling, 'mejl.erbjudande.text'),
      telling.t('mejl.bekraftelse.kalender'),
      telling.t('mejl.erbjudande.avboka'),
    ],
    welcome: true,
  }),
  lista: (telling) => {
    const { facts, dates, t } = telling;
    const nar = dates.when(facts.start, facts.end);
    const first = t('mejl.lista.text', { titel: facts.title, nar });
    return asking(telling, [first, (facts.names ?? []).join('\n'), t('mejl.lista.sedan')]);
  },
  redan: (telling) =>
    telling.facts.waitsUntil
      ? { ...going(telling, 'mejl.lank.ko'), paragraphs: [text(telling, 'mejl.redan.ko.text')] }
      : { ...going(telling, 'mejl.lank.visa'), paragraphs: [text(telling, 'mejl.redan.text')] },
  nylank: (telling) => ({
    ...going(telling, telling.facts.waitsUntil ? 'mejl.lank.ko' : 'mejl.lank.visa'),
    paragraphs: [text(telling, 'mejl.nylank.text')],
  }),
  andrat: (telling) => {
    const [link, still] = telling.facts.waitsUntil
      ? (['mejl.lank.ko', 'mejl.andrat.ko'] as const)
      : (['mejl.lank', 'mejl.andrat.kvar'] as const);
    const paragraphs = [
      text(telling, 'mejl.andrat.text'),
      ...changesOf(telling),
      telling.t(still),
      ...closingWords(telling),
    ];
    return { ...going(telling, link), paragraphs };
  },
  utanplats: (telling) => ({
    ...going(telling, 'mejl.lank.ko'),
    paragraphs: [text(telling, 'mejl.utanplats.text'), ...queueWords(telling)],
  }),
  ingenplats: (telling) => asking(telling, [text(telling, 'mejl.ingenplats.text')]),
  nyadress: (telling) => asking(telling, [text(telling, 'mejl.nyadress.text')]),
  fraga: (telling) => ({
    ...going(telling, 'mejl.fraga.lank', telling.links.cancel),
    paragraphs: [text(telling, 'mejl.fraga.text'), telling.t('mejl.fraga.svara')],
  }),
  paminnelse: (telling) => {
    const part = going(telling, 'mejl.lank');
    const programme = { label: telling.t('mejl.kalender.program'), value: telling.links.event };
    return {
      ...part,
      paragraphs: [text(telling, 'mejl.paminnelse.text'), telling.t('mejl.paminnelse.avboka')],
      facts: [...part.facts, programme],
    };
  },
  lank: (telling) => {
    const { t, facts, links } = telling;
    return {
      paragraphs: [text(telling, 'mejl.lank.text')],
      facts: [...factLines(telling), { label: t('mejl.lank'), value: links.own }],
      action: { label: t('mejl.lank.anslut'), url: facts.place, note: t('mejl.lank.anmalda') },
    };
  },
  avbokad: (telling) => asking(telling, [text(telling, 'mejl.avbokad.text')]),
  lamnat: (telling) => asking(telling, [text(telling, 'mejl.lamnat.text')]),
  installt: (telling) => {
    const { facts, dates, t } = telling;
    const values = { titel: facts.title, datum: dates.day(facts.start), orsak: facts.reason ?? '' };
    const rest = t(facts.waitsUntil ? 'mejl.installt.ko' : 'mejl.installt.avboka');
    return asking(telling, [t('mejl.installt.text', values).trim(), rest]);
  },
  tack: (telling) => withDocumentation(telling, text(telling, 'mejl.tack.text')),
  saknad: (telling) => withDocumentation(telling, text(telling, 'mejl.saknad.text')),
  utskick: (telling) => asking(telling, ownWords(telling)),
};

type LinkKey = 'mejl.lank' | 'mejl.lank.ko' | 'mejl.lank.visa' | 'mejl.fraga.lank';
type TitleKey = Extract<TextKey, `mejl.${string}.text`>;

/** A text about the event by its title. */
function text({ facts, t }: Telling, key: TitleKey): string {
  return t(key, { titel: facts.title });
}

/** For those to whom it matters when and where, with the link to their own page. */
function going(telling: Telling, label: LinkKey, url = telling.links.own) {
  const { t } = telling;
  return { facts: factLines(telling), action: { label: t(label), url, note: t('mejl.lank.personlig') } };
}

/** For those who have nothing left to look up: whom to ask, and no personal link. */
function asking({ facts, t }: Telling, paragraphs: string[]): Part {
  return { paragraphs, facts: [{ label: t('mejl.fragor'), value: contactOf(facts) }] };
}

function withDocumentation(telling: Telling, first: string): Part {
  const { facts, links, t } = telling;
  const part = asking(telling, [first]);
  const documents = (facts.documentation ?? []).map(({ title, url }) => ({ label: title, value: url }));
  if (documents.length === 0) return part;
  return {
    paragraphs: [first, t('mejl.dokumentation', { sida: links.event })],
    facts: [...documents, ...(part.facts ?? [])],
  };
}

/** Whoever is signed up by somebody else learns by whom. */
function byWhom({ facts: { registeredBy }, t }: Telling): string[] {
  return registeredBy ? [t('mejl.anmaldav', { namn: registeredBy })] : [];
}

/** The place in each queue that one stands in, what happens next, and until when. */
function queueWords(telling: Telling): string[] {
  const { facts, t } = telling;
  const places = (facts.queue ?? []).map(({ mode, number }) => t(`mejl.ko.${mode}`, { nummer: number }));
  return [places.join('\n'), t('mejl.ko.sedan'), ...closingWords(telling)];
}

/** Until when one can get a seat, for who waits for one. */
function closingWords({ facts: { waitsUntil }, t, dates }: Telling): string[] {
  return waitsUntil ? [t('mejl.ko.slut', { slut: dates.moment(waitsUntil) })] : [];
}

/** What has changed, with what was true before. */
function changesOf({ facts: { before, ...now }, t, dates }: Telling): string[] {
  if (!before) return [];
  const moved = +before.start !== +now.start || +before.end !== +now.end;
  const times = { nar: dates.when(now.start, now.end), gammal: dates.when(before.start, before.end) };
  return [
    ...(moved ? [t('mejl.andrat.tid', times)] : []),
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

/** Who attends online has the meeting link for a place, or none while there is no link. */
function isOnline(place: string): boolean {
  return place === '' || URL.canParse(place);
}

function factLines({ facts, t, dates }: Telling): NonNullable<Content['facts']> {
  return [
    { label: t('evenemang.nar'), value: `${dates.when(facts.start, facts.end)} (${t('mejl.svensktid')})` },
    { label: t('evenemang.var'), value: whereInWords(facts, t) },
    { label: t('evenemang.kostnad'), value: isFree(facts) ? t('evenemang.kostnad.fri') : facts.cost },
    { label: t('mejl.fragor'), value: contactOf(facts) },
  ];
}

function whereInWords({ mode, place, waitsFor = [] }: LetterFacts, t: Words): string {
  // Who waits has no link to wait for.
  if (waitsFor.length > 1) return t('evenemang.var.hybrid', { plats: place });
  if (waitsFor.length === 1 && mode === 'digitalt') return t('falt.deltagande.digitalt');
  if (!place) return t('evenemang.var.digitalt');
  return mode === 'plats' ? place : `${t('falt.deltagande.digitalt')}, ${place}`;
}

/** Whom to ask: name, address, telephone. */
export function contactOf(facts: LetterFacts): string {
  return [facts.contactName, facts.contactEmail, facts.contactPhone].filter(Boolean).join(', ');
}

/** The Swedish subject of a letter by hand about this event, as the office lists it. */
export function subjectFor({ subject }: { subject: string }, event: Event): string {
  const { title, start, end } = event;
  const dates = datesIn('sv');
  const nobody = { fornamn: '', efternamn: '', plats: '', lank: '' };
  const values = { ...nobody, titel: title, datum: dates.plainDay(start), tid: dates.span(start, end) };
  return filled(subject, values);
}

/** The subject of a letter by hand. It never holds the receiver's name or link, since subjects are seen in lists. */
export function ownSubject(facts: LetterFacts, language: Language): string {
  return filled(facts.written?.subject ?? '', valuesFor(facts, language, ''));
}

/** The paragraphs of a letter by hand: an empty line parts them. */
function ownWords({ facts, language, links }: Telling): string[] {
  const written = filled(facts.written?.text ?? '', valuesFor(facts, language, links.own));
  return written.split(/\n{2,}/).filter((paragraph) => paragraph.trim());
}

function valuesFor(facts: LetterFacts, language: Language, lank: string) {
  const dates = datesIn(language);
  return {
    fornamn: facts.givenName,
    efternamn: facts.written?.familyName ?? '',
    titel: facts.title,
    datum: dates.plainDay(facts.start),
    tid: dates.span(facts.start, facts.end),
    plats: facts.place || textsIn(language)('evenemang.var.digitalt'),
    lank,
  };
}
