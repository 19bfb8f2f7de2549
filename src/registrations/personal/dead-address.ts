import { AuditModel, entryOf } from '../../audit/log.ts';
import type { Context } from '../../base/context.ts';
import { insertRows, transaction } from '../../base/database.ts';
import { type Event, EventModel } from '../../events/event.ts';
import { actionOn, active, type Registration, RegistrationModel } from '../registration.ts';

/**
 * Marks an address that takes no mail, in every registration that has it, whatever event the mail was about: the
 * organisers see it, and no letters by plan go there until it is corrected.
 */
export async function markDeadAddress(context: Context, email: string): Promise<void> {
  await transaction(async () => {
    const unmarked = { email, status: { $in: active }, bouncedAt: { $exists: false } };
    const registrations = await RegistrationModel.find(unmarked).lean<Registration[]>();
    const ids = registrations.map(({ event }) => event);
    const events = await EventModel.find({ _id: { $in: ids } }).lean<Event[]>();
    await RegistrationModel.updateMany(unmarked, { $set: { bouncedAt: context.now } });
    const entries = registrations.flatMap((registration) => {
      const event = events.find(({ _id }) => _id.equals(registration.event));
      return event ? [entryOf(context, actionOn('registration.bounced', registration, event))] : [];
    });
    await insertRows(AuditModel, entries);
  });
}
