import { type Authority, findAuthority } from '../../src/authorities/authority.ts';
import { ensureReferenceData } from '../../src/authorities/reference.ts';
import { systemClock } from '../../src/base/clock.ts';
import type { Context } from '../../src/base/context.ts';
import { buildIndexes, connectDatabase, disconnectDatabase, insertRows } from '../../src/base/database.ts';
import { readSettings } from '../../src/base/settings.ts';
import { type Event, EventModel, type Mode } from '../../src/events/event.ts';
import { claimSlug } from '../../src/events/planning/address.ts';
import { loadExample } from '../../src/example/load.ts';
import { diceOf, inventRegistration } from '../../src/example/people.ts';
import { allMigrations } from '../../src/migrations/all.ts';
import { migrate } from '../../src/migrations/migrate.ts';
import { RegistrationModel } from '../../src/registrations/registration.ts';
import { rebuildTallies } from '../../src/registrations/tallies/past-events.ts';
import { openStore } from '../../src/store/open.ts';
import { ordinaryEvent } from '../support/builders.ts';

const day = 24 * 3600_000;

/** What is written besides the example county: by whose context, and for which county board. */
export type Place = { context: Context; authority: Authority };

/** Writes the example county into a folder, and what else `work` does, as the application would find it at its start. */
export async function makeData(folder: string, work: (place: Place) => Promise<void> = async () => {}) {
  await inDatabase(folder, async () => {
    await migrate(allMigrations, systemClock);
    await buildIndexes();
    await ensureReferenceData();
    const context = { now: systemClock(), by: {}, settings: readSettings({ DATA_DIR: folder }) };
    await loadExample(context);
    const authority = await findAuthority('05');
    if (!authority) throw new Error('The reference data is missing.');
    await work({ context, authority });
  });
}

/** Works with the database of a folder that no application has open. */
export async function inDatabase<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const store = await openStore({ dataDir: folder });
  try {
    await connectDatabase(store.uri);
    return await work();
  } finally {
    await disconnectDatabase();
    await store.close();
  }
}

/** Three days in each of the seven years that have been, with so many people on each, all counted as the application does. */
export async function writeYears(place: Place, people: number): Promise<void> {
  for (let number = 0; number < 21; number += 1) {
    const event = await writeEvent(place, `Dag ${number}`, -30 - number * 121);
    await writePeople(place, event, people);
  }
  await rebuildTallies(place.context.now);
}

/** So many people at an event, the same ones at each. */
export async function writePeople(place: Place, event: Event, people: number): Promise<void> {
  const dice = diceOf(7);
  const subject = { event, authority: place.authority, now: place.context.now };
  for (let from = 0; from < people; from += 5_000) {
    const some = Array.from({ length: Math.min(5_000, people - from) }, (_, index) =>
      inventRegistration(subject, from + index, dice),
    );
    await insertRows(RegistrationModel, some);
  }
  const taken = await RegistrationModel.aggregate<{ _id: Mode; number: number }>([
    { $match: { event: event._id } },
    { $group: { _id: '$mode', number: { $sum: 1 } } },
  ]);
  const counts = Object.fromEntries(taken.map(({ _id, number }) => [`taken.${_id}`, number]));
  await EventModel.updateOne({ _id: event._id }, { $set: counts });
}

/** A published event of three hours so many days from now, with sign-up open until two days before it, and no limit of seats. */
export async function writeEvent(
  { context, authority }: Place,
  title: string,
  days: number,
  facts: Partial<Event> = {},
): Promise<Event> {
  const start = new Date(Math.floor((+context.now + days * day) / day) * day + 8 * 3600_000);
  const times = { start, end: new Date(+start + 3 * 3600_000), closesAt: new Date(+start - 2 * day) };
  const about = { title, authority: authority._id, seats: { plats: null, digitalt: null }, sessions: [] };
  const event = { ...ordinaryEvent(), ...times, ...about, ...facts };
  await EventModel.insertMany([event], { lean: true });
  await claimSlug(event);
  return event;
}
