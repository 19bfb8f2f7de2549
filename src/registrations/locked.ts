import type { Types } from 'mongoose';
import { transaction } from '../base/database.ts';
import { inTurn } from '../base/serial.ts';
import { type Event, EventModel } from '../events/event.ts';
import { type Registration, RegistrationModel } from './registration.ts';

/** A registration and its event, both as they are in the running transaction. */
export type Found = { registration: Registration; event: Event };

/** Runs one act on a registration in a transaction, after the acts on the same event that came before it. */
export async function inTurnOf<T>(id: Types.ObjectId, act: (found: Found) => Promise<T>): Promise<T> {
  const { event } = await RegistrationModel.findById(id, { event: 1 }).orFail().lean();
  return inTurn(String(event), () => transaction(async () => act(await findWithEvent(id))));
}

/** More people in one transaction would keep the other acts on an event waiting for too long. */
const most = 500;

/**
 * Runs an act that concerns many people of an event, a part of them at a time and each part in a transaction, in turn with
 * the other acts on the event.
 * @param part acts on the next of them, `most` at most; returns whether there may be more
 */
export async function inTurns(
  event: Types.ObjectId,
  part: (most: number) => Promise<boolean>,
): Promise<void> {
  while (await inTurn(String(event), () => transaction(() => part(most))));
}

/** @throws DocumentNotFoundError if there is no such registration */
export async function findWithEvent(id: Types.ObjectId): Promise<Found> {
  const registration = await RegistrationModel.findById(id).orFail().lean<Registration>();
  const event = await EventModel.findById(registration.event).orFail().lean<Event>();
  return { registration, event };
}
