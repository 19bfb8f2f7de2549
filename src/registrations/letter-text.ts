import { datesIn, type Language } from '../base/dates.ts';
import { inLanguage, paths } from '../base/paths.ts';
import { readsReplies, type Settings } from '../base/settings.ts';
import { type TextKey, textsIn } from '../base/texts.ts';
import { cancellation, type Entry, invitation } from '../calendar/invitation.ts';
import { isFree } from '../events/rules.ts';
import type { Letter } from '../post/letter.ts';
import { type Content, type Message, messageIdOf, subjectOf } from '../post/message.ts';
import { followUp, ownSubject } from './follow-up-text.ts';
import type { Facts, LetterKind } from './letters.ts';
import { tokenOf } from './links.ts';

/** The line that a letter shows in a list of letters. */
export function subjectLine(letter: Pick<Letter, 'kind' | 'facts' | 'language'>): string {
  const facts = letter.facts as Facts;
  const t = textsIn(letter.language);
  const datum = datesIn(letter.language).plainDay(facts.start);
  const kind = letter.kind as LetterKind;
  if (kind === 'utskick') return ownSubject(facts, letter.language);
  const key = kind === 'redan' && facts.waitsUntil ? 'mejl.redan.ko.amne' : (`mejl.${kind}.amne` as const);
  return subjectOf((titel) => t(key, { titel, datum }), facts.title);
}

/** What the letter says, written once for text and HTML, with its calendar object. */
export async function compose(letter: Letter, settings: Settings): Promise<Message> {
  const facts = letter.facts as Facts;
  const kind = letter.kind as LetterKind;
  const confirmation = messageIdOf(`${facts.registration}.bekraftelse.0`, settings.mailFrom);
  return {
    subject: subjectLine(letter),
    content: contentOf(letter, facts, settings),
    calendar: letter.calendar && { method: letter.calendar, text: calendarObject(letter, facts, settings) },
    references: kind === 'bekraftelse' ? undefined : confirmation,
    ...(unasked.includes(kind) && { unsubscribe: unsubscribeLink(letter, facts, settings) }),
  };
}

/** Letters that one can do without: they say where to say no to them (R62). What changes is told all the same. */
const unasked: LetterKind[] = ['paminnelse', 'tack', 'saknad'];

function unsubscribeLink({ language, to }: Letter, facts: Facts, settings: Settings): string {
  const token = tokenOf({ _id: facts.registration, email: to.address }, settings.secret);
  return settings.baseUrl + inLanguage(paths.reminders(token), language);
}

/** Letters to an address that has nothing left to look up: they carry no personal link. */
const leaving: LetterKind[] = [
  'avbokad',
  'installt',
  'nyadress',
  'ingenplats',
  'lamnat',
  'lista',
  'tack',
  'saknad',
  'utskick',
];

function contentOf(letter: Letter, facts: Facts, settings: Settings): Content {
  const { language, to } = letter;
  const kind = letter.kind as LetterKind;
  const t = textsIn(language);
  const token = tokenOf({ _id: facts.registration, email: to.address }, settings.secret);
  const path = kind === 'fraga' ? paths.cancelRegistration(token) : paths.registration(token);
  const link = settings.baseUrl + inLanguage(path, language);
  const privacy = settings.baseUrl + inLanguage(paths.privacy(), language);
  const stays = !leaving.includes(kind);
  const sender = [facts.unit, facts.authority].filter(Boolean).join(', ');
  const page = settings.baseUrl + inLanguage(paths.event(facts.slug), language);
  const frame: Content = {
    greeting: t('mejl.halsning', { fornamn: facts.givenName }),
    paragraphs: paragraphsOf(kind, facts, language),
    facts: stays ? factLines(facts, language) : [{ label: t('mejl.fragor'), value: contactOf(facts) }],
    action: stays
      ? {
          label: t(actionOf(kind, facts)),
          url: link,
          note: t('mejl.lank.personlig'),
        }
      : undefined,
    closing: [[welcoming.includes(kind) && t('mejl.valkommen'), sender].filter(Boolean).join('\n')],
    footer: { label: t('mejl.dataskydd'), url: privacy },
  };
  return followUp(kind, facts, language, frame, { own: link, page });
}

const welcoming: LetterKind[] = ['bekraftelse', 'erbjudande'];

function actionOf(kind: LetterKind, { waitsUntil }: Facts): TextKey {
  if (kind === 'fraga') return 'mejl.fraga.lank';
  if (waitsUntil) return 'mejl.lank.ko';
  return kind === 'redan' || kind === 'nylank' ? 'mejl.lank.visa' : 'mejl.lank';
}

