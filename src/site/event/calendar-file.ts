import type { Authority } from '../../authorities/authority.ts';
import { shownAddress } from '../../base/form/addresses.ts';
import { paths } from '../../base/paths.ts';
import type { Settings } from '../../base/settings.ts';
import { type Published, publication } from '../../calendar/publication.ts';
import { calendarUid, type FollowedEvent } from '../../events/feed.ts';
import { inLanguage } from '../../texts/addresses.ts';
import { type Language, textsIn } from '../../texts/texts.ts';
import { whereWords } from '../parts/event-words.ts';

/** The event's public calendar object, which names no attendee. */
export function calendarFileOf(
  event: FollowedEvent,
  authority: Authority,
  settings: Settings,
  lang: Language,
): string {
  return publication(publicEntry(event, authority, settings, lang));
}

/**
 * The event as it stands in anybody's calendar, the same in a file of its own and in the feed. It never holds the
 * meeting link: those who are registered get that in their own invitation.
 */
export function publicEntry(
  event: FollowedEvent,
  authority: Authority,
  settings: Settings,
  lang: Language,
): Published {
  const t = textsIn(lang);
  const { title: titel, state, cancelReason, summary } = event;
  const contact = [event.contactName, shownAddress(event.contactEmail), event.contactPhone]
    .filter(Boolean)
    .join(', ');
  const description = [cancelReason, summary, `${t('gemensamt.kontakt.rubrik')}: ${contact}`];
  return {
    uid: calendarUid(event, settings.mailFrom),
    sequence: event.version,
    stamp: event.changedAt,
    start: event.start,
    end: event.end,
    // Many programs show a subscribed entry alike whatever its STATUS says.
    title: state === 'cancelled' ? t('kalender.installt', { titel }) : titel,
    description: description.filter(Boolean).join('\n\n'),
    location: whereWords(event, t),
    url: settings.baseUrl + inLanguage(paths.event(event.slug), lang),
    organiser: { name: authority.name, address: settings.mailFrom },
    state: state === 'cancelled' ? state : 'published',
  };
}
