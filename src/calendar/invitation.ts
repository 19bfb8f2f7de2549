import { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { type CalendarEntry, calendarOf, eventOf } from './entry.ts';

/** The iCalendar object that puts the event into the calendar of somebody who is registered, or moves it. */
export function invitation(entry: CalendarEntry): string {
  return calendarOf(ICalCalendarMethod.REQUEST, [eventOf(entry, ICalEventStatus.CONFIRMED, entry.attendee)]);
}

/** The iCalendar object that takes it away again; `sequence` is one above the invitation's. */
export function cancellation(entry: CalendarEntry): string {
  return calendarOf(ICalCalendarMethod.CANCEL, [eventOf(entry, ICalEventStatus.CANCELLED, entry.attendee)]);
}
