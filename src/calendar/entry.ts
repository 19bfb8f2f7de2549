import { getVtimezoneComponent } from '@touch4it/ical-timezones';
import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalAttendeeType,
  type ICalCalendarData,
  type ICalCalendarMethod,
  ICalEventBusyStatus,
  type ICalEventData,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import { inStockholm, zone } from '../base/dates.ts';
import { ascii, type CalendarMailbox, commonName, line, lines, link, withLink } from './clean-text.ts';

/** One event in one person's calendar, in plain words. Free text may hold anything: it is cleaned here. */
export type CalendarEntry = {
  /** One for each registration, stored, never changed. */
  uid: string;
  /** +1 when time, place or status change. */
  sequence: number;
  /** When this revision was made; the same at a resend. */
  stamp: Date;
  start: Date;
  /** After `start`. */
  end: Date;
  title: string;
  /** May have several lines. The link is added at its end unless it is in it. */
  description: string;
  /** One line: room, street, town; or the meeting link. */
  location: string;
  /** The public event page: nothing that acts or shows personal data. */
  url: string;
  /** The From address, a mailbox that is read. */
  organiser: CalendarMailbox;
  /** The To address, and nobody else. */
  attendee: CalendarMailbox;
  /** True if answers are read; the calendar then offers to send one. */
  asksForAnswer?: boolean;
};

/** An iCalendar object. The calendar itself has no timezone, which would break its stamps; the library leaves out the last CRLF. */
export function calendarOf(
  method: ICalCalendarMethod,
  events: ICalEventData[],
  more: ICalCalendarData = {},
): string {
  const timezone = { name: null, generator: () => vtimezone };
  return `${ical({ prodId: '//Boostdagar//Boostdagar//SV', method, timezone, events, ...more })}\r\n`;
}

/** The definition that goes with TZID=Europe/Stockholm, without its link to a third party's page. */
const vtimezone = getVtimezoneComponent(zone)?.replace(/^TZURL:.*\n/m, '') ?? null;
/** The same as lines of an iCalendar object. */
export const zoneLines = `${vtimezone?.trim().replace(/\r?\n/g, '\r\n')}\r\n`;

/** An entry as an event of the library; with its attendee if it is an invitation. */
export function eventOf(
  entry: Omit<CalendarEntry, 'attendee'>,
  status: ICalEventStatus,
  attendee?: CalendarMailbox,
): ICalEventData {
  return {
    id: line(entry.uid),
    sequence: entry.sequence,
    stamp: entry.stamp,
    lastModified: entry.stamp,
    ...times(entry),
    summary: line(entry.title),
    description: withLink(lines(entry.description), link(entry.url)),
    location: line(entry.location),
    url: link(entry.url),
    organizer: { name: commonName(entry.organiser), email: ascii(entry.organiser.address) },
    attendees: attendee
      ? [registered(attendee, entry.asksForAnswer === true && status === ICalEventStatus.CONFIRMED)]
      : [],
    status,
    transparency: ICalEventTransparency.OPAQUE,
    busystatus: ICalEventBusyStatus.BUSY,
    x: { 'X-MICROSOFT-CDO-INTENDEDSTATUS': 'BUSY', 'X-MICROSOFT-DISALLOW-COUNTER': 'TRUE' },
  };
}

/** Anyone who has signed up has accepted, and may be asked to say so again. */
function registered(attendee: CalendarMailbox, rsvp: boolean) {
  return {
    name: commonName(attendee),
    email: ascii(attendee.address),
    role: ICalAttendeeRole.REQ,
    type: ICalAttendeeType.INDIVIDUAL,
    status: ICalAttendeeStatus.ACCEPTED,
    rsvp,
  };
}

/**
 * Wall times in Stockholm, as luxon's so that the machine's zone plays no part. In the hour that comes twice a wall time
 * would not tell which one is meant: then both go out in UTC.
 */
function times({ start, end }: { start: Date; end: Date }) {
  if (end <= start) throw new RangeError('An event must end after it starts.');
  const [from, to] = [inStockholm(start), inStockholm(end)];
  const twice = [from, to].some((time) => time.hour === 2 && time.getPossibleOffsets().length > 1);
  return { start: from, end: to, timezone: twice ? null : zone };
}
