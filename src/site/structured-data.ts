import type { Authority } from '../authorities/authority.ts';
import { datesIn } from '../base/dates.ts';
import type { Event, Session } from '../events/event.ts';
import { offeredModes, placeOf } from '../events/rules.ts';

/**
 * The event for search engines: schema.org Event as JSON-LD, fit to stand in a script element. `<` is escaped, so that
 * no text of the event can end the element. The meeting link is not in it.
 */
export function structuredData(event: Event, authority: Authority, url: string): string {
  const data = {
    '@context': 'https://schema.org',
    '@type': 'Event',
    name: event.title,
    description: event.summary,
    url,
    inLanguage: 'sv',
    ...timesOf(event),
    ...placesOf(event, url),
    organizer: { '@type': 'GovernmentOrganization', name: authority.name },
    audience: { '@type': 'Audience', audienceType: event.audience },
    subEvent: event.sessions.map(subEvent),
  };
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}

function timesOf({ state, start, end, movedFrom }: Event) {
  const { iso } = datesIn('sv');
  const moved = movedFrom ? 'EventRescheduled' : 'EventScheduled';
  return {
    startDate: iso(start),
    endDate: iso(end),
    eventStatus: `https://schema.org/${state === 'cancelled' ? 'EventCancelled' : moved}`,
    ...(movedFrom && { previousStartDate: iso(movedFrom.start) }),
  };
}

function placesOf(event: Event, url: string) {
  const offered = offeredModes(event);
  const ways = { plats: 'OfflineEventAttendanceMode', digitalt: 'OnlineEventAttendanceMode' };
  const [only = 'plats', ...more] = offered;
  const room = { '@type': 'Place', name: event.venue, address: placeOf(event) };
  const online = { '@type': 'VirtualLocation', url };
  return {
    eventAttendanceMode: `https://schema.org/${more.length ? 'MixedEventAttendanceMode' : ways[only]}`,
    location: offered.map((mode) => (mode === 'plats' ? room : online)),
  };
}

function subEvent({ title, start, end, speakers }: Session) {
  const { iso } = datesIn('sv');
  const performer = speakers.map(({ name, title: jobTitle, organisation }) => ({
    '@type': 'Person',
    name,
    ...(jobTitle && { jobTitle }),
    ...(organisation && { affiliation: { '@type': 'Organization', name: organisation } }),
  }));
  return {
    '@type': 'Event',
    name: title,
    startDate: iso(start),
    endDate: iso(end),
    ...(performer.length && { performer }),
  };
}
