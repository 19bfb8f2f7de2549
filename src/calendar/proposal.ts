import ICAL from 'ical.js';
import { instantIn, zone as ours } from '../base/dates.ts';
import { normalisedAddress } from '../base/form/addresses.ts';

/** What a calendar proposes to the organiser, for people to decide: nothing happens by itself. */
export type CalendarProposal = {
  /** In capitals (RFC 5546). */
  method: string;
  /** The time of the entry, where its timezone is known: of a COUNTER the proposed one. */
  start?: Date;
  end?: Date;
  /** To whom an attendee gives the place, as plain addresses. */
  delegates: string[];
  /** What the person has written with the answer; empty for nothing. */
  comment: string;
};

/** So much of a comment is kept, in characters. */
const longest = 2000;

/** What an event from outside proposes. Its times are worked out only where it has no rules of its own for its timezone. */
export function proposalIn(event: ICAL.Component, method: string): CalendarProposal {
  const [start, end] = [instantOf(event, 'dtstart'), instantOf(event, 'dtend')];
  const delegates = event
    .getAllProperties('attendee')
    .flatMap((one) => one.getParameter('delegated-to') ?? []);
  const comments = event.getAllProperties('comment').map((one) => String(one.getFirstValue()).trim());
  return {
    method,
    ...(start && { start }),
    ...(end && { end }),
    delegates: delegates.flatMap((one) => normalisedAddress(one.replace(/^mailto:/i, '')) ?? []).slice(0, 10),
    comment: comments.join('\n').slice(0, longest),
  };
}

/** Timezones by the names of IANA, or of Windows for our own; a time without any is ours. */
function instantOf(event: ICAL.Component, name: string): Date | undefined {
  const property = event.getFirstProperty(name);
  const time = property?.getFirstValue();
  if (!(time instanceof ICAL.Time) || time.isDate) return undefined;
  if (time.zone === ICAL.Timezone.utcTimezone) return time.toJSDate();
  const zone = String([property?.getParameter('tzid') ?? ours].flat()[0]);
  return instantIn(time.toString(), windowsNames.includes(zone) ? ours : zone);
}

/** How Outlook calls the timezones of Berlin, Stockholm, Paris, Warsaw and Budapest, which have had one time since 1996. */
const windowsNames = [
  'W. Europe Standard Time',
  'Romance Standard Time',
  'Central Europe Standard Time',
  'Central European Standard Time',
];
