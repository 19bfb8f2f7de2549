import { model, Schema, Types } from 'mongoose';
import type { Action } from '../audit/log.ts';
import type { Context } from '../base/context.ts';
import { newUid } from '../base/uid.ts';
import { type Event, type Mode, modes } from '../events/event.ts';
import { type Language, languages } from '../texts/texts.ts';
import { type Answers, questions } from './questions.ts';

/** What a person tells of themselves when signing up. */
export type Person = Answers & { language: Language };

/** One person's place at one event, with the identity of the entry in their calendar. */
export type Registration = Person & {
  _id: Types.ObjectId;
  event: Types.ObjectId;
  authority: string;
  status: 'confirmed' | 'waiting' | 'cancelled';
  /** The ways that a waiting person would take a seat in; empty with a seat. What somebody who never got one leaves behind stays. */
  waitsFor: Mode[];
  /** When it became known that the address is the person's: they used its link, or an organiser entered it. */
  provenAt?: Date;
  /** Who signed this person up, if it was somebody else. */
  registeredBy?: { name: string; email: string };
  /** When somebody who waits came into the queue; kept through every change. */
  waitingSince: Date | null;
  /** The UID of the calendar entry. Each registration has its own, and gets another with another address. */
  uid: string;
  /** The revision of the calendar entry: one more each time the time, place or status changes. */
  sequence: number;
  createdAt: Date;
  changedAt: Date;
  cancelledAt: Date | null;
  /** null: not marked. */
  present: boolean | null;
  /** When the mark of presence was set; null also for a mark from a list on paper, whose hour nobody knows. */
  presentAt: Date | null;
  /** How somebody who is present attends, whatever they signed up for; null for everybody else. */
  attendedMode: Mode | null;
  /** The marks that say how it is marked, which an undo names; there may be none. */
  marks?: string[];
  /** Marks that were sent with a name of their own and have been taken, the newest last. */
  nonces?: string[];
  /** Came without having signed up, and was written in at the entrance. */
  walkIn?: true;
  /** When the letter "you are registered already" was last sent; at most one an hour is. */
  remindedAt: Date | null;
  /** The letters by plan that have been seen to, as `<step>.<day of the event>`. */
  planned?: string[];
  /** The person wants no reminders and no letters after the event. Changes are told all the same. */
  noReminders?: boolean;
  /** When a letter to the address came back for good; it gets no letters by plan until it is corrected. */
  bouncedAt?: Date;
  /** What the person's calendar, or the person, last said of coming. */
  answer?: GivenAnswer;
  /** When a lost link was last sent again: at most one letter an hour. */
  linkSentAt?: Date;
  /** When the person was erased: only what statistics count is left. */
  erasedAt?: Date;
  /** The folded words that it is found by (search.ts), written with every answer. */
  search: string[];
  example: boolean;
};

/**
 * An answer to the invitation: when it came, its own stamp (the newest counts, RFC 5546 section 2.1.5), and to which
 * revision.
 */
export type GivenAnswer = {
  status: 'accepted' | 'declined' | 'tentative';
  at: Date;
  stamp: Date;
  sequence: number;
  /** The address that answered, if it is not the registered one. */
  alias?: string;
};

/** The order of lists of people: by family name, as Swedish sorts. */
export const byName = { familyName: 1, givenName: 1, _id: 1 } as const;
export const swedish = { locale: 'sv', strength: 2 };

