import type { Types } from 'mongoose';
import type { Authority } from '../authorities/authority.ts';
import type { Act } from '../base/act.ts';
import type { ClientSession } from '../base/database.ts';
import type { Event, Mode } from '../events/event.ts';
import { placeOf } from '../events/rules.ts';
import { type OwedLetter, owe } from '../post/outbox.ts';
import type { Registration } from './registration.ts';

/** The letters that a registration can be owed; the keys are those of the catalogue's `mejl.*`. */
export type LetterKind = 'bekraftelse' | 'redan' | 'nylank' | 'andrat' | 'nyadress' | 'avbokad' | 'installt';

/** The person, the event and the county board that a letter is about. */
export type Subject = { registration: Registration; event: Event; authority: Authority };

type Time = { start: Date; end: Date };

/** What was true when the letter was owed, so that it can be written later and still say just that. */
export type Facts = {
  registration: Types.ObjectId;
  givenName: string;
  mode: Mode;
  uid: string;
  sequence: number;
  slug: string;
  title: string;
  start: Date;
  end: Date;
  place: string;
  cost: string;
  contactName: string;
  contactEmail: string;
  contactPhone: string;
  authority: string;
  unit: string;
  before?: Time & { place: string };
  reason?: string;
};

/** What only the act knows that owes the letter. */
export type More = Pick<Facts, 'before' | 'reason'> & { calendar?: 'REQUEST' | 'CANCEL' | undefined };

/** Letters about something that changes once carry a revision; the others may be asked for again and again. */
const repeatable: LetterKind[] = ['redan', 'nylank'];

/** Writes one letter into the outbox, in the transaction of the act that owes it (R69). */
export async function oweLetter(
  act: Act,
  kind: LetterKind,
  subject: Subject,
  session: ClientSession,
  more: More = {},
): Promise<void> {
  await owe([letterRow(act, kind, subject, more)], session);
}

/** The outbox row of one letter: what was true now, and to whom it goes. */
export function letterRow(
  act: Act,
  kind: LetterKind,
  { registration, event, authority }: Subject,
  more: More = {},
): OwedLetter {
  const { calendar = kind === 'bekraftelse' || kind === 'andrat' ? 'REQUEST' : undefined, ...facts } = more;
  const revision = repeatable.includes(kind) ? act.now.getTime() : registration.sequence;
  return {
    kind,
    key: `${registration._id}.${kind}.${revision}`,
    registration: registration._id,
    event: event._id,
    authority: event.authority,
    to: { name: `${registration.givenName} ${registration.familyName}`, address: registration.email },
    from: { name: authority.name, address: act.settings.mailFrom },
    replyTo: { name: event.contactName, address: event.contactEmail },
    language: registration.language,
    state: act.settings.smtpUrl && !registration.example ? 'queued' : 'kept',
    createdAt: act.now,
    dueAt: act.now,
    listed: true,
    calendar,
    facts: { ...factsOf(registration, event, authority), ...facts },
  };
}

function factsOf(registration: Registration, event: Event, authority: Authority): Facts {
  const { givenName, mode, uid, sequence } = registration;
  const { slug, title, start, end, cost, contactName, contactEmail, contactPhone } = event;
  return {
    registration: registration._id,
    ...{ givenName, mode, uid, sequence },
    ...{ slug, title, start, end, cost },
    ...{ contactName, contactEmail, contactPhone },
    place: whereFor(event, mode),
    authority: authority.name,
    unit: authority.unit,
  };
}

/** Where one who attends this way goes: the place, or the meeting link as soon as it is known. */
export function whereFor(event: Pick<Event, 'venue' | 'address' | 'meetingLink'>, mode: Mode): string {
  return mode === 'plats' ? placeOf(event) : event.meetingLink;
}
