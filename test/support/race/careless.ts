import { setTimeout } from 'node:timers/promises';
import type { Types } from 'mongoose';
import { type Event, EventModel, type Mode } from '../../../src/events/event.ts';
import { hasSeat } from '../../../src/events/rules.ts';

/**
 * What sign-ups would be without their protection, for the control of the race: stands in the place of
 * registrations/seats.ts and base/serial.ts.
 */
export { joinQueue, recount } from '../../../src/registrations/seats.ts';

/** Looks whether there is a seat, and counts it a moment later, by itself. */
export async function takeSeat(event: Types.ObjectId, mode: Mode): Promise<Event | null> {
  const seen = await EventModel.findById(event).orFail().lean<Event>();
  if (!hasSeat(seen, mode)) return null;
  await setTimeout(20);
  await EventModel.updateOne({ _id: event }, { $inc: { [`taken.${mode}`]: 1 } });
  return seen;
}

/** Lets everybody in at once. */
export async function inTurn<T>(_key: string, act: () => Promise<T>): Promise<T> {
  return act();
}

/** Does everything alone and at once. */
export function together<Ask, Answer>(_most: number, answerAll: (asks: Ask[]) => Promise<Answer[]>) {
  return async (ask: Ask): Promise<Answer> => (await answerAll([ask]))[0] as Answer;
}
