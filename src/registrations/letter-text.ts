import { datesIn, type Language } from '../base/dates.ts';
import { inLanguage, paths } from '../base/paths.ts';
import type { Settings } from '../base/settings.ts';
import { type TextKey, textsIn } from '../base/texts.ts';
import { cancellation, type Entry, invitation } from '../calendar/invitation.ts';
import { isFree } from '../events/rules.ts';
import type { Letter } from '../post/letter.ts';
import { type Content, type Message, messageIdOf, subjectOf } from '../post/message.ts';
import type { Facts, LetterKind } from './letters.ts';
import { tokenOf } from './links.ts';

/** The line that a letter shows in a list of letters. */
export function subjectLine(letter: Pick<Letter, 'kind' | 'facts' | 'language'>): string {
  const facts = letter.facts as Facts;
  const t = textsIn(letter.language);
  const datum = datesIn(letter.language).plainDay(facts.start);
  return subjectOf((titel) => t(`mejl.${letter.kind as LetterKind}.amne`, { titel, datum }), facts.title);
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
  };
}

/** Letters to an address that has nothing left to look up: they carry no personal link. */
const leaving: LetterKind[] = ['avbokad', 'installt', 'nyadress'];

function contentOf(letter: Letter, facts: Facts, settings: Settings): Content {
  const { language, to } = letter;
  const kind = letter.kind as LetterKind;
  const t = textsIn(language);
  const token = tokenOf({ _id: facts.registration, email: to.address }, settings.secret);
  const link = settings.baseUrl + inLanguage(paths.registration(token), language);
  const privacy = settings.baseUrl + inLanguage(paths.privacy(), language);
  const stays = !leaving.includes(kind);
  const sender = [facts.unit, facts.authority].filter(Boolean).join(', ');
  return {
    greeting: t('mejl.halsning', { fornamn: facts.givenName }),
    paragraphs: paragraphsOf(kind, facts, language),
    facts: stays ? factLines(facts, language) : [{ label: t('mejl.fragor'), value: contactOf(facts) }],
    action: stays
      ? {
          label: t(kind === 'redan' || kind === 'nylank' ? 'mejl.lank.visa' : 'mejl.lank'),
          url: link,
          note: t('mejl.lank.personlig'),
        }
      : undefined,
    closing: [[kind === 'bekraftelse' && t('mejl.valkommen'), sender].filter(Boolean).join('\n')],
    footer: { label: t('mejl.dataskydd'), url: privacy },
  };
}

function paragraphsOf(kind: LetterKind, facts: Facts, language: Language): string[] {
  const t = textsIn(language);
  const titel = facts.title;
  switch (kind) {
    case 'bekraftelse':
      return [t('mejl.bekraftelse.text', { titel }), t('mejl.bekraftelse.kalender')];
    case 'andrat':
      return [t('mejl.andrat.text', { titel }), ...changesOf(facts, language), t('mejl.andrat.kvar')];
    case 'installt': {
      const datum = datesIn(language).day(facts.start);
      return [
        t('mejl.installt.text', { titel, datum, orsak: facts.reason ?? '' }).trim(),
        t('mejl.installt.avboka'),
      ];
    }
    default:
      return [t(`mejl.${kind}.text` satisfies TextKey, { titel })];
  }
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
    stamp: letter.createdAt,
    start: facts.start,
    end: facts.end,
    title: facts.title,
    location: facts.place || t('falt.deltagande.digitalt'),
    // No personal link here: calendars are shared with others (R9, R32).
    description: `${t('mejl.kalender.program')}: ${url}\n${t('mejl.fragor')}: ${contactOf(facts)}`,
    url,
    organiser: letter.from,
    attendee: letter.to,
  };
  return letter.calendar === 'CANCEL' ? cancellation(entry) : invitation(entry);
}
