import type { Types } from 'mongoose';
import type { Authority } from '../authorities/authority.ts';
import type { Act } from '../base/context.ts';
import type { ClientSession } from '../base/database.ts';
import type { Event, LetterStep, Mode } from '../events/event.ts';
import { placeOf, queueEnd } from '../events/rules.ts';
import { type OwedLetter, owe } from '../outbox/outbox.ts';
import type { Registration } from './registration.ts';

/** The letters that a registration can be owed; the keys are those of the texts `mejl.*`. */
export type LetterKind =
  | 'bekraftelse'
  | 'redan'
  | 'nylank'
  | 'andrat'
  | 'nyadress'
  | 'avbokad'
  | 'installt'
  | 'vantelista'
  | 'erbjudande'
  | 'utanplats'
  | 'ingenplats'
  | 'lamnat'
  | 'paminnelse'
  | 'lank'
  | 'tack'
  | 'saknad'
  | 'utskick'
  | 'fraga'
  | 'lista';

/** The person, the event and the county board that a letter is about. */
export type Subject = { registration: Registration; event: Event; authority: Authority };

type Time = { start: Date; end: Date };

/** One's number in the queue for a way of attending, counted from 1. */
export type QueuePlace = { mode: Mode; number: number };

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
  /** The receiver has no seat but waits for one in these ways, until when the list closes. */
  waitsUntil?: Date;
  wishes?: Mode[];
  before?: Time & { place: string };
  reason?: string;
  queue?: QueuePlace[];
  /** Who signed the receiver up. */
  registeredBy?: string;
  /** Of the list that somebody gets who signed several up: their names. */
  names?: string[];
  /** Of a letter by plan: which one. */
  step?: LetterStep;
  /** What a letter after the event links to. */
  documentation?: Event['documentation'];
  /** A letter by hand: its words, with their placeholders, and whose name stands for {efternamn}. */
  written?: { subject: string; text: string; familyName: string };
  /** Of a letter that is sent again: when the calendar object was first made, and which letter it was. */
  stamp?: Date;
  again?: Types.ObjectId;
};

/** What only the act knows that owes the letter. */
export type More = Pick<
  Facts,
  'before' | 'reason' | 'queue' | 'names' | 'step' | 'documentation' | 'written'
> & {
  calendar?: 'REQUEST' | 'CANCEL' | undefined;
  /** What tells the letter from others of its kind to the same registration, where that is not the calendar's revision. */
  revision?: string;
  /** When it is of no use any more. */
  until?: Date;
};

/** Letters that put the event, as it is now, into the calendar of somebody who has a seat. */
const inviting: LetterKind[] = ['bekraftelse', 'erbjudande', 'andrat'];

/** Letters about something that changes once carry a revision; the others may be asked for again and again. */
const repeatable: LetterKind[] = ['redan', 'nylank'];

/** Writes one letter into the outbox, in the transaction of the act that owes it. */
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
  const invites = registration.status === 'confirmed' && inviting.includes(kind);
  const { calendar = invites ? 'REQUEST' : undefined, revision: own, until, ...facts } = more;
  const revision = own ?? (repeatable.includes(kind) ? act.now.getTime() : registration.sequence);
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
    // An act that waited for its turn may have begun before what it comes after.
    createdAt: registration.changedAt > act.now ? registration.changedAt : act.now,
    dueAt: act.now,
    ...(until && { until }),
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
    ...(registration.registeredBy && { registeredBy: registration.registeredBy.name }),
    ...(registration.status === 'waiting' && {
      waitsUntil: queueEnd(event),
      wishes: registration.wishes,
    }),
    place: whereFor(event, registration),
    authority: authority.name,
    unit: authority.unit,
  };
}

/** Where somebody goes: the place, or the meeting link as soon as it is known, which is only for those with a seat. */
export function whereFor(
  event: Pick<Event, 'venue' | 'address' | 'meetingLink'>,
  { mode, status }: Pick<Registration, 'mode' | 'status'>,
): string {
  if (mode === 'plats') return placeOf(event);
  return status === 'confirmed' ? event.meetingLink : '';
}
