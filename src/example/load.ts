import { DateTime } from 'luxon';
import { Types } from 'mongoose';
import { type Authority, AuthorityModel } from '../authorities/authority.ts';
import { note } from '../authorities/journal.ts';
import { OrganiserModel } from '../authorities/organiser.ts';
import { otherMunicipality } from '../authorities/roles.ts';
import type { Act } from '../base/act.ts';
import { type ClientSession, transaction } from '../base/database.ts';
import { inStockholm, isoDay, midnightAfter, stockholmInstant, zone } from '../base/dates.ts';
import { type Event, EventModel, type Mode } from '../events/event.ts';
import { slugOf } from '../events/planning.ts';
import { offeredModes } from '../events/rules.ts';
import { letterRow, oweLetters } from '../registrations/letters.ts';
import { type Registration, RegistrationModel } from '../registrations/registration.ts';
import { aroundToday, type ExampleEvent, earlierYear, knowledgeMorning } from './county.ts';
import { type Dice, diceOf, inventPerson, pick, pickRole } from './people.ts';

/** How an example event stands: when it is, when sign-up opens (days before the event), how many have signed up. */
type Placed = { event: Event; people: number };

/**
 * Fills an empty database with the example county: all of it or nothing. Its letters are kept and never leave.
 * @returns whether it was loaded; false where the database held something already
 */
export async function loadExample(act: Act): Promise<boolean> {
  if ((await EventModel.exists({})) || (await OrganiserModel.exists({}))) return false;
  const authorities = await AuthorityModel.find().lean<Authority[]>();
  const boards = new Map(authorities.map((one) => [one._id, one]));
  const dice = diceOf(2027);
  await transaction(async (session) => {
    await writeOrganisers(act, session);
    for (const placed of placeEvents(act.now)) {
      const authority = boards.get(placed.event.authority);
      if (authority) await writeEvent(act, placed, authority, dice, session);
    }
  });
  return true;
}

async function writeOrganisers(act: Act, session: ClientSession): Promise<void> {
  const contact = { contactEmail: 'boostdagar@example.se', contactPhone: '010-000 00 00' };
  await AuthorityModel.updateMany({ contactEmail: '' }, { $set: contact }, { session });
  const organisers = [
    { name: 'Maja Lindgren', email: 'maja.lindgren@example.se', authority: '05' },
    { name: 'Karin Ekdal', email: 'karin.ekdal@example.se', authority: '04' },
  ];
  await OrganiserModel.insertMany(
    organisers.map((one) => ({ ...one, createdAt: act.now, example: true })),
    { session },
  );
}

/** Each example event at its place in time, seen from now. */
function placeEvents(now: Date): Placed[] {
  const [past, open, later] = aroundToday;
  const year = inStockholm(now).year;
  const earlier = [year - 2, year - 1].flatMap((earlierOne) =>
    earlierYear.map(({ week, event }) =>
      place(event, thursday(earlierOne, week), now, 45 + ((earlierOne * 7 + week * 11) % 70)),
    ),
  );
  return [
    ...earlier,
    place(past, workday(now, -5), now, 74),
    place(open, workday(now, 5), now, 82),
    place(knowledgeMorning, workday(now, 7), now, 61),
    place(later, workday(now, 17), now, 0, 60),
  ];
}

function thursday(year: number, week: number): DateTime {
  return DateTime.fromObject({ weekYear: year, weekNumber: week, weekday: 4 }, { zone });
}

/** A Thursday some weeks from now, moved out of summer and the weeks around Christmas. */
function workday(now: Date, weeks: number): DateTime {
  let day = inStockholm(now).plus({ weeks }).set({ weekday: 4 });
  while (day.weekNumber >= 51 || day.weekNumber <= 1 || (day.weekNumber >= 26 && day.weekNumber <= 33)) {
    day = day.plus({ weeks: Math.sign(weeks) });
  }
  return day;
}

