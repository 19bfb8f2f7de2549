import { paths } from '../base/paths.ts';
import { readsReplies, type Settings } from '../base/settings.ts';
import { cancellation, type Entry, invitation } from '../calendar/invitation.ts';
import type { Letter } from '../outbox/letter.ts';
import { type Content, type Message, messageIdOf, subjectOf } from '../outbox/message.ts';
import type { LetterFacts, LetterKind } from '../registrations/owed-letter.ts';
import { tokenOf } from '../registrations/personal/links.ts';
import { inLanguage } from '../texts/addresses.ts';
import { datesIn } from '../texts/dates.ts';
import { textsIn } from '../texts/texts.ts';
import { contactOf, type Links, ownSubject, partOf } from './kinds/words.ts';

/** The line that a letter shows in a list of letters. */
export function subjectLine(letter: Pick<Letter, 'kind' | 'facts' | 'language'>): string {
  const facts = letter.facts as LetterFacts;
  const t = textsIn(letter.language);
  const datum = datesIn(letter.language).plainDay(facts.start);
  const kind = letter.kind as LetterKind;
  if (kind === 'utskick') return ownSubject(facts, letter.language);
  const key = kind === 'redan' && facts.waitsUntil ? 'mejl.redan.ko.amne' : (`mejl.${kind}.amne` as const);
  return subjectOf((titel) => t(key, { titel, datum }), facts.title);
}

/**
 * Letters that a person can do without, so they say how to get no more of them (RFC 8058). Changes are told all the
 * same.
 */
const unasked: LetterKind[] = ['paminnelse', 'tack', 'saknad'];

/** What the letter says, written once for text and HTML, with its calendar object. */
export async function compose(letter: Letter, settings: Settings): Promise<Message> {
  const facts = letter.facts as LetterFacts;
  const kind = letter.kind as LetterKind;
  const confirmation = messageIdOf(`${facts.registration}.bekraftelse.0`, settings.mailFrom);
  return {
    subject: subjectLine(letter),
    content: contentOf(letter, settings),
    calendar: letter.calendar && { method: letter.calendar, text: calendarObject(letter, settings) },
    references: kind === 'bekraftelse' ? undefined : confirmation,
    ...(unasked.includes(kind) && { unsubscribe: linksIn(letter, settings).reminders }),
  };
}

function contentOf(letter: Letter, settings: Settings): Content {
  const facts = letter.facts as LetterFacts;
  const { language, kind } = letter;
  const t = textsIn(language);
  const links = linksIn(letter, settings);
  const { welcome, ...part } = partOf(kind as LetterKind, facts, language, links);
  const sender = [facts.unit, facts.authority].filter(Boolean).join(', ');
  return {
    greeting: t('mejl.halsning', { fornamn: facts.givenName }),
    ...part,
    closing: [[welcome && t('mejl.valkommen'), sender].filter(Boolean).join('\n')],
    footer: { label: t('mejl.dataskydd'), url: links.privacy },
  };
}

/** Where a letter can lead, in its language. Personal links are its receiver's own. */
function linksIn(
  { facts, language, to }: Letter,
  settings: Settings,
): Links & { reminders: string; privacy: string } {
  const { registration, slug } = facts as LetterFacts;
  const token = tokenOf({ _id: registration, email: to.address }, settings.secret);
  const full = (path: string) => settings.baseUrl + inLanguage(path, language);
  return {
    own: full(paths.registration(token)),
    cancel: full(paths.cancelRegistration(token)),
    reminders: full(paths.reminders(token)),
    event: full(paths.event(slug)),
    privacy: full(paths.privacy()),
  };
}

function calendarObject(letter: Letter, settings: Settings): string {
  const facts = letter.facts as LetterFacts;
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
    // No personal link here, since people share their calendars.
    description: `${t('mejl.kalender.program')}: ${url}\n${t('mejl.fragor')}: ${contactOf(facts)}`,
    url,
    organiser: letter.from,
    attendee: letter.to,
    asksForAnswer: readsReplies(settings),
  };
  return letter.calendar === 'CANCEL' ? cancellation(entry) : invitation(entry);
}
