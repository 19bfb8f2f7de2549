import type { Types } from 'mongoose';
import { authorityOf } from '../../authorities/authority.ts';
import type { Context } from '../../base/context.ts';
import { insertRows, isDuplicate, transaction } from '../../base/database.ts';
import { isoDay } from '../../base/dates.ts';
import { inTurn } from '../../base/serial.ts';
import { type Event, EventModel } from '../../events/event.ts';
import { logActs } from '../acts/log-acts.ts';
import {
  active,
  newRegistration,
  type Person,
  type Registration,
  RegistrationModel,
} from '../registration.ts';
import { searchWords } from '../search.ts';
import { recount } from '../seats.ts';
import { arrivalTime } from './attendance.ts';

/** Why nobody was written in: the event is not on, its day has not come, or the address is registered for it already. */
type Refused = { refused: 'cancelled' | 'early' | 'known' };

/**
 * Writes in somebody who came without having signed up: present from now on, past all seats and deadlines, and without
 * a letter about it. The address may be empty: then no letter ever goes, no link works, and nobody is taken for
 * anybody else.
 */
export async function addWalkIn(
  context: Context,
  event: Types.ObjectId,
  person: Person,
): Promise<Registration | Refused> {
  try {
    return await inTurn(String(event), () => transaction(() => writeIn(context, event, person)));
  } catch (error) {
    // The unique index of active registrations knows the address.
    if (isDuplicate(error)) return { refused: 'known' };
    throw error;
  }
}

async function writeIn(
  context: Context,
  id: Types.ObjectId,
  person: Person,
): Promise<Registration | Refused> {
  const event = await EventModel.findById(id).orFail().lean<Event>();
  if (event.state !== 'published') return { refused: 'cancelled' };
  if (isoDay(context.now) < isoDay(event.start)) return { refused: 'early' };
  const { email, mode } = person;
  if (email && (await RegistrationModel.exists({ event: id, email, status: { $in: active } })))
    return { refused: 'known' };
  const registration: Registration = {
    ...newRegistration(context, event, person),
    ...{ walkIn: true, present: true, attendedMode: mode },
    presentAt: arrivalTime(event, context.now),
    search: searchWords(person, await authorityOf(event)),
  };
  await recount(context, id, { taken: [mode] });
  await insertRows(RegistrationModel, [registration]);
  await logActs(context, event, [{ action: 'attendance.walkIn', registration: registration._id }]);
  return registration;
}