function paragraphsOf(kind: LetterKind, facts: Facts, language: Language): string[] {
  const t = textsIn(language);
  const titel = facts.title;
  switch (kind) {
    case 'bekraftelse':
      return [
        t('mejl.bekraftelse.text', { titel }),
        ...byWhom(facts, language),
        t('mejl.bekraftelse.kalender'),
      ];
    case 'andrat':
      return [
        t('mejl.andrat.text', { titel }),
        ...changesOf(facts, language),
        t(facts.waitsUntil ? 'mejl.andrat.ko' : 'mejl.andrat.kvar'),
      ];
    case 'redan':
      return [t(facts.waitsUntil ? 'mejl.redan.ko.text' : 'mejl.redan.text', { titel })];
    case 'vantelista':
      return [
        t('mejl.vantelista.text', { titel }),
        ...byWhom(facts, language),
        ...queueWords(facts, language),
      ];
    case 'utanplats':
      return [t('mejl.utanplats.text', { titel }), ...queueWords(facts, language)];
    case 'lista': {
      const { start, end, names = [] } = facts;
      const nar = datesIn(language).when(start, end);
      return [t('mejl.lista.text', { titel, nar }), names.join('\n'), t('mejl.lista.sedan')];
    }
    case 'erbjudande':
      return [
        t('mejl.erbjudande.text', { titel }),
        t('mejl.bekraftelse.kalender'),
        t('mejl.erbjudande.avboka'),
      ];
    case 'installt': {
      const datum = datesIn(language).day(facts.start);
      return [
        t('mejl.installt.text', { titel, datum, orsak: facts.reason ?? '' }).trim(),
        t(facts.waitsUntil ? 'mejl.installt.ko' : 'mejl.installt.avboka'),
      ];
    }
    case 'fraga':
      return [t('mejl.fraga.text', { titel }), t('mejl.fraga.svara')];
    case 'utskick':
      return [];
    default:
      return [t(`mejl.${kind}.text` satisfies TextKey, { titel })];
  }
}

/** Whoever is signed up by somebody else learns by whom. */
function byWhom({ registeredBy }: Facts, language: Language): string[] {
  return registeredBy ? [textsIn(language)('mejl.anmaldav', { namn: registeredBy })] : [];
}

/** The place in each queue that one stands in, what happens next, and until when. */
function queueWords({ queue = [], waitsUntil }: Facts, language: Language): string[] {
  const t = textsIn(language);
  const places = queue.map(({ mode, number }) => t(`mejl.ko.${mode}`, { nummer: number }));
  const end = waitsUntil && t('mejl.ko.slut', { slut: datesIn(language).moment(waitsUntil) });
  return [places.join('\n'), t('mejl.ko.sedan'), ...(end ? [end] : [])];
}

/** What has changed, with what was true before. */
function changesOf({ before, ...now }: Facts, language: Language): string[] {
  if (!before) return [];
  const t = textsIn(language);
  const dates = datesIn(language);
  const moved = +before.start !== +now.start || +before.end !== +now.end;
  const online = t('evenemang.var.digitalt');
  return [
    ...(moved
      ? [
          t('mejl.andrat.tid', {
            nar: dates.when(now.start, now.end),
            gammal: dates.when(before.start, before.end),
          }),
        ]
      : []),
    ...(before.place !== now.place
      ? [t('mejl.andrat.plats', { var: now.place || online, gammal: before.place || online })]
      : []),
  ];
}

function factLines(facts: Facts, language: Language): Content['facts'] {
  const t = textsIn(language);
  return [
    {
      label: t('evenemang.nar'),
      value: `${datesIn(language).when(facts.start, facts.end)} (${t('mejl.svensktid')})`,
    },
    { label: t('evenemang.var'), value: whereInWords(facts, language) },
    { label: t('evenemang.kostnad'), value: isFree(facts) ? t('evenemang.kostnad.fri') : facts.cost },
    { label: t('mejl.fragor'), value: contactOf(facts) },
  ];
}

function whereInWords({ mode, place }: Facts, language: Language): string {
  const t = textsIn(language);
  if (!place) return t('evenemang.var.digitalt');
  return mode === 'plats' ? place : `${t('falt.deltagande.digitalt')}, ${place}`;
}

function contactOf(facts: Facts): string {
  return [facts.contactName, facts.contactEmail, facts.contactPhone].filter(Boolean).join(', ');
}

function calendarObject(letter: Letter, facts: Facts, settings: Settings): string {
  const t = textsIn(letter.language);
  const url = settings.baseUrl + inLanguage(paths.event(facts.slug), letter.language);
  const entry: Entry = {
    uid: facts.uid,
    sequence: facts.sequence,
    stamp: facts.stamp ?? letter.createdAt,
    start: facts.start,
    end: facts.end,
    title: facts.title,
    location: facts.place || t('falt.deltagande.digitalt'),
    // No personal link here: calendars are shared with others (R9, R32).
    description: `${t('mejl.kalender.program')}: ${url}\n${t('mejl.fragor')}: ${contactOf(facts)}`,
    url,
    organiser: letter.from,
    attendee: letter.to,
    asksForAnswer: readsReplies(settings),
  };
  return letter.calendar === 'CANCEL' ? cancellation(entry) : invitation(entry);
}
