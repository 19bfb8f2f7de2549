import { authorityOf } from '../../authorities/authority.ts';
import type { Context } from '../../base/context.ts';
import { transaction } from '../../base/database.ts';
import { type Event, EventModel } from '../../events/event.ts';
import { listOrganisers, type Organiser } from '../../organisers/organiser.ts';
import { owe } from '../../outbox/outbox.ts';
import { type Burst, BurstModel } from '../../registrations/bursts/burst.ts';
import { openBursts } from '../../registrations/bursts/groups.ts';
import type { Receiver } from '../../registrations/letter-facts.ts';
import { letterRow } from '../../registrations/owed-letter.ts';

/** Owes the organisers of the county board one letter for each burst of sign-ups that they have not been told of. */
export async function tellOfBursts(context: Context): Promise<void> {
  const untold = await BurstModel.find({ toldAt: null }, { _id: 1 }).lean();
  for (const { _id } of untold) await transaction(() => tellOf(context, _id));
}

async function tellOf(context: Context, id: Burst['_id']): Promise<void> {
  // First: here two workers meet, and one of them finds nothing more to do.
  const told = { $set: { toldAt: context.now } };
  const burst = await BurstModel.findOneAndUpdate({ _id: id, toldAt: null }, told).lean<Burst>();
  const event = burst && (await EventModel.findById(burst.event).lean<Event>());
  const group = event && (await openBursts([event._id])).find(({ key }) => key === String(id));
  if (!group) return;
  const authority = await authorityOf(event);
  const { event: _event, ...facts } = group;
  const organisers = await listOrganisers(event.authority);
  const rows = organisers.map((organiser) => {
    const subject = { receiver: receiverOf(organiser), event, authority };
    const more = { burst: facts, revision: String(id) };
    const { registration: _none, ...row } = letterRow(context, subject, 'unusual-speed', more);
    return row;
  });
  await owe(rows);
}

/** An organiser has no registration, so the letter's personal link would open nothing; it has none. */
function receiverOf({ _id, name, email, example, createdAt }: Organiser): Receiver {
  const [givenName = '', ...rest] = name.split(' ');
  const named = { givenName, familyName: rest.join(' '), email, language: 'sv' as const };
  return { ...named, _id, mode: 'plats', uid: '', sequence: 0, example, provenAt: createdAt };
}
