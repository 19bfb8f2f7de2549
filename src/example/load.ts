import { logAction } from '../audit/log.ts';
import { type Authority, AuthorityModel } from '../authorities/authority.ts';
import type { Context } from '../base/context.ts';
import { insertRows, transaction } from '../base/database.ts';
import { type Event, EventModel, type Mode, modes } from '../events/event.ts';
import { claimSlug } from '../events/planning/address.ts';
import { type Organiser, OrganiserModel } from '../organisers/organiser.ts';
import { owe } from '../outbox/outbox.ts';
import { letterRow } from '../registrations/owed-letter.ts';
import { type Registration, RegistrationModel } from '../registrations/registration.ts';
import { registerSpeakers } from '../speakers/programme.ts';
import { organisers } from './county.ts';
import { type Dice, diceOf, inventRegistration } from './people.ts';
import { type Placed, placeEvents } from './placing.ts';

/**
 * Fills an empty database with the example county: all of it or nothing. Its letters are kept and never leave.
 * @returns whether it was loaded; false where the database held something already
 */
export async function loadExample(context: Context): Promise<boolean> {
  const [events, people] = await Promise.all([EventModel.exists({}), OrganiserModel.exists({})]);
  if (events || people) return false;
  const dice = diceOf(2027);
  await transaction(async () => {
    const hosts = await welcomeHosts(context);
    for (const placed of placeEvents(context.now)) {
      const host = hosts.find(({ authority }) => authority._id === placed.event.authority);
      if (host) await write(context, placed, host, dice);
    }
  });
  return true;
}

/** What stands in the settings of county boards while they have the example. */
export const contact = { contactEmail: 'boostdagar@example.se', contactPhone: '010-000 00 00' };

/** A county board and the organiser who plans its days. */
type Host = { authority: Authority; organiser: Organiser };

async function welcomeHosts(context: Context): Promise<Host[]> {
  await AuthorityModel.updateMany({ contactEmail: '' }, { $set: contact });
  const authorities = await AuthorityModel.find().lean<Authority[]>();
  const made = organisers.map((one) => ({ ...one, createdAt: context.now, example: true }));
  const rows = await OrganiserModel.insertMany(made);
  return rows.flatMap((organiser) => {
    const authority = authorities.find((one) => one._id === organiser.authority);
    return authority ? [{ authority, organiser }] : [];
  });
}

async function write(context: Context, { event, people }: Placed, host: Host, dice: Dice): Promise<void> {
  const { authority, organiser } = host;
  const invented = Array.from({ length: people }, (_, number) =>
    inventRegistration({ event, authority, now: context.now }, number, dice),
  );
  const registrations = modes.flatMap((mode) => inTurn(event, mode, invented));
  const taken = perMode(registrations, 'confirmed');
  const waiting = perMode(registrations, 'waiting');
  await insertRows(EventModel, [{ ...event, taken, waiting }]);
  await registerSpeakers(context, event);
  if (event.state !== 'draft') await claimSlug(event);
  await insertRows(RegistrationModel, registrations);

  const by = { organiser: { id: String(organiser._id), name: organiser.name } };
  const published = {
    authority: authority._id,
    action: 'event.published',
    event: event._id,
    about: event.title,
  } as const;
  await logAction({ ...context, by, now: event.publishedAt ?? context.now }, published);

  const upcoming = event.end > context.now ? registrations : [];
  const queue = registrations.filter(({ status }) => status === 'waiting');
  const letters = upcoming.map((registration) => {
    const then = { ...context, now: registration.createdAt };
    const subject = { receiver: registration, event, authority };
    const number = queue.indexOf(registration) + 1;
    return number === 0
      ? letterRow(then, subject, 'confirmation')
      : letterRow(then, subject, 'waiting-list', { queue: [{ mode: registration.mode, number }] });
  });
  await owe(letters);
}

/** Those who would attend this way, in the order in which they signed up: who came after the last seat waits. */
function inTurn({ seats }: Event, way: Mode, invented: Registration[]): Registration[] {
  const most = seats[way] ?? Number.POSITIVE_INFINITY;
  return invented
    .filter(({ mode }) => mode === way)
    .toSorted((a, b) => +a.createdAt - +b.createdAt)
    .map((one, index) =>
      index < most ? one : { ...one, status: 'waiting', waitsFor: [way], waitingSince: one.createdAt },
    );
}

function perMode(registrations: Registration[], status: Registration['status']): Record<Mode, number> {
  const count = (mode: Mode) =>
    registrations.filter((one) => one.status === status && one.mode === mode).length;
  return { plats: count('plats'), digitalt: count('digitalt') };
}
