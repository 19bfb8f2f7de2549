import type { Authority } from '../authorities/authority.ts';
import type { Language } from '../base/dates.ts';
import { inLanguage, paths } from '../base/paths.ts';
import type { Settings } from '../base/settings.ts';
import { textsIn } from '../base/texts.ts';
import { publication } from '../calendar/invitation.ts';
import type { Event } from '../events/event.ts';
import { whereWords } from './event-words.ts';

/**
 * The event's public calendar object (R43). Its UID is the event's own, not that of anybody's registration, and it
 * never holds the meeting link: those who are registered get that in their own invitation.
 */
export function calendarFileOf(
  event: Event,
  authority: Authority,
  settings: Settings,
  lang: Language,
): string {
  const t = textsIn(lang);
  const url = settings.baseUrl + inLanguage(paths.event(event.slug), lang);
  const contact = [event.contactName, event.contactEmail, event.contactPhone].filter(Boolean).join(', ');
  return publication({
    uid: `${event._id}@${settings.mailFrom.split('@')[1]}`,
    sequence: event.version,
    stamp: event.changedAt,
    start: event.start,
    end: event.end,
    title: event.title,
    description: `${event.summary}\n\n${t('gemensamt.kontakt.rubrik')}: ${contact}`,
    location: whereWords(event, t),
    url,
    organiser: { name: authority.name, address: settings.mailFrom },
    cancelled: event.state === 'cancelled',
  });
}
