import { model, Schema } from 'mongoose';
import { logger } from '../base/log.ts';

/** The whole queue waits, since the mail server takes nothing from us (R72). One row for all workers, or none. */
export type Pause = { _id: 'smtp'; until: Date; times: number; code: string };

const schema = new Schema<Pause>(
  { _id: { type: String, required: true }, until: Date, times: Number, code: String },
  { versionKey: false },
);
const PauseModel = model<Pause>('Pause', schema, 'pauses');

const minute = 60_000;
const first = [1, 5, 15, 30];

/** Milliseconds to wait after the n-th failure, counted from 1: 1, 5, 15, 30 minutes, then an hour (R72). */
export function pauseAfter(failures: number): number {
  return (first[failures - 1] ?? 60) * minute;
}

/** The pause that holds or has just passed; null where the queue runs. */
export async function readPause(): Promise<Pause | null> {
  return PauseModel.findById('smtp').lean();
}

/** Stops the queue, for longer each time in a row. */
export async function pauseQueue(before: Pause | null, now: Date, code: string): Promise<void> {
  const times = (before?.times ?? 0) + 1;
  const until = new Date(now.getTime() + pauseAfter(times));
  await PauseModel.updateOne({ _id: 'smtp' }, { $set: { until, times, code } }, { upsert: true });
  logger.error(
    { code, until },
    'The mail server takes nothing from us, so all letters wait. Check SMTP_URL (address, user, password, TLS), MAIL_FROM and the server itself.',
  );
}

/** The server has taken a letter: the next trouble begins with a short pause again. */
export async function endPause(): Promise<void> {
  await PauseModel.deleteOne({ _id: 'smtp' });
}
