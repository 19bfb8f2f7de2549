import type { Context } from '../../base/context.ts';
import { transaction } from '../../base/database.ts';
import { type Event, EventModel } from '../../events/event.ts';
import { secondsToWait } from '../../limits/limit.ts';
import { oweLetter } from '../owed-letter.ts';
import { active, type Registration, RegistrationModel } from '../registration.ts';
import { sendListLinks } from './own-list.ts';

/** Lost links that one network asks for. */
const asked = { name: 'lost-link', most: 30, minutes: 5 };

/** Counts somebody who asks for a lost link, and tells for how many seconds no more are taken; 0 if this one is. */
export async function secondsToAsk(context: Context): Promise<number> {
  return secondsToWait(context, asked, context.by.network ?? '');
}

/**
 * Sends an address the links to its registrations: a letter for each active one, and for each event that it has only
 * signed others up for, at most one an hour. Nobody is told what was found.
 */
export async function sendNewLinks(context: Context, email: string): Promise<void> {
  const mine = { email, status: { $in: active } };
  const registrations = await RegistrationModel.find(mine).lean<Registration[]>();
  const ids = registrations.map(({ event }) => event);
  const events = await EventModel.find({ _id: { $in: ids } }).lean<Event[]>();
  for (const registration of registrations) {
    const event = events.find(({ _id }) => _id.equals(registration.event));
    if (event) await sendNewLink(context, event, registration);
  }
  await sendListLinks(context, email, ids);
}

async function sendNewLink(context: Context, event: Event, registration: Registration): Promise<void> {
  const anHourAgo = new Date(+context.now - 3600_000);
  const due = { $or: [{ linkSentAt: null }, { linkSentAt: { $lte: anHourAgo } }] };
  await transaction(async () => {
    const filter = { _id: registration._id, status: { $in: active }, ...due };
    const { modifiedCount } = await RegistrationModel.updateOne(filter, {
      $set: { linkSentAt: context.now },
    });
    if (modifiedCount === 1) await oweLetter(context, event, { kind: 'new-link', registration });
  });
}
