import type { QueryFilter, Types } from 'mongoose';
import { type Event, EventModel } from '../events/event.ts';
import { type Mail, MailModel } from '../inbox/mail.ts';
import { type Letter, LetterModel } from '../outbox/letter.ts';
import { active, type Registration, RegistrationModel } from '../registrations/registration.ts';

/** Somebody by their address, as one county board keeps them: other boards decide on what is theirs. */
export type DataSubject = { authority: string; email: string };

/** What a county board holds about somebody. `isComing`: they have a seat at an event that has not ended, or wait for one. */
export type Holdings = {
  registrations: { registration: Registration; event: Event; isComing: boolean }[];
  letters: number;
  mails: number;
  /** People whom they have signed up. */
  colleagues: number;
};

/** Finds what a county board holds about somebody at this moment. */
export async function holdingsOf(person: DataSubject, now: Date): Promise<Holdings> {
  const rows = await RegistrationModel.find(person).sort({ createdAt: 1, _id: 1 }).lean<Registration[]>();
  const ids = rows.map(({ _id }) => _id);
  const events = await EventModel.find({ _id: { $in: rows.map(({ event }) => event) } }).lean<Event[]>();
  const registrations = rows.flatMap((registration) => {
    const event = events.find(({ _id }) => _id.equals(registration.event));
    return event ? [{ registration, event, isComing: isComing(registration, event, now) }] : [];
  });
  const [letters, mails, colleagues] = await Promise.all([
    LetterModel.countDocuments(lettersOf(person, ids)),
    MailModel.countDocuments(mailsOf(person, ids)),
    RegistrationModel.countDocuments(signedUpBy(person)),
  ]);
  return { registrations, letters, mails, colleagues };
}

function isComing({ status }: Registration, { state, end }: Event, now: Date): boolean {
  return active.includes(status) && state === 'published' && now < end;
}

/** Letters to the person, whatever address they had then. @param ids their registrations */
export function lettersOf({ authority, email }: DataSubject, ids: Types.ObjectId[]): QueryFilter<Letter> {
  return { authority, listed: true, $or: [{ registration: { $in: ids } }, { 'to.address': email }] };
}

/** Mails from the person, and about their registrations. */
export function mailsOf({ authority, email }: DataSubject, ids: Types.ObjectId[]): QueryFilter<Mail> {
  return { $or: [{ registration: { $in: ids } }, { authority, 'from.address': email }] };
}

/** Those whom the person has signed up. */
export function signedUpBy({ authority, email }: DataSubject): QueryFilter<Registration> {
  return { authority, 'registeredBy.email': email };
}
