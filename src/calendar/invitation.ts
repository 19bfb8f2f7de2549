import { domainToASCII } from 'node:url';
import { getVtimezoneComponent } from '@touch4it/ical-timezones';
import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalAttendeeType,
  type ICalCalendarData,
  ICalCalendarMethod,
  ICalEventBusyStatus,
  type ICalEventData,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import { inStockholm, zone } from '../base/dates.ts';

export type Mailbox = { name: string; address: string };

/** One event in one person's calendar, in plain words. Free text may hold anything: it is cleaned here. */
export type Entry = {
  /** One for each registration, stored, never changed (R12). */
  uid: string;
  /** +1 when time, place or status change (R13). */
  sequence: number;
  /** When this revision was made; the same at a resend (R14). */
  stamp: Date;
  start: Date;
  /** After `start`. */
  end: Date;
  title: string;
  /** May have several lines. The link is added at its end where it is not in it (R27). */
  description: string;
  /** One line: room, street, town; or the meeting link (R28). */
  location: string;
  /** The public event page: nothing that acts or shows personal data (R9, R32). */
  url: string;
  /** The From address, a mailbox that is read (R15, R16). */
  organiser: Mailbox;
  /** The To address, and nobody else (R17). */
  attendee: Mailbox;
  /** True where answers are read (R18); the calendar then offers to send one. */
  asksForAnswer?: boolean;
};

/** The iCalendar object that puts the event into the calendar of one who is registered, or moves it (R10–R33). */
export function invitation(entry: Entry): string {
  return object(ICalCalendarMethod.REQUEST, [event(entry, ICalEventStatus.CONFIRMED, entry.attendee)]);
}

/** The iCalendar object that takes it away again; `sequence` is one above the invitation's (R35). */
export function cancellation(entry: Entry): string {
  return object(ICalCalendarMethod.CANCEL, [event(entry, ICalEventStatus.CANCELLED, entry.attendee)]);
}

/** An event that anybody may have in the calendar: it names no attendee (R43). */
export type Published = Omit<Entry, 'attendee' | 'asksForAnswer'> & {
  state: 'draft' | 'published' | 'cancelled';
};

const published = {
  draft: ICalEventStatus.TENTATIVE,
  published: ICalEventStatus.CONFIRMED,
  cancelled: ICalEventStatus.CANCELLED,
};

/** The iCalendar object for anybody's download (R43). */
export function publication(entry: Published): string {
  return object(ICalCalendarMethod.PUBLISH, [event(entry, published[entry.state])]);
}

/**
 * The iCalendar object that programs fetch again and again, at most once an hour (R44). It keeps nobody's time busy:
 * whoever attends has an entry of their own.
 */
export function feed(name: string, entries: Published[]): string {
  const free = {
    transparency: ICalEventTransparency.TRANSPARENT,
    busystatus: ICalEventBusyStatus.FREE,
    x: [],
  };
  const events = entries.map((entry) => ({ ...event(entry, published[entry.state]), ...free }));
  const text = object(ICalCalendarMethod.PUBLISH, events, { name: line(name) }).replace(
    '\r\n',
    `\r\n${hourly}`,
  );
  // A calendar must have something in it (RFC 5545, 3.6).
  return events.length ? text : text.replace('END:VCALENDAR', `${zoneLines}END:VCALENDAR`);
}

/** The library would write these after the timezone, where a calendar has no properties any more (RFC 5545, 3.6). */
const hourly = 'REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n';

/** A calendar without a timezone of its own, which would break its stamps (L2). The last CRLF is missing in the library (L5). */
function object(method: ICalCalendarMethod, events: ICalEventData[], more: ICalCalendarData = {}): string {
  const timezone = { name: null, generator: () => vtimezone };
  return `${ical({ prodId: '//Boostdagar//Boostdagar//SV', method, timezone, events, ...more })}\r\n`;
}

/** The definition that goes with TZID=Europe/Stockholm (R21), without its link to a third party's page (L1). */
const vtimezone = getVtimezoneComponent(zone)?.replace(/^TZURL:.*\n/m, '') ?? null;
const zoneLines = `${vtimezone?.trim().replace(/\r?\n/g, '\r\n')}\r\n`;

function event(entry: Omit<Entry, 'attendee'>, status: ICalEventStatus, attendee?: Mailbox): ICalEventData {
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

/** One who has signed up has accepted, and may be asked to say so again (R18). */
function registered(attendee: Mailbox, rsvp: boolean) {
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
 * Wall times in Stockholm (R20), as luxon's so that the machine's own zone plays no part (R24, L3).
 * In the hour that comes twice a wall time would not tell which: then both go out in UTC (R23).
 */
function times({ start, end }: { start: Date; end: Date }) {
  if (end <= start) throw new RangeError('An event must end after it starts.');
  const [from, to] = [inStockholm(start), inStockholm(end)];
  const twice = [from, to].some((time) => time.hour === 2 && time.getPossibleOffsets().length > 1);
  return { start: from, end: to, timezone: twice ? null : zone };
}

/** One clean line: a line break in it could begin a property of its own (R26). */
function line(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
}

/** Text with its line breaks, and no other control character (R26). */
function lines(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u0085\p{Zl}\p{Zp}]/gu, '\n')
    .replace(/[^\P{Cc}\n]+/gu, ' ')
    .trim();
}

function withLink(description: string, url: string): string {
  return description.includes(url) ? description : `${description}\n\n${url}`.trim();
}

/** The library escapes a URL as text, which breaks it (R27, L4): no character that it would escape is left. */
function link(url: string): string {
  return new URL(line(url)).href.replace(/[,;]/g, encodeURIComponent);
}

/** A CN without characters that Outlook shows in their escaped form (R26); the address where there is no name. */
function commonName({ name, address }: Mailbox): string {
  return line(name).replace(/["^]/g, '') || ascii(address);
}

/** The address with its domain as the envelope has it (R66). */
function ascii(address: string): string {
  const [local = '', domain = ''] = line(address).split(/@(?=[^@]*$)/);
  return `${local}@${domainToASCII(domain)}`;
}
