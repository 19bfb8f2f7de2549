import type { QueryFilter, Types } from 'mongoose';
import { type Event, EventModel } from '../events/event.ts';
import { type Mail, MailModel } from '../inbox/mail.ts';
import { type Letter, LetterModel } from '../outbox/letter.ts';
import { active, type Registration, RegistrationModel } from '../registrations/registration.ts';

/**
 * Somebody by their address, as one county board keeps them: other boards decide on what is theirs. Without an address they
 * are known by one record only.
 */
export type DataSubject = {
  authority: string;
  email: string;
  /** The registration, or the entry in the register of speakers, that the organiser looked at. */
  record: Types.ObjectId;
};

/** The person's registrations. */
export function registrationsOf({ authority, email, record }: DataSubject): QueryFilter<Registration> {
  return email ? { authority, email } : { authority, _id: record };
}

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
  const rows = await RegistrationModel.find(registrationsOf(person))
    .sort({ createdAt: 1, _id: 1 })
    .lean<Registration[]>();
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
  const addressed = email ? [{ 'to.address': email }] : [];
  return { authority, listed: true, $or: [{ registration: { $in: ids } }, ...addressed] };
}

/** Mails from the person, and about their registrations. */
export function mailsOf({ authority, email }: DataSubject, ids: Types.ObjectId[]): QueryFilter<Mail> {
  const sent = email ? [{ authority, 'from.address': email }] : [];
  return { $or: [{ registration: { $in: ids } }, ...sent] };
}

/** Those whom the person has signed up. */
export function signedUpBy({ authority, email }: DataSubject): QueryFilter<Registration> {
  return { authority, 'registeredBy.email': { $in: email ? [email] : [] } };
}
