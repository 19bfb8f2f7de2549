import type { Types } from 'mongoose';
import { type ClientSession, transaction } from '../base/database.ts';
import { inTurn } from '../base/serial.ts';
import { type Event, EventModel } from '../events/event.ts';
import { type Registration, RegistrationModel } from './registration.ts';

/** One transaction about a registration, after the acts on the same event that came before. */
export async function inTurnOf<T>(
  id: Types.ObjectId,
  act: (session: ClientSession) => Promise<T>,
): Promise<T> {
  const { event } = await RegistrationModel.findById(id, { event: 1 }).orFail().lean();
  return inTurn(String(event), () => transaction(act));
}

/** A registration and its event as they stand in this transaction. */
export async function readPlace(
  id: Types.ObjectId,
  session: ClientSession,
): Promise<{ registration: Registration; event: Event }> {
  const registration = await RegistrationModel.findById(id).session(session).orFail().lean<Registration>();
  const event = await EventModel.findById(registration.event).session(session).orFail().lean<Event>();
  return { registration, event };
}
