import type { Readable } from 'node:stream';
import { model, Schema, Types } from 'mongoose';
import type { Context } from '../base/context.ts';
import { insertRows } from '../base/database.ts';
import type { CalendarProposal } from '../calendar/proposal.ts';
import { withinQuota } from './quota.ts';

/** `received`: kept and not yet read. `people`: somebody must look at it. `handled`: somebody has. `done`: nobody need. */
export const mailStates = ['received', 'people', 'handled', 'done'] as const;
export type MailState = (typeof mailStates)[number];

/** What was made of a mail that nobody need look at, in one word. */
export const settledOutcomes = [
  // An answer that is believed is noted; after one that is not, the person is asked.
  'declined',
  'accepted',
  'tentative',
  'speakerAccepted',
  'asked',
  // A no from another address than the registered one: noted, and the registered one is asked.
  'alias',
  // No more reminders, said by the mail that a letter offers for it.
  'unsubscribed',
  // The address takes no mail; or a letter to it may still arrive.
  'bounced',
  'delayed',
  // Nothing changed: a yes that is not believed, an answer about a time that holds no longer, one older than what is known.
  'unproved',
  'old',
  'older',
  // Nothing is left to answer to; somebody else's answer; about no invitation of ours.
  'late',
  'stranger',
  'unknown',
  'duplicate',
  'automatic',
] as const;

/** Why people must look at a mail, in one word. */
export const openOutcomes = [
  // Ordinary mail.
  'letter',
  // A proposal of another time, a delegation, somebody's own invitation.
  'calendar',
  // A no or maybe of a speaker who has said yes.
  'speakerDeclined',
  // An answer in an automatic mail.
  'autoanswer',
  // A bounce of we know not what.
  'returned',
  // Encrypted, or in winmail.dat.
  'sealed',
  'unreadable',
] as const;
export type MailOutcome = (typeof settledOutcomes)[number] | (typeof openOutcomes)[number];

/** A mail that came in: kept as it is before anything is made of it, so that none is lost. */
export type Mail = {
  _id: Types.ObjectId;
  receivedAt: Date;
  /** Plain addresses as the SMTP line gave them; `from` is empty for a bounce, and absent where a pipe did not tell. */
  envelope: { from?: string; to: string[] };
  /** Its exact bytes; once it is read, with the keys in our addresses hidden. */
  raw: Buffer;
  state: MailState;
  /** When it is to be read, for the first time or again; only while `received`. */
  dueAt?: Date;
  /** How often reading it has failed. */
  attempts: number;
  outcome?: MailOutcome;
  /** Whose mail it is, by its own words. Nothing of it is believed. */
  from?: { name: string; address: string };
  subject?: string;
  /** The text part, cut where it is long. */
  text?: string;
  messageId?: string;
  /** Which answer of which calendar this was, so that a copy of it is recognised. */
  answer?: { uid: string; attendee: string; stamp: Date };
  /** What its calendar object says besides a plain answer. */
  proposal?: CalendarProposal;
  registration?: Types.ObjectId;
  event?: Types.ObjectId;
  /** The county board whose mail it is; without one it is that of FIRST_AUTHORITY. */
  authority?: string;
  /** Not all of it could be searched for keys, so its bytes are shown to nobody until somebody releases it. */
  held?: boolean;
  releasedAt?: Date;
  releasedBy?: string;
  handledAt?: Date;
  handledBy?: string;
  /** When the row is forgotten: never what people had to look at. */
  expiresAt?: Date;
};

const schema = new Schema<Mail>(
  {
    receivedAt: { type: Date, required: true },
    envelope: { type: new Schema({ from: String, to: [String] }, { _id: false }), required: true },
    raw: { type: Buffer, required: true },
    state: { type: String, enum: mailStates, required: true },
    dueAt: Date,
    attempts: { type: Number, default: 0 },
    outcome: { type: String, enum: [...settledOutcomes, ...openOutcomes] },
    from: new Schema({ name: String, address: String }, { _id: false }),
    subject: String,
    text: String,
    messageId: String,
    answer: new Schema({ uid: String, attendee: String, stamp: Date }, { _id: false }),
    proposal: new Schema(
      { method: String, start: Date, end: Date, delegates: { type: [String] }, comment: String },
      { _id: false },
    ),
    registration: Schema.Types.ObjectId,
    event: Schema.Types.ObjectId,
    authority: String,
    held: Boolean,
    releasedAt: Date,
    releasedBy: String,
    handledAt: Date,
    handledBy: String,
    expiresAt: Date,
  },
  { versionKey: false, minimize: false },
);
schema.index({ dueAt: 1 });
schema.index({ state: 1, receivedAt: -1 });
schema.index({ messageId: 1 });
schema.index({ 'answer.uid': 1 });
schema.index({ registration: 1, receivedAt: -1 });
schema.index({ authority: 1, 'from.address': 1 });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const MailModel = model<Mail>('Inbound', schema, 'inbound');

/** The most that one mail may weigh, in bytes: far more than any answer, well below what a row can hold. */
export const largestMail = 5 * 1024 * 1024;

/**
 * Keeps a mail, to be read by the worker. When this resolves it is in the database for good.
 * @returns false if more has come in a day than is taken: then the sender must keep it and try again
 * @throws where the database does not answer, and RangeError for a mail that is too large
 */
export async function keepMail(context: Context, raw: Buffer, envelope: Mail['envelope']): Promise<boolean> {
  if (raw.length > largestMail) throw new RangeError('The mail is too large.');
  const { now } = context;
  const row: Mail = {
    ...{ _id: new Types.ObjectId(), receivedAt: now, envelope, raw },
    ...{ state: 'received', dueAt: now, attempts: 0 },
  };
  const sender = envelope.from?.toLowerCase();
  return withinQuota(context, { sender, bytes: raw.length }, () => insertRows(MailModel, [row]));
}

/** Reads to the end, whatever comes; undefined for more than a mail may weigh, which is not held. */
export async function bytesOf(stream: Readable): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size <= largestMail) chunks.push(chunk);
  }
  return size <= largestMail ? Buffer.concat(chunks) : undefined;
}
