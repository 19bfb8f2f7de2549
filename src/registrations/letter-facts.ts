import type { Types } from 'mongoose';
import type { Authority } from '../authorities/authority.ts';
import type { Event, Mode } from '../events/event.ts';
import { cancellationsEnd, changesEnd, signUpEnd, venueOf, waitingListEnd } from '../events/rules.ts';
import type { SpeakerFacts } from '../speakers/engagements/letters.ts';
import type { Person, Registration } from './registration.ts';

/**
 * What a letter needs to know of the person whom it goes to. A registration is a receiver; somebody who signs up only
 * others is one too, and has no registration.
 */
export type Receiver = Pick<Person, 'givenName' | 'familyName' | 'email' | 'language' | 'mode'> &
  Pick<Registration, '_id' | 'uid' | 'sequence'> &
  Partial<Pick<Registration, 'status' | 'waitsFor' | 'registeredBy' | 'changedAt' | 'example' | 'provenAt'>>;

/** The receiver, the event and the county board of a letter. */
export type Subject = { receiver: Receiver; event: Event; authority: Authority };

type Hours = { start: Date; end: Date };

/** Somebody's number on the waiting list for a mode, counted from 1. */
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
  /** The receiver goes in by their own digital door, and no letter shows the meeting link that `place` holds. */
  door?: true;
  cost: string;
  contactName: string;
  contactEmail: string;
  contactPhone: string;
  authority: string;
  unit: string;
  /** Only if the receiver waits for a seat: when the waiting list closes, and the modes that they wait for. */
  waitsUntil?: Date;
  waitsFor?: Mode[];
  before?: Hours & { place: string };
  reason?: string;
  /** What the organiser says about a change in their own words. */
  words?: string;
  queue?: WaitingPosition[];
  /** The name of the person who signed the receiver up. */
  registeredBy?: string;
  /** The names of the people whom the receiver has signed up: with a seat, and on the waiting list. */
  names?: string[];
  waitingNames?: string[];
  /** Until when the receiver can sign up, change the answers and cancel; without what was over by then. */
  ends?: { signUp?: Date; change?: Date; cancel?: Date };
  /** To a speaker: `registration` is their engagement, and `start` and `end` are their own hours. */
  speaker?: SpeakerFacts;
  /** To organisers: people who signed up unusually fast, from when to when, and what names them in an address. */
  burst?: { key: string; people: number; from: Date; to: Date; isNetwork: boolean };
  /** To somebody who is known by their address only: what the link that erases it holds. */
  erase?: string;
  /** Of a letter by plan: which one. */
  step?: string;
  /** What a letter after the event links to. */
  documentation?: NonNullable<Event['documentation']>;
  /** A letter by hand: its words with their placeholders, and the name that stands for {efternamn}. */
  written?: { subject: string; text: string; familyName: string };
  /** Of a letter that is sent again: when its calendar object was first made, and which letter it is a copy of. */
  stamp?: Date;
  again?: Types.ObjectId;
};

/** What only the code that owes the letter knows. */
export type More = Pick<
  LetterFacts,
  | 'before'
  | 'reason'
  | 'words'
  | 'queue'
  | 'names'
  | 'waitingNames'
  | 'burst'
  | 'erase'
  | 'step'
  | 'documentation'
  | 'written'
  | 'speaker'
> & {
  calendar?: 'REQUEST' | 'CANCEL' | undefined;
  /** Tells the letter from others of its kind to the same receiver, if the calendar's revision does not. */
  revision?: string;
  /** When it may leave; left out: at once. */
  dueAt?: Date;
  /** When it is of no use any more. */
  until?: Date;
};

/** The facts of a letter that is owed now. */
export function letterFacts({ receiver, event, authority }: Subject, now: Date): LetterFacts {
  const { givenName, mode, uid, sequence, registeredBy, waitsFor = [] } = receiver;
  const place = whereFor(event, receiver);
  const { slug, title, start, end, cost, contactName, contactEmail, contactPhone } = event;
  return {
    registration: receiver._id,
    ...{ givenName, mode, uid, sequence },
    ...{ slug, title, start, end, cost },
    ...{ contactName, contactEmail, contactPhone },
    ...(registeredBy && { registeredBy: registeredBy.name }),
    ...(receiver.status === 'waiting' && { waitsUntil: waitingListEnd(event), waitsFor }),
    place,
    ...(mode === 'digitalt' && place && { door: true as const }),
    ends: endsAfter(now, event),
    authority: authority.name,
    unit: authority.unit,
  };
}

/** The last moments of an event that are still to come. */
function endsAfter(now: Date, event: Event): NonNullable<LetterFacts['ends']> {
  if (event.state !== 'published') return {};
  const ends = { signUp: signUpEnd(event), change: changesEnd(event), cancel: cancellationsEnd(event) };
  return Object.fromEntries(Object.entries(ends).filter(([, end]) => now < end));
}

/** Where somebody goes: the venue, or the meeting link once it is known, which is only for those with a seat. */
export function whereFor(
  event: Pick<Event, 'venue' | 'address' | 'meetingLink'>,
  { mode, status }: Pick<Receiver, 'mode' | 'status'>,
): string {
  if (mode === 'plats') return venueOf(event);
  return status === 'confirmed' ? event.meetingLink : '';
}
