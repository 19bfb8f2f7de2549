import { DateTime } from 'luxon';
import { Types } from 'mongoose';
import { inStockholm, isoDay, midnightAfter, stockholmInstant, zone } from '../base/dates.ts';
import type { Event } from '../events/event.ts';
import { slugFor } from '../events/planning/address.ts';
import { freeOfCharge } from '../events/rules.ts';
import {
  aroundToday,
  type ExampleEvent,
  earlierYear,
  fullVisit,
  knowledgeMorning,
  organisers,
} from './county.ts';

/** An example event in its place in time, and how many have signed up. */
export type Placed = { event: Event; people: number };

/** Each example event at its place in time, seen from now: two earlier years, and the days around today. */
export function placeEvents(now: Date): Placed[] {
  const [past, open, later] = aroundToday;
  const year = inStockholm(now).year;
  const earlier = [year - 2, year - 1].flatMap((earlierOne) =>
    earlierYear.map(({ week, event }) => ({
      event: place(event, thursday(earlierOne, week), now),
      people: 45 + ((earlierOne * 7 + week * 11) % 70),
    })),
  );
  return [
    ...earlier,
    { event: place(past, workday(now, -5), now), people: 74 },
    { event: place(open, workday(now, 5), now), people: 82 },
    { event: place(knowledgeMorning, workday(now, 6), now), people: 61 },
    { event: place(fullVisit, workday(now, 9), now), people: 29 },
    { event: place(later, workday(now, 17), now, 60), people: 0 },
  ];
}

function thursday(year: number, week: number): DateTime {
  return DateTime.fromObject({ weekYear: year, weekNumber: week, weekday: 4 }, { zone });
}

/** A Thursday some weeks from now, moved on past summer and the weeks around Christmas. */
function workday(now: Date, weeks: number): DateTime {
  const free = ({ weekNumber: week }: DateTime) => week >= 51 || week <= 1 || (week >= 26 && week <= 33);
  let day = inStockholm(now).startOf('day').plus({ weeks }).set({ weekday: 4 });
  while (free(day)) day = day.plus({ weeks: Math.sign(weeks) });
  return day;
}

function place(
  { sessions, ...facts }: ExampleEvent,
  day: DateTime,
  now: Date,
  opensDaysBefore?: number,
): Event {
  const daysBefore = (days: number) => isoDay(day.minus({ days }).toJSDate());
  const at = (time: string) => stockholmInstant(isoDay(day.toJSDate()), time) ?? now;
  const published = day.minus({ weeks: 10 }).set({ hour: 10, minute: 15 }).toJSDate();
  const publishedAt = published < now ? published : now;
  const onlyOnline = facts.seats.plats === 0;
  const host = organisers.find(({ authority }) => authority === facts.authority);
  return {
    ...facts,
    _id: new Types.ObjectId(),
    slug: slugFor({ title: facts.title, start: at(facts.start) }),
    state: 'published',
    start: at(facts.start),
    end: at(facts.end),
    opensAt:
      opensDaysBefore === undefined ? null : (stockholmInstant(daysBefore(opensDaysBefore), '00:00') ?? null),
    closesAt: midnightAfter(daysBefore(7)) ?? now,
    changeUntil: null,
    cancelUntil: null,
    taken: { plats: 0, digitalt: 0 },
    waiting: { plats: 0, digitalt: 0 },
    queueHours: 24,
    cost: freeOfCharge,
    audience: 'Förtroendevalda, chefer och tjänstepersoner i länets kommuner som arbetar med barn och unga.',
    accessibility: onlyOnline
      ? 'Mötet textas på svenska. Hör av dig om du behöver något annat.'
      : 'Lokalen har hörslinga och plats för rullstol. Hör av dig om du behöver något annat.',
    contactName: host?.name ?? '',
    contactEmail: host?.email ?? '',
    contactPhone: '010-000 00 00',
    sessions: sessions.map(({ start, end, description = '', speakers = [], ...session }) => ({
      ...session,
      _id: new Types.ObjectId(),
      start: at(start),
      end: at(end),
      description,
      speakers: speakers.map(([name, role, organisation]) => ({
        name,
        title: role,
        organisation,
        email: '',
      })),
    })),
    movedFrom: null,
    cancelReason: '',
    publishedAt,
    changedAt: publishedAt,
    example: true,
    version: 1,
  };
}
