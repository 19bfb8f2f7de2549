import {
  ICalCalendarMethod,
  ICalEventBusyStatus,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import { line } from './clean-text.ts';
import { type CalendarEntry, calendarOf, eventOf, zoneLines } from './entry.ts';

/** An event that anybody may have in their calendar: it names no attendee. */
export type Published = Omit<CalendarEntry, 'attendee' | 'asksForAnswer'> & {
  state: 'draft' | 'published' | 'cancelled';
};

const published = {
  draft: ICalEventStatus.TENTATIVE,
  published: ICalEventStatus.CONFIRMED,
  cancelled: ICalEventStatus.CANCELLED,
};

/** The iCalendar object for anybody's download. */
export function publication(entry: Published): string {
  return calendarOf(ICalCalendarMethod.PUBLISH, [eventOf(entry, published[entry.state])]);
}

/**
 * The iCalendar object that programs fetch again and again, at most once an hour. It keeps nobody's time busy:
 * anyone who attends has another entry of the event, the invitation.
 */
export function feed(name: string, entries: Published[]): string {
  const free = {
    transparency: ICalEventTransparency.TRANSPARENT,
    busystatus: ICalEventBusyStatus.FREE,
    x: [],
  };
  const events = entries.map((entry) => ({ ...eventOf(entry, published[entry.state]), ...free }));
  const text = calendarOf(ICalCalendarMethod.PUBLISH, events, { name: line(name) }).replace(
    '\r\n',
    `\r\n${hourly}`,
  );
  // A calendar must have something in it (RFC 5545, 3.6).
  return events.length ? text : text.replace('END:VCALENDAR', `${zoneLines}END:VCALENDAR`);
}

/** The library would write these after the timezone, too late for properties of the calendar (RFC 5545, 3.6). */
const hourly = 'REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n';
