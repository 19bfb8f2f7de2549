import { paths } from '../base/paths.ts';
import { readsReplies, type Settings } from '../base/settings.ts';
import type { CalendarEntry } from '../calendar/entry.ts';
import { cancellation, invitation } from '../calendar/invitation.ts';
import type { Letter } from '../outbox/letter.ts';
import type { Content, Message } from '../outbox/message.ts';
import { unsubscribeAddress } from '../outbox/return-address.ts';
import { threadOf } from '../outbox/thread.ts';
import type { LetterFacts } from '../registrations/letter-facts.ts';
import { tokenOf } from '../registrations/personal/links.ts';
import { speakerToken } from '../speakers/engagements/links.ts';
import { inLanguage } from '../texts/addresses.ts';
import { textsIn } from '../texts/texts.ts';
import { kindOf } from './kinds/all.ts';
import { type Links, toldIn } from './writing/kind.ts';
import { about, contactOf } from './writing/phrases.ts';

type OurLetter = Letter<LetterFacts>;

/** The line that a letter shows in a list of letters. */
export function subjectLine(letter: Pick<OurLetter, 'kind' | 'facts' | 'language'>): string {
  return kindOf(letter).subject(toldIn(letter));
}

/** What the letter says, written once for text and HTML, with its calendar object. */
export async function compose(owed: OurLetter, settings: Settings): Promise<Message> {
  const letter = throughDoor(owed, settings);
  const { opensThread, optional } = kindOf(letter);
  return {
    subject: subjectLine(letter),
    content: contentOf(letter, settings),
    calendar: letter.calendar && { method: letter.calendar, text: calendarObject(letter, settings) },
    references: opensThread ? undefined : await threadOf(letter),
    ...(optional && unsubscription(letter, settings)),
  };
}

/**
 * How to say no to more such letters: by one click, or by a mail. The inbox reads it if mail comes back to us; else it goes
 * to the event's contact, with a subject that says it.
 */
function unsubscription(letter: OurLetter, settings: Settings) {
  const own = readsReplies(settings) ? unsubscribeAddress(letter, settings) : undefined;
  const address = own ?? letter.facts.contactEmail;
  const words = encodeURIComponent(noMoreReminders(toldIn(letter)));
  return {
    unsubscribe: linksIn(letter, settings).reminders,
    ...(address && { unsubscribeMail: `mailto:${encodeURI(address)}?subject=${words}` }),
  };
}

const noMoreReminders = about('mejl.paminnelse.nej.amne');

/** Anyone who attends online goes in by their digital door, whatever the link of the meeting is. */
export function throughDoor(letter: OurLetter, { baseUrl, secret }: Settings): OurLetter {
  const { facts, language, to } = letter;
  if (!facts.door) return letter;
  const token = tokenOf({ _id: facts.registration, email: to.address }, secret, 'digital door');
  const place = baseUrl + inLanguage(paths.digitalDoor(token), language);
  const before = facts.before?.place === facts.place ? { ...facts.before, place } : facts.before;
  return { ...letter, facts: { ...facts, place, before } };
}

function contentOf(letter: OurLetter, settings: Settings): Content {
  const told = toldIn(letter);
  const { facts, t } = told;
  const links = linksIn(letter, settings);
  const { welcome, ...part } = kindOf(letter).says({ ...told, links });
  const sender = [facts.unit, facts.authority].filter(Boolean).join(', ');
  return {
    sender: facts.authority,
    greeting: t('mejl.halsning', { fornamn: facts.givenName }),
    ...part,
    closing: [[welcome && t('mejl.valkommen'), sender].filter(Boolean).join('\n')],
    footer: { label: t('mejl.dataskydd'), url: links.privacy },
  };
}

/** Where a letter can lead, in its language. Personal links open the receiver's registration. */
function linksIn(
  { facts, language, to, event }: OurLetter,
  settings: Settings,
): Links & { reminders: string; privacy: string } {
  const holder = { _id: facts.registration, email: to.address };
  const token = tokenOf(holder, settings.secret);
  const full = (path: string) => settings.baseUrl + inLanguage(path, language);
  const own = facts.speaker
    ? paths.engagement(speakerToken(holder, settings.secret))
    : paths.registration(token);
  return {
    own: full(own),
    cancel: full(paths.cancelRegistration(token)),
    reminders: full(paths.reminders(token)),
    event: full(paths.event(facts.slug)),
    events: full(paths.home()),
    privacy: full(paths.privacy()),
    erase: full(paths.eraseReminder(facts.erase ?? '')),
    burst: `${settings.baseUrl}${paths.participants(event)}?group=${facts.burst?.key}&status=`,
  };
}

/** The iCalendar object of a letter: the same bytes whenever it is written. */
export function calendarObject(letter: OurLetter, settings: Settings): string {
  const { facts } = letter;
  const t = textsIn(letter.language);
  const isPublic = facts.speaker?.isPublic ?? true;
  const page = isPublic ? paths.event(facts.slug) : paths.home();
  const url = settings.baseUrl + inLanguage(page, letter.language);
  const entry: CalendarEntry = {
    uid: facts.uid,
    sequence: facts.sequence,
    stamp: facts.stamp ?? letter.createdAt,
    start: facts.start,
    end: facts.end,
    title: facts.speaker ? t('mejl.medverkan.kalender', { titel: facts.title }) : facts.title,
    location: facts.place || t('falt.deltagande.digitalt'),
    // No personal link here: calendars are shared with others.
    description: [
      ...(facts.speaker?.sessions ?? []),
      ...(isPublic ? [`${t('mejl.kalender.program')}: ${url}`] : []),
      `${t('mejl.fragor')}: ${contactOf(facts)}`,
    ].join('\n'),
    url,
    organiser: letter.from,
    attendee: letter.to,
    asksForAnswer: readsReplies(settings),
  };
  return letter.calendar === 'CANCEL' ? cancellation(entry) : invitation(entry);
}