const text = { type: String, required: true };
const schema = new Schema<Registration>(
  {
    event: { type: Schema.Types.ObjectId, required: true },
    authority: text,
    status: { type: String, enum: ['confirmed', 'waiting', 'cancelled'], required: true },
    waitsFor: { type: [{ type: String, enum: modes }], default: [] },
    waitingSince: { type: Date, default: null },
    provenAt: Date,
    registeredBy: new Schema({ name: String, email: String }, { _id: false }),
    ...Object.fromEntries(questions.map(({ name, stored }) => [name, stored])),
    language: { type: String, enum: languages, required: true },
    uid: text,
    sequence: { type: Number, default: 0 },
    createdAt: { type: Date, required: true },
    changedAt: { type: Date, required: true },
    cancelledAt: { type: Date, default: null },
    present: { type: Boolean, default: null },
    presentAt: { type: Date, default: null },
    attendedMode: { type: String, enum: [...modes, null], default: null },
    marks: { type: [String], default: undefined },
    nonces: { type: [String], default: undefined },
    walkIn: { type: Boolean, default: undefined },
    remindedAt: { type: Date, default: null },
    planned: { type: [String], default: undefined },
    noReminders: { type: Boolean, default: undefined },
    bouncedAt: Date,
    answer: new Schema(
      {
        status: { type: String, enum: ['accepted', 'declined', 'tentative'], required: true },
        at: { type: Date, required: true },
        stamp: { type: Date, required: true },
        sequence: { type: Number, required: true },
        alias: String,
      },
      { _id: false },
    ),
    linkSentAt: Date,
    erasedAt: Date,
    search: { type: [String], default: [] },
    example: { type: Boolean, default: false },
  },
  { versionKey: false },
);
// Only one active registration for an address and event, also if two are sent at the same time. Anyone who has given no
// address stands alone.
schema.index(
  { event: 1, email: 1 },
  {
    name: 'one active registration of an address',
    unique: true,
    partialFilterExpression: { status: { $in: ['confirmed', 'waiting'] }, email: { $gt: '' } },
  },
);
// The queue of each way, in its order.
schema.index({ event: 1, waitsFor: 1, waitingSince: 1 }, { partialFilterExpression: { status: 'waiting' } });
schema.index({ event: 1, present: 1 });
schema.index({ event: 1, status: 1, municipality: 1 });
schema.index({ event: 1, search: 1 });
// A list in the order of its people.
schema.index({ event: 1, ...byName }, { collation: swedish });
schema.index({ email: 1 });
schema.index({ 'registeredBy.email': 1 });
schema.index({ uid: 1 });

export const RegistrationModel = model<Registration>('Registration', schema, 'registrations');

/** Registrations of people who have not been erased. */
export const notErased = { erasedAt: null };

/** The states of a registration that counts: with a seat, or in the queue for one. */
export const active: Registration['status'][] = ['confirmed', 'waiting'];

/**
 * The moment of a change: always after the last change, even if the act began before that and waited for its turn. The
 * order of the letters follows from it.
 */
export function changedAfter({ changedAt }: Pick<Registration, 'changedAt'>, now: Date): Date {
  return now > changedAt ? now : new Date(+changedAt + 1);
}

/**
 * A registration after a change of time, place or status: its calendar entry gets a new revision (SEQUENCE, RFC 5546
 * 2.1.4).
 */
export function raised(
  registration: Registration,
  now: Date,
  change: Partial<Registration> = {},
): Registration {
  const { sequence } = registration;
  return { ...registration, ...change, changedAt: changedAfter(registration, now), sequence: sequence + 1 };
}

/** The same as `raised`, as an update of all that a filter finds. */
export function raising(now: Date) {
  const changedAt = { $max: [now, { $add: ['$changedAt', 1] }] };
  return [{ $set: { changedAt, sequence: { $add: ['$sequence', 1] } } }];
}

/**
 * A registration that has just been made; nothing is stored, and nothing finds it yet (search.ts). Anyone who waits has
 * a place as old as the event's newest.
 */
export function newRegistration(
  { now, settings }: Context,
  event: Event,
  person: Person,
  { mode, waitsFor }: Pick<Registration, 'mode' | 'waitsFor'> = { mode: person.mode, waitsFor: [] },
): Registration {
  const waits = waitsFor.length > 0;
  return {
    ...person,
    ...{ mode, waitsFor },
    status: waits ? 'waiting' : 'confirmed',
    waitingSince: waits ? (event.lastWaitingSince ?? now) : null,
    _id: new Types.ObjectId(),
    event: event._id,
    authority: event.authority,
    uid: newUid(settings.mailFrom),
    sequence: 0,
    ...{ createdAt: now, changedAt: now, cancelledAt: null },
    ...{ present: null, presentAt: null, attendedMode: null, remindedAt: null, search: [], example: false },
  };
}

/** A line of the log about a registration: which event, never who. */
export function actionOn(action: Action, registration: Registration, event: Event, about = event.title) {
  return { authority: event.authority, action, event: event._id, registration: registration._id, about };
}
