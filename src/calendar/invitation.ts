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
  /** Each registration has its own, which is stored and never changes (RFC 5545 section 3.8.4.7). */
  uid: string;
  /** The revision (SEQUENCE): one more each time the time, place or status changes (RFC 5546 section 2.1.4). */
  sequence: number;
  /** When this revision was made (DTSTAMP); the same when it is sent again (RFC 5545 section 3.8.7.2). */
  stamp: Date;
  start: Date;
  /** After `start`. */
  end: Date;
  title: string;
  /** May have several lines. If the link is not in it, it is added at the end. */
  description: string;
  /** One line: room, street, town; or the meeting link. */
  location: string;
  /** The public event page. Calendars are shared, so no link that acts or shows personal data may stand here. */
  url: string;
  /** The address in From, whose mail somebody reads: clients take any other for spoofed (RFC 5546 section 3.2.5). */
  organiser: Mailbox;
  /** The address in To. No invitation names any other participant. */
  attendee: Mailbox;
  /** True if answers are read; the calendar then offers to send one. */
  asksForAnswer?: boolean;
};

/**
 * The iCalendar object that puts the event into a registered person's calendar, or moves it (RFC 5546 section 3.2.2).
 */
export function invitation(entry: Entry): string {
  return object(ICalCalendarMethod.REQUEST, [event(entry, ICalEventStatus.CONFIRMED, entry.attendee)]);
}

/** The iCalendar object that takes it out again; `sequence` is one above the invitation's (RFC 5546 section 3.2.5). */
export function cancellation(entry: Entry): string {
  return object(ICalCalendarMethod.CANCEL, [event(entry, ICalEventStatus.CANCELLED, entry.attendee)]);
}

/** An event that anybody may put into a calendar: it names no attendee (RFC 5546 section 3.2.1). */
export type Published = Omit<Entry, 'attendee' | 'asksForAnswer'> & {
  state: 'draft' | 'published' | 'cancelled';
};

const published = {
  draft: ICalEventStatus.TENTATIVE,
  published: ICalEventStatus.CONFIRMED,
  cancelled: ICalEventStatus.CANCELLED,
};

/** The iCalendar object that anybody can download. */
export function publication(entry: Published): string {
  return object(ICalCalendarMethod.PUBLISH, [event(entry, published[entry.state])]);
}

/**
 * The iCalendar object that calendar programs subscribe to; it asks them to fetch it once an hour (RFC 7986 section
 * 5.7). It blocks no time: anyone who attends has an entry of their own.
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

/**
 * The calendar has no timezone of its own, since ical-generator would then write DTSTAMP in local time, which RFC 5545
 * forbids. The library also leaves out the CRLF after END:VCALENDAR.
 */
function object(method: ICalCalendarMethod, events: ICalEventData[], more: ICalCalendarData = {}): string {
  const timezone = { name: null, generator: () => vtimezone };
  return `${ical({ prodId: '//Boostdagar//Boostdagar//SV', method, timezone, events, ...more })}\r\n`;
}

/** The definition that goes with TZID=Europe/Stockholm, without TZURL, a link to a third party's page. */
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

/** Anyone who has signed up counts as having accepted; with `rsvp` the calendar still offers to answer. */
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
 * Wall times in Stockholm, as luxon's DateTime, since ical-generator reads a Date in the machine's own zone. A wall
 * time in the hour that the clock repeats would be ambiguous: then both times are written in UTC.
 */
function times({ start, end }: { start: Date; end: Date }) {
  if (end <= start) throw new RangeError('An event must end after it starts.');
  const [from, to] = [inStockholm(start), inStockholm(end)];
  const twice = [from, to].some((time) => time.hour === 2 && time.getPossibleOffsets().length > 1);
  return { start: from, end: to, timezone: twice ? null : zone };
}

/** One line: a line break in it could begin another property. */
function line(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
}

/** Text with its line breaks, and no other control character. */
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

/**
 * ical-generator escapes a URL as if it were text, which breaks it (RFC 5545 section 3.8.4.6), so every character that
 * it would escape is percent-encoded.
 */
function link(url: string): string {
  return new URL(line(url)).href.replace(/[,;]/g, encodeURIComponent);
}

/** The name without quotation marks, which Outlook shows in their escaped form; the address if there is no name. */
function commonName({ name, address }: Mailbox): string {
  return line(name).replace(/["^]/g, '') || ascii(address);
}

/** The address with its domain as in the envelope, in punycode. */
function ascii(address: string): string {
  const [local = '', domain = ''] = line(address).split(/@(?=[^@]*$)/);
  return `${local}@${domainToASCII(domain)}`;
}
