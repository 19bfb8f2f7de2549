import ICAL from 'ical.js';
import { normalisedAddress } from '../base/form/addresses.ts';
import { type CalendarProposal, proposalIn } from './proposal.ts';

/** What an attendee's calendar says of an entry; `other` is anything but a plain answer, as DELEGATED. */
export type CalendarAnswer = 'accepted' | 'declined' | 'tentative' | 'other';

/** A calendar object that came by mail, as far as it matters (RFC 5546, 3.2.3). Nothing else of it is ever used. */
export type Reply = {
  /** In capitals. */
  method: string;
  uid: string;
  sequence: number;
  stamp: Date;
  /** What each attendee answers, by normalised address. */
  answers: Map<string, CalendarAnswer>;
  proposal: CalendarProposal;
};

/** The most that is read of a calendar object, in bytes. */
const most = 100_000;

/**
 * Reads a calendar object from outside: one VEVENT, no repetition expanded, nothing fetched. ORGANIZER, SUMMARY and
 * DTSTART may be missing.
 * @throws Error if it is too large, broken or not about one event at one revision
 */
export function readReply(text: string): Reply {
  if (Buffer.byteLength(text) > most) throw new RangeError('The calendar object is too large.');
  const calendar = new ICAL.Component(ICAL.parse(text.trim()));
  const [event, ...more] = calendar.getAllSubcomponents('vevent');
  if (calendar.name !== 'vcalendar' || !event || more.length > 0)
    throw new RangeError('There is not exactly one event.');
  if (event.hasProperty('recurrence-id')) throw new RangeError('It is about one day of several.');
  const method = textOf(calendar, 'method').toUpperCase();
  return {
    method,
    uid: textOf(event, 'uid'),
    sequence: Number(event.getFirstPropertyValue('sequence') ?? 0),
    stamp: stampOf(event),
    answers: new Map(event.getAllProperties('attendee').flatMap(answerOf)),
    proposal: proposalIn(event, method),
  };
}

/** The UIDs that stand in a calendar object, also in one that is too large or broken. */
export function uidsIn(text: string): string[] {
  const lines = text.replace(/\r?\n[ \t]/g, '');
  return [...lines.matchAll(/^UID(?:;[^:\r\n]*)?:(.{1,255})$/gim)].map(([, uid = '']) => uid.trim());
}

function textOf(component: ICAL.Component, name: string): string {
  const value = component.getFirstPropertyValue(name);
  if (typeof value !== 'string' || value === '') throw new RangeError(`${name} is missing.`);
  return value.trim();
}

/** DTSTAMP is in UTC (RFC 5545, 3.8.7.2); any other time could not be compared. */
function stampOf(event: ICAL.Component): Date {
  const stamp = event.getFirstPropertyValue('dtstamp');
  if (!(stamp instanceof ICAL.Time) || stamp.zone !== ICAL.Timezone.utcTimezone)
    throw new RangeError('DTSTAMP is not in UTC.');
  return stamp.toJSDate();
}

const known = new Map<string, CalendarAnswer>([
  ['ACCEPTED', 'accepted'],
  ['DECLINED', 'declined'],
  ['TENTATIVE', 'tentative'],
]);

/** Some calendars name an attendee by an id of their own and put the address beside it (RFC 7986, 6.2). */
function answerOf(attendee: ICAL.Property): [address: string, answer: CalendarAnswer][] {
  const value = String(attendee.getFirstValue());
  const parameter = (name: string) => String([attendee.getParameter(name) ?? ''].flat()[0]);
  const address = normalisedAddress(value.replace(/^mailto:/i, '')) ?? normalisedAddress(parameter('email'));
  return address ? [[address, known.get(parameter('partstat').toUpperCase()) ?? 'other']] : [];
}