function place(
  { sessions, ...facts }: ExampleEvent,
  day: DateTime,
  now: Date,
  people: number,
  opensDaysBefore = 0,
): Placed {
  const date = day.toFormat('yyyy-MM-dd');
  const at = (time: string) => stockholmInstant(date, time) ?? now;
  const published = day.minus({ weeks: 10 }).toJSDate();
  const event: Event = {
    ...facts,
    _id: new Types.ObjectId(),
    slug: `${slugOf(facts.title)}-${date}`,
    state: 'published',
    start: at(facts.start),
    end: at(facts.end),
    opensAt: opensDaysBefore
      ? (midnightAfter(isoDay(day.minus({ days: opensDaysBefore }).toJSDate())) ?? null)
      : null,
    closesAt: midnightAfter(isoDay(day.minus({ days: 7 }).toJSDate())) ?? now,
    taken: { plats: 0, digitalt: 0 },
    cost: 'Kostnadsfritt',
    audience: 'Förtroendevalda, chefer och tjänstepersoner i länets kommuner som arbetar med barn och unga.',
    accessibility:
      facts.seats.plats === 0
        ? 'Mötet textas på svenska.'
        : 'Lokalen har hörslinga och plats för rullstol. Hör av dig om du behöver något annat.',
    contactName: facts.authority === '05' ? 'Maja Lindgren' : 'Karin Ekdal',
    contactEmail: facts.authority === '05' ? 'maja.lindgren@example.se' : 'karin.ekdal@example.se',
    contactPhone: '010-000 00 00',
    sessions: sessions.map(({ start, end, title, description = '', speakers = [] }) => ({
      _id: new Types.ObjectId(),
      ...{ start: at(start), end: at(end), title, description },
      speakers: speakers.map(([name, role, organisation]) => ({
        name,
        title: role,
        organisation,
        email: '',
      })),
    })),
    movedFrom: null,
    cancelReason: '',
    publishedAt: published < now ? published : now,
    changedAt: published < now ? published : now,
    example: true,
    version: 1,
  };
  return { event, people };
}

async function writeEvent(
  act: Act,
  { event, people }: Placed,
  authority: Authority,
  dice: Dice,
  session: ClientSession,
): Promise<void> {
  const registrations = Array.from({ length: people }, (_, number) =>
    invent(event, authority, number, act.now, dice),
  );
  const taken = (mode: Mode) => registrations.filter((one) => one.mode === mode).length;
  await EventModel.insertMany([{ ...event, taken: { plats: taken('plats'), digitalt: taken('digitalt') } }], {
    session,
  });
  await RegistrationModel.insertMany(registrations, { session });
  await note(
    { ...act, now: event.publishedAt ?? act.now },
    { authority: authority._id, deed: 'event.published', event: event._id, about: event.title },
    session,
  );
  const upcoming = event.end > act.now ? registrations : [];
  await oweLetters(
    upcoming.map((registration) =>
      letterRow({ ...act, now: registration.createdAt }, 'bekraftelse', { registration, event, authority }),
    ),
    session,
  );
}

function invent(event: Event, authority: Authority, number: number, now: Date, dice: Dice): Registration {
  const signedUp = new Date(
    Math.min(+now, +event.closesAt) - Math.floor((0.02 + dice() * 0.9) * 28 * 24 * 3600_000),
  );
  const municipality = pickMunicipality(authority, number, dice);
  const over = event.end <= now;
  return {
    ...inventPerson(dice, number),
    _id: new Types.ObjectId(),
    event: event._id,
    authority: authority._id,
    status: 'confirmed',
    organisation: municipality?.fullName ?? pick(dice, ['Region Östergötland', 'Polisen', 'Rädda Barnen']),
    municipality: municipality?.code ?? otherMunicipality,
    role: pickRole(dice),
    mode: pick(dice, offeredModes(event)),
    language: 'sv',
    uid: `${new Types.ObjectId().toHexString()}@example.se`,
    sequence: 0,
    createdAt: signedUp,
    changedAt: signedUp,
    cancelledAt: null,
    present: over ? dice() < 0.78 : null,
    presentAt: over ? event.start : null,
    remindedAt: null,
    example: true,
  };
}

/** One person from every municipality first, then more from the larger ones, in uneven numbers; a few from elsewhere. */
function pickMunicipality(authority: Authority, number: number, dice: Dice) {
  const all = authority.municipalities;
  if (number < all.length) return all[number];
  if (dice() < 0.06) return undefined;
  const large = all.filter((one) =>
    ['Linköping', 'Norrköping', 'Motala', 'Mjölby', 'Finspång', 'Eskilstuna', 'Nyköping'].includes(one.name),
  );
  return pick(dice, dice() < 0.7 ? large : all);
}
