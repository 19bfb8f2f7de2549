import type { Authority } from '../../authorities/authority.ts';
import type { Event, Session } from '../../events/event.ts';
import { isFree, offeredModes, statusOf, venueOf } from '../../events/rules.ts';
import { datesIn } from '../../texts/dates.ts';
import { queuesOf } from '../parts/event-words.ts';

/**
 * The event for search engines: schema.org Event as JSON-LD, fit to stand in a script element. `<` is escaped, so that
 * no text of the event can end the element. The meeting link is not in it.
 */
export function structuredData(event: Event, authority: Authority, url: string, now: Date): string {
  const data = {
    '@context': 'https://schema.org',
    '@type': 'Event',
    name: event.title,
    description: event.summary,
    url,
    inLanguage: 'sv',
    ...timesOf(event),
    ...positionsOf(event, url),
    ...offersOf(event, url, now),
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

function positionsOf(event: Event, url: string) {
  const offered = offeredModes(event);
  const ways = { plats: 'OfflineEventAttendanceMode', digitalt: 'OnlineEventAttendanceMode' };
  const [only = 'plats', ...more] = offered;
  const room = { '@type': 'Place', name: event.venue, address: venueOf(event) };
  const online = { '@type': 'VirtualLocation', url };
  return {
    eventAttendanceMode: `https://schema.org/${more.length ? 'MixedEventAttendanceMode' : ways[only]}`,
    location: offered.map((mode) => (mode === 'plats' ? room : online)),
  };
}

/** Whether there are seats: while one can sign up, or put oneself on the waiting list (BackOrder). */
function offersOf(event: Event, url: string, now: Date) {
  const status = statusOf(event, now);
  if (status !== 'open' && status !== 'full') return {};
  const full = queuesOf(event, now).length > 0 ? 'BackOrder' : 'SoldOut';
  const availability = `https://schema.org/${status === 'open' ? 'InStock' : full}`;
  const price = isFree(event) && { price: 0, priceCurrency: 'SEK' };
  return { offers: { '@type': 'Offer', url, availability, ...price } };
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
