import { type Authority, AuthorityModel } from '../../authorities/authority.ts';
import type { Act } from '../../base/context.ts';
import { transaction } from '../../base/database.ts';
import { type Event, EventModel } from '../../events/event.ts';
import { oweLetter, type Subject } from '../owed-letter.ts';
import { active, type Registration, RegistrationModel } from '../registration.ts';
import { linkIsTooOld } from './links.ts';

/**
 * Sends an address the links to its registrations: a letter for each active one whose link still works, at most one an
 * hour. Whoever asks is not told what was found.
 */
export async function sendNewLinks(act: Act, email: string): Promise<void> {
  const registrations = await RegistrationModel.find({ email, status: { $in: active } }).lean<
    Registration[]
  >();
  const [events, authorities] = await Promise.all([
    EventModel.find({ _id: { $in: registrations.map((one) => one.event) } }).lean<Event[]>(),
    AuthorityModel.find({ _id: { $in: registrations.map((one) => one.authority) } }).lean<Authority[]>(),
  ]);
  for (const registration of registrations) {
    const event = events.find((one) => one._id.equals(registration.event));
    const authority = authorities.find((one) => one._id === registration.authority);
    if (event && authority && !linkIsTooOld(event.end, act.now))
      await sendNewLink(act, { registration, event, authority });
  }
}

async function sendNewLink(act: Act, subject: Subject): Promise<void> {
  const anHourAgo = new Date(act.now.getTime() - 3600_000);
  const due = { $or: [{ linkSentAt: null }, { linkSentAt: { $lte: anHourAgo } }] };
  await transaction(async (session) => {
    const filter = { _id: subject.registration._id, status: { $in: active }, ...due };
    const { modifiedCount } = await RegistrationModel.updateOne(
      filter,
      { $set: { linkSentAt: act.now } },
      { session },
    );
    if (modifiedCount === 1) await oweLetter(act, 'nylank', subject, session);
  });
}
