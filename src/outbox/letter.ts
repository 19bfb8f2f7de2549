import { model, Schema, type Types } from 'mongoose';
import { type Language, languages } from '../texts/texts.ts';

export type Mailbox = { name: string; address: string };

/**
 * `kept` never leaves: it was written while there was no SMTP_URL. `dropped`: a newer letter took its place.
 * `held`: it waited in a backup, may have left since, and now waits for an organiser's yes.
 */
export const letterStates = [
  'kept',
  'queued',
  'sending',
  'sent',
  'failed',
  'bounced',
  'dropped',
  'held',
] as const;
export type LetterState = (typeof letterStates)[number];

/**
 * A letter that is owed to somebody: written in the transaction of the act that owes it, sent by the worker. The outbox
 * does not know what it is about: those who owe and compose letters say what their `Facts` are.
 */
export type Letter<Facts extends object = Record<string, unknown>> = {
  _id: Types.ObjectId;
  /** What the composer makes of `facts`, e.g. `confirmation`. */
  kind: string;
  /** The registration that it is about, or a speaker's engagement: letters about the same one leave in their order. */
  registration?: Types.ObjectId;
  event?: Types.ObjectId;
  /** The county code of the board whose letter it is. */
  authority?: string;
  from: Mailbox;
  to: Mailbox;
  replyTo?: Mailbox;
  language: Language;
  /** Registration, kind and revision. It is unique, so that no letter is owed twice. */
  key: string;
  /** Everything the composer needs, as it was when the letter was owed. */
  facts: Facts;
  state: LetterState;
  createdAt: Date;
  /**
   * Whose mailbox it goes to, if nobody has proven that they want it there: only so many of these leave to one mailbox in
   * a day (sending/mailbox-cap.ts).
   */
  mailbox?: string;
  /** When it was first taken to be sent. */
  firstTriedAt?: Date;
  /** Until when it waits, since the mailbox has had as many as it may. */
  waitsUntil?: Date;
  /** When the worker may next take it: at once, or after a pause; kept while it is on its way. Absent where nothing is to be done. */
  dueAt?: Date;
  /** When it is of no use any more and is dropped, as a reminder of what has begun. */
  until?: Date;
  /** When an organiser saw to a letter that did not arrive. */
  handledAt?: Date;
  /** The worker that is sending it. */
  claimedBy?: string;
  /** Attempts that failed, or were spared since the receiver's domain had asked for a pause, and are to be made again. */
  attempts: number;
  /** True from the first moment when the mail server may have taken it. */
  mayHaveLeft: boolean;
  /** The exact bytes, stored before the first attempt and never changed. */
  raw?: Buffer;
  messageId?: string;
  sentAt?: Date;
  /** What the server said last: its code and a short text without addresses. */
  error?: { code: string; text: string };
  /** The method of the calendar object in it. */
  calendar?: 'REQUEST' | 'CANCEL';
  /** Its receiver has been erased, and it is too when it is no longer on its way. */
  isErasedOnceSent?: boolean;
  /** False for sign-in letters, which nobody but the receiver may see. */
  listed: boolean;
};

/** What makes a letter one that never leaves: its bytes, which hold links, are of no use any more. */
export const dropped = {
  $set: { state: 'dropped' as const },
  $unset: { dueAt: 1 as const, raw: 1 as const },
};

const text = { type: String, required: true };
const mailbox = { name: { type: String, default: '' }, address: text };
const schema = new Schema<Letter>(
  {
    kind: text,
    registration: Schema.Types.ObjectId,
    event: Schema.Types.ObjectId,
    authority: String,
    from: { type: new Schema(mailbox, { _id: false }), required: true },
    to: { type: new Schema(mailbox, { _id: false }), required: true },
    replyTo: new Schema(mailbox, { _id: false }),
    language: { type: String, enum: languages, required: true },
    key: text,
    facts: { type: Schema.Types.Mixed, required: true },
    state: { type: String, enum: letterStates, required: true },
    createdAt: { type: Date, required: true },
    mailbox: String,
    firstTriedAt: Date,
    waitsUntil: Date,
    dueAt: Date,
    until: Date,
    handledAt: Date,
    claimedBy: String,
    attempts: { type: Number, default: 0 },
    mayHaveLeft: { type: Boolean, default: false },
    raw: Buffer,
    messageId: String,
    sentAt: Date,
    error: new Schema({ code: text, text: { type: String, default: '' } }, { _id: false }),
    calendar: { type: String, enum: ['REQUEST', 'CANCEL'] },
    isErasedOnceSent: Boolean,
    listed: { type: Boolean, default: true },
  },
  { versionKey: false, minimize: false },
);
schema.index({ key: 1 }, { unique: true });
// The queue: only letters that wait have a due time.
schema.index({ dueAt: 1, createdAt: 1 });
schema.index({ mailbox: 1, firstTriedAt: 1 }, { partialFilterExpression: { mailbox: { $exists: true } } });
schema.index({ until: 1 }, { partialFilterExpression: { state: 'queued' } });
schema.index({ registration: 1, createdAt: 1 });
schema.index({ event: 1, createdAt: -1 });
schema.index({ 'to.address': 1, kind: 1 });
schema.index({ isErasedOnceSent: 1 }, { partialFilterExpression: { isErasedOnceSent: true } });
// A board's lists of letters: all, and those in one state.
schema.index({ authority: 1, createdAt: -1, _id: -1 });
schema.index({ authority: 1, state: 1, createdAt: -1, _id: -1 });

export const LetterModel = model<Letter>('Letter', schema, 'letters');
