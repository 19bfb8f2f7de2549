import { note } from '../audit/log.ts';
import { type Authority, AuthorityModel } from '../authorities/authority.ts';
import type { Act } from '../base/context.ts';
import { type ClientSession, insertRows, transaction } from '../base/database.ts';
import { type Event, EventModel, type Mode, modes } from '../events/event.ts';
import { type Organiser, OrganiserModel } from '../organisers/organiser.ts';
import { owe } from '../outbox/outbox.ts';
import { letterRow } from '../registrations/owed-letter.ts';
import { type Registration, RegistrationModel } from '../registrations/registration.ts';
import { organisers } from './county.ts';
import { type Dice, diceOf, inventRegistration } from './people.ts';
import { placeEvents } from './placing.ts';

/**
 * Fills an empty database with the example county: all of it or nothing. Its letters are kept and never leave.
 * @returns whether it was loaded; false where the database held something already
 */
export async function loadExample(act: Act): Promise<boolean> {
  const [events, people] = await Promise.all([EventModel.exists({}), OrganiserModel.exists({})]);
  if (events || people) return false;
  const dice = diceOf(2027);
  await transaction(async (session) => {
    const hosts = await welcomeHosts(act, session);
    for (const { event, people } of placeEvents(act.now)) {
      const host = hosts.find(({ authority }) => authority._id === event.authority);
      if (host) await write(act, event, people, host, dice, session);
    }
  });
  return true;
}

/** A county board and the organiser who plans its days. */
type Host = { authority: Authority; organiser: Organiser };

async function welcomeHosts(act: Act, session: ClientSession): Promise<Host[]> {
  const contact = { contactEmail: 'boostdagar@example.se', contactPhone: '010-000 00 00' };
  await AuthorityModel.updateMany({ contactEmail: '' }, { $set: contact }, { session });
  const authorities = await AuthorityModel.find().session(session).lean<Authority[]>();
  const made = organisers.map((one) => ({ ...one, createdAt: act.now, example: true }));
  const rows = await OrganiserModel.insertMany(made, { session });
  return rows.flatMap((organiser) => {
    const authority = authorities.find((one) => one._id === organiser.authority);
    return authority ? [{ authority, organiser }] : [];
  });
}

async function write(
  act: Act,
  event: Event,
  people: number,
  host: Host,
  dice: Dice,
  session: ClientSession,
): Promise<void> {
  const { authority, organiser } = host;
  const invented = Array.from({ length: people }, (_, number) =>
    inventRegistration(event, authority, number, act.now, dice),
  );
  const registrations = modes.flatMap((mode) => inTurn(event, mode, invented));
  const taken = perMode(registrations, 'confirmed');
  const waiting = perMode(registrations, 'waiting');
  await insertRows(EventModel, [{ ...event, taken, waiting }], session);
  await insertRows(RegistrationModel, registrations, session);

  const by = { organiser: { id: String(organiser._id), name: organiser.name } };
  const published = {
    authority: authority._id,
    deed: 'event.published',
    event: event._id,
    about: event.title,
  } as const;
  await note({ ...act, by, now: event.publishedAt ?? act.now }, published, session);

  const upcoming = event.end > act.now ? registrations : [];
  const queue = registrations.filter(({ status }) => status === 'waiting');
  const letters = upcoming.map((registration) => {
    const then = { ...act, now: registration.createdAt };
    const subject = { registration, event, authority };
    const number = queue.indexOf(registration) + 1;
    return number === 0
      ? letterRow(then, 'bekraftelse', subject)
      : letterRow(then, 'vantelista', subject, { queue: [{ mode: registration.mode, number }] });
  });
  await owe(letters, session);
}

/** Those who would attend this way, in the order in which they signed up: who came after the last seat waits. */
function inTurn({ seats }: Event, way: Mode, invented: Registration[]): Registration[] {
  const most = seats[way] ?? Number.POSITIVE_INFINITY;
  return invented
    .filter(({ mode }) => mode === way)
    .toSorted((a, b) => +a.createdAt - +b.createdAt)
    .map((one, index) =>
      index < most ? one : { ...one, status: 'waiting', wishes: [way], queuedAt: one.createdAt },
    );
}

function perMode(registrations: Registration[], status: Registration['status']): Record<Mode, number> {
  const count = (mode: Mode) =>
    registrations.filter((one) => one.status === status && one.mode === mode).length;
  return { plats: count('plats'), digitalt: count('digitalt') };
}
