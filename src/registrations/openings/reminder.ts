import { model, Schema, type Types } from 'mongoose';
import type { Context } from '../../base/context.ts';
import { fingerprint } from '../../base/keys.ts';
import type { Event } from '../../events/event.ts';
import { secondsToWait } from '../../limits/limit.ts';
import { type Language, languages } from '../../texts/texts.ts';

/** Somebody wants a letter when the sign-up of an event opens. It is deleted in the transaction that owes the letter. */
export type OpeningReminder = {
  _id: Types.ObjectId;
  event: Types.ObjectId;
  authority: string;
  email: string;
  language: Language;
  /** Stands for the address in the link that erases it from all of them. */
  mark: string;
  /** When sign-up opens. */
  dueAt: Date;
};

const text = { type: String, required: true };
const schema = new Schema<OpeningReminder>(
  {
    event: { type: Schema.Types.ObjectId, required: true },
    authority: text,
    email: text,
    language: { type: String, enum: languages, required: true },
    mark: text,
    dueAt: { type: Date, required: true },
  },
  { versionKey: false },
);
schema.index({ event: 1, email: 1 }, { unique: true });
schema.index({ dueAt: 1 });
schema.index({ mark: 1 });
schema.index({ email: 1 });

export const OpeningReminderModel = model<OpeningReminder>('OpeningReminder', schema, 'openingReminders');

/** Reminders that one network asks for. */
const asked = { name: 'opening-reminder', most: 30, minutes: 5 };

/** Counts somebody who asks for a reminder, and tells for how many seconds no more are taken; 0 if this one is. */
export async function secondsToAskAgain(context: Context): Promise<number> {
  return secondsToWait(context, asked, context.by.network ?? '');
}

/** Keeps an address until the sign-up of this event opens; once, however often it is asked for. */
export async function keepReminder(
  { now, settings }: Context,
  { _id: event, authority, opensAt }: Event,
  email: string,
  language: Language,
): Promise<void> {
  const mark = fingerprint(`opening reminder ${email}`, settings);
  const row = { authority, language, mark, dueAt: opensAt ?? now };
  await OpeningReminderModel.updateOne({ event, email }, { $setOnInsert: row }, { upsert: true });
}

/** The reminders of an event go when its sign-up opens now, in the running transaction. */
export async function moveReminders({ now }: Context, { _id, opensAt }: Event): Promise<void> {
  await OpeningReminderModel.updateMany({ event: _id }, { $set: { dueAt: opensAt ?? now } });
}

/** Forgets who waits for the opening of events that will not open, in the running transaction. */
export async function forgetReminders(...events: Types.ObjectId[]): Promise<void> {
  await OpeningReminderModel.deleteMany({ event: { $in: events } });
}

/** For how many events the address behind a link is kept. */
export async function countReminders(mark: string): Promise<number> {
  return OpeningReminderModel.countDocuments({ mark });
}

/** Erases the address behind a link, for all events. */
export async function eraseReminders(mark: string): Promise<void> {
  await OpeningReminderModel.deleteMany({ mark });
}
