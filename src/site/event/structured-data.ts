import type { Authority } from '../../authorities/authority.ts';
import { paths } from '../../base/paths.ts';
import type { Event, TimedSession } from '../../events/event.ts';
import { isTimed } from '../../events/planning/parallel.ts';
import { isFree, venueOf } from '../../events/rules.ts';
import type { Situation } from '../../events/situation.ts';
import { datesIn } from '../../texts/dates.ts';
import { withoutMarks } from '../../texts/formatting.ts';

/**
 * The event for search engines: schema.org Event as JSON-LD, fit to stand in a script element. `<` is escaped, so that
 * no text of the event can end the element. The meeting link is not in it.
 */
export function structuredData(
  situation: Situation,
  authority: Authority,
  { url, baseUrl }: { url: string; baseUrl: string },
): string {
  const { event } = situation;
  const data = {
    '@context': 'https://schema.org',
    '@type': 'Event',
    name: event.title,
    description: withoutMarks(event.summary),
    url,
    ...(event.picture && { image: baseUrl + paths.picture(event.picture.hash) }),
    inLanguage: 'sv',
    ...timesOf(event),
    ...positionsOf(situation, url),
    ...offersOf(situation, url),
    organizer: { '@type': 'GovernmentOrganization', name: authority.name },
    audience: { '@type': 'Audience', audienceType: event.audience },
    ...(event.sessions.some(isTimed) && { subEvent: event.sessions.filter(isTimed).map(subEvent) }),
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

function positionsOf({ event, offered }: Situation, url: string) {
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
function offersOf({ event, status, joinable }: Situation, url: string) {
  if (status !== 'open' && status !== 'full') return {};
  const full = joinable.length > 0 ? 'BackOrder' : 'SoldOut';
  const availability = `https://schema.org/${status === 'open' ? 'InStock' : full}`;
  const price = isFree(event) && { price: 0, priceCurrency: 'SEK' };
  return { offers: { '@type': 'Offer', url, availability, ...price } };
}

function subEvent({ title, start, end, room, speakers }: TimedSession) {
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
    ...(room && { location: { '@type': 'Place', name: room } }),
    ...(performer.length && { performer }),
  };
}
