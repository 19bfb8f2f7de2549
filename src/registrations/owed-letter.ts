import type { Types } from 'mongoose';
import { type Authority, authorityOf } from '../authorities/authority.ts';
import type { Context } from '../base/context.ts';
import type { Event, LetterStep, Mode } from '../events/event.ts';
import { venueOf, waitingListEnd } from '../events/rules.ts';
import { firstState, type OwedLetter, owe } from '../outbox/outbox.ts';
import { newRegistration, type Person, type Registration } from './registration.ts';

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
export type WaitingPosition = { mode: Mode; number: number };

/** What was true when the letter was owed, so that it can be written later and still say just that. */
export type LetterFacts = {
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
  waitsFor?: Mode[];
  before?: Time & { place: string };
  reason?: string;
  queue?: WaitingPosition[];
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
  LetterFacts,
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

/** A letter that an act owes: its kind, and what only the act knows. */
export type Letter = { kind: LetterKind; more?: More };

/** The same to the person of a registration. */
export type LetterTo = Letter & { registration: Registration };

/** Writes letters about one event into the outbox, in the transaction of the act that owes them. */
export async function oweLetters(context: Context, event: Event, letters: LetterTo[]): Promise<void> {
  if (letters.length === 0) return;
  const authority = await authorityOf(event);
  await owe(
    letters.map(({ registration, ...letter }) =>
      letterRow(context, { registration, event, authority }, letter),
    ),
  );
}

/** Writes one letter into the outbox. */
export async function oweLetter(context: Context, event: Event, letter: LetterTo): Promise<void> {
  await oweLetters(context, event, [letter]);
}

/**
 * Owes the list of those whom somebody has signed up, whatever became of each. It belongs to no registration, since the
 * registrar may have none.
 */
export async function oweList(
  context: Context,
  event: Event,
  registrar: Person,
  names: string[],
): Promise<void> {
  const authority = await authorityOf(event);
  const receiver = { ...newRegistration(context, event, registrar), status: 'cancelled' as const };
  const subject = { registration: receiver, event, authority };
  const { registration: _none, ...row } = letterRow(context, subject, { kind: 'lista', more: { names } });
  await owe([row]);
}

/** The outbox row of one letter: what was true now, and to whom it goes. */
export function letterRow(
  context: Context,
  { registration, event, authority }: Subject,
  { kind, more = {} }: Letter,
): OwedLetter {
  const invites = registration.status === 'confirmed' && inviting.includes(kind);
  const { calendar = invites ? 'REQUEST' : undefined, revision: own, until, ...facts } = more;
  const revision = own ?? (repeatable.includes(kind) ? context.now.getTime() : registration.sequence);
  return {
    kind,
    key: keyOf(registration, kind, revision),
    registration: registration._id,
    event: event._id,
    authority: event.authority,
    to: { name: `${registration.givenName} ${registration.familyName}`, address: registration.email },
    from: { name: authority.name, address: context.settings.mailFrom },
    replyTo: { name: event.contactName, address: event.contactEmail },
    language: registration.language,
    state: firstState(context, registration),
    // An act that waited for its turn may have begun before what it comes after.
    createdAt: registration.changedAt > context.now ? registration.changedAt : context.now,
    dueAt: context.now,
    ...(until && { until }),
    listed: true,
    calendar,
    facts: { ...factsOf(registration, event, authority), ...facts },
  };
}

/** What tells a letter from all others: no second one with the same key can be owed. */
export function keyOf(
  { _id }: Pick<Registration, '_id'>,
  kind: LetterKind,
  revision: string | number,
): string {
  return `${_id}.${kind}.${revision}`;
}

function factsOf(registration: Registration, event: Event, authority: Authority): LetterFacts {
  const { givenName, mode, uid, sequence } = registration;
  const { slug, title, start, end, cost, contactName, contactEmail, contactPhone } = event;
  return {
    registration: registration._id,
    ...{ givenName, mode, uid, sequence },
    ...{ slug, title, start, end, cost },
    ...{ contactName, contactEmail, contactPhone },
    ...(registration.registeredBy && { registeredBy: registration.registeredBy.name }),
    ...(registration.status === 'waiting' && {
      waitsUntil: waitingListEnd(event),
      waitsFor: registration.waitsFor,
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
  if (mode === 'plats') return venueOf(event);
  return status === 'confirmed' ? event.meetingLink : '';
}
