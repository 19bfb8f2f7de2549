import { randomUUID } from 'node:crypto';
import { model, Schema, type Types } from 'mongoose';
import type { Deed } from '../authorities/journal.ts';
import { type Role, roles } from '../authorities/roles.ts';
import type { Language } from '../base/dates.ts';
import { type Event, type Mode, modes } from '../events/event.ts';

/** What a person tells of themselves when signing up. The address is normalised (base/people.ts). */
export type Person = {
  givenName: string;
  familyName: string;
  email: string;
  organisation: string;
  /** SCB code, or `annan`. */
  municipality: string;
  role: Role;
  mode: Mode;
  language: Language;
};

/** One person's place at one event, with the identity of the entry in their calendar. */
export type Registration = Person & {
  _id: Types.ObjectId;
  event: Types.ObjectId;
  authority: string;
  status: 'confirmed' | 'cancelled';
  /** The calendar entry's UID: one for each registration (R12), and another for another address (R39). */
  uid: string;
  /** The calendar entry's revision: +1 when time, place or status change (R13). */
  sequence: number;
  createdAt: Date;
  changedAt: Date;
  cancelledAt: Date | null;
  /** null: not marked. */
  present: boolean | null;
  presentAt: Date | null;
  /** When the letter "you are registered already" was last sent: at most one an hour (K3). */
  remindedAt: Date | null;
  /** When a lost link was last sent again: at most one letter an hour. */
  linkSentAt?: Date;
  example: boolean;
};

const text = { type: String, required: true };
const schema = new Schema<Registration>(
  {
    event: { type: Schema.Types.ObjectId, required: true },
    authority: text,
    status: { type: String, enum: ['confirmed', 'cancelled'], required: true },
    givenName: text,
    familyName: text,
    email: text,
    organisation: text,
    municipality: text,
    role: { type: String, enum: roles, required: true },
    mode: { type: String, enum: modes, required: true },
    language: { type: String, enum: ['sv', 'en'], required: true },
    uid: text,
    sequence: { type: Number, default: 0 },
    createdAt: { type: Date, required: true },
    changedAt: { type: Date, required: true },
    cancelledAt: { type: Date, default: null },
    present: { type: Boolean, default: null },
    presentAt: { type: Date, default: null },
    remindedAt: { type: Date, default: null },
    linkSentAt: Date,
    example: { type: Boolean, default: false },
  },
  { versionKey: false },
);
// One active registration for an address and event, whatever races there are (F2).
schema.index({ event: 1, email: 1 }, { unique: true, partialFilterExpression: { status: 'confirmed' } });
schema.index({ event: 1, present: 1 });
schema.index({ email: 1 });

export const RegistrationModel = model<Registration>('Registration', schema, 'registrations');

/** The identity of a new calendar entry, on our own domain (R12). */
export function newUid(mailFrom: string): string {
  return `${randomUUID()}@${mailFrom.split('@')[1]}`;
}

/** A line of the log about a registration: which event, never who. */
export function noteOf(deed: Deed, registration: Registration, event: Event, about = event.title) {
  return { authority: event.authority, deed, event: event._id, registration: registration._id, about };
}
