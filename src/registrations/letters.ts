import type { Types } from 'mongoose';
import type { Authority } from '../authorities/authority.ts';
import type { Act } from '../base/act.ts';
import type { ClientSession } from '../base/database.ts';
import { datesIn, type Language } from '../base/dates.ts';
import { inLanguage, paths } from '../base/paths.ts';
import type { Settings } from '../base/settings.ts';
import { type TextKey, textsIn } from '../base/texts.ts';
import { cancellation, type Entry, invitation } from '../calendar/invitation.ts';
import type { Event, Mode } from '../events/event.ts';
import { placeOf } from '../events/rules.ts';
import type { Letter } from '../post/letter.ts';
import { type Content, type Message, messageIdOf, subjectOf } from '../post/message.ts';
import { owe } from '../post/outbox.ts';
import { tokenOf } from './links.ts';
import type { Registration } from './registration.ts';

/** The letters that a registration can be owed; the keys are those of the catalogue's `mejl.*`. */
export type LetterKind = 'bekraftelse' | 'redan' | 'nylank' | 'andrat' | 'avbokad' | 'installt';

/** The person, the event and the county board that a letter is about. */
export type Subject = { registration: Registration; event: Event; authority: Authority };

type Time = { start: Date; end: Date };

/** What was true when the letter was owed, so that it can be written later and still say just that. */
export type Facts = {
  registration: Types.ObjectId;
  givenName: string;
  mode: Mode;
  uid: string;
  sequence: number;
  slug: string;
  title: string;
  start: Date;
  end: Date;
  place: string;
  cost: string;
  contactName: string;
  contactEmail: string;
  contactPhone: string;
  authority: string;
  unit: string;
  before?: Time & { place: string };
  reason?: string;
};

type More = Pick<Facts, 'before' | 'reason'> & { calendar?: 'REQUEST' | 'CANCEL' | undefined };

/** Letters about something that changes once carry a revision; the others may be asked for again and again. */
const repeatable: LetterKind[] = ['redan', 'nylank'];

/** Writes one letter into the outbox, in the transaction of the act that owes it (R69). */
export async function oweLetter(
  act: Act,
  kind: LetterKind,
  subject: Subject,
  session: ClientSession,
  more: More = {},
): Promise<void> {
  await oweLetters([letterRow(act, kind, subject, more)], session);
}

/** The outbox row of one letter: what was true now, and to whom it goes. */
export function letterRow(
  act: Act,
  kind: LetterKind,
  { registration, event, authority }: Subject,
  more: More = {},
) {
  const { calendar = kind === 'bekraftelse' || kind === 'andrat' ? 'REQUEST' : undefined, ...facts } = more;
  const revision = repeatable.includes(kind) ? act.now.getTime() : registration.sequence;
  return {
    kind,
    key: `${registration._id}.${kind}.${revision}`,
    registration: registration._id,
    event: event._id,
    authority: event.authority,
    to: { name: `${registration.givenName} ${registration.familyName}`, address: registration.email },
    from: { name: authority.name, address: act.settings.mailFrom },
    replyTo: { name: event.contactName, address: event.contactEmail },
    language: registration.language,
    state: act.settings.smtpUrl && !registration.example ? ('queued' as const) : ('kept' as const),
    createdAt: act.now,
    dueAt: act.now,
    listed: true,
    calendar,
    facts: { ...factsOf(registration, event, authority), ...facts },
  };
}

/** Writes several letters at once, as after a change that concerns everybody. */
export async function oweLetters(
  rows: ReturnType<typeof letterRow>[],
  session: ClientSession,
): Promise<void> {
  await owe(rows, session);
}

function factsOf(registration: Registration, event: Event, authority: Authority): Facts {
  const { givenName, mode, uid, sequence } = registration;
  const { slug, title, start, end, cost, contactName, contactEmail, contactPhone } = event;
  return {
    registration: registration._id,
    ...{
      givenName,
      mode,
      uid,
      sequence,
      slug,
      title,
      start,
      end,
      cost,
      contactName,
      contactEmail,
      contactPhone,
    },
    place: whereFor(event, mode),
    authority: authority.name,
    unit: authority.unit,
  };
}

/** Where one who attends this way goes: the place, or the meeting link as soon as it is known. */
export function whereFor(event: Pick<Event, 'venue' | 'address' | 'meetingLink'>, mode: Mode): string {
  return mode === 'plats' ? placeOf(event) : event.meetingLink;
}

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
    content: contentOf(kind, facts, letter.language, settings),
    calendar: letter.calendar && { method: letter.calendar, text: calendarObject(letter, facts, settings) },
    references: kind === 'bekraftelse' ? undefined : confirmation,
  };
}

function contentOf(kind: LetterKind, facts: Facts, language: Language, settings: Settings): Content {
  const t = textsIn(language);
  const link =
    settings.baseUrl + inLanguage(paths.registration(tokenOf(facts.registration, settings.secret)), language);
  const privacy = settings.baseUrl + inLanguage(paths.privacy(), language);
  const stays = kind !== 'avbokad' && kind !== 'installt';
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
    { label: t('evenemang.kostnad'), value: facts.cost },
    { label: t('mejl.fragor'), value: contactOf(facts) },
  ];
}

function whereInWords({ mode, place }: Facts, language: Language): string {
  const t = textsIn(language);
  if (!place) return t('evenemang.var.digitalt');
  return mode === 'plats' ? place : `${t('falt.deltagande.digitalt')}: ${place}`;
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
