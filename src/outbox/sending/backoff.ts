import { model, Schema } from 'mongoose';
import { logger } from '../../base/log.ts';
import type { Letter } from '../letter.ts';

/**
 * What must wait until when: `smtp` is the whole queue, since the mail server takes nothing from us; `@example.se`
 * is what goes to that domain. It stays when it has passed, until a letter gets through: the next pause is longer.
 */
export type Pause = { _id: string; until: Date; times: number; code: string };

const schema = new Schema<Pause>(
  { _id: { type: String, required: true }, until: Date, times: Number, code: String },
  { versionKey: false },
);
const PauseModel = model<Pause>('Pause', schema, 'pauses');

const queue = 'smtp';
const minute = 60_000;
const first = [1, 5, 15, 30];

/** Milliseconds to wait after the n-th failure, counted from 1: 1, 5, 15, 30 minutes, then an hour. */
export function pauseAfter(failures: number): number {
  return (first[failures - 1] ?? 60) * minute;
}

/** The whole queue's pause that holds or has just passed; null if the queue runs. */
export async function readPause(): Promise<Pause | null> {
  return PauseModel.findById(queue).lean();
}

/** Stops the queue. @param before the pause before this one in a row: each is longer */
export async function pauseQueue(before: Pause | null, now: Date, code: string): Promise<void> {
  const pause = longer(queue, before, now, code);
  await keep(pause);
  logger.error(
    { code, until: pause.until },
    'The mail server takes nothing from us, so all letters wait. Check SMTP_URL (address, user, password, TLS), MAIL_FROM and the server itself.',
  );
}

/** The server has taken a letter: the next trouble begins with a short pause again. */
export async function endPause(): Promise<void> {
  await PauseModel.deleteOne({ _id: queue });
}

/** The domain that a letter goes to, with its at sign. */
export function domainOf({ to }: Pick<Letter, 'to'>): string {
  return to.address.slice(to.address.lastIndexOf('@')).toLowerCase();
}

/** The pauses of all domains that have asked for one, by domain. */
export async function readDomainPauses(): Promise<Map<string, Pause>> {
  const pauses = await PauseModel.find({ _id: { $ne: queue } }).lean<Pause[]>();
  return new Map(pauses.map((pause) => [pause._id, pause]));
}

/** Lets a domain rest, once for all the letters that it answers like this at the same time; notes it among `pauses`. */
export async function pauseDomain(
  pauses: Map<string, Pause>,
  domain: string,
  now: Date,
  code: string,
): Promise<void> {
  const before = pauses.get(domain);
  if (before && before.until > now) return;
  const pause = longer(domain, before, now, code);
  pauses.set(domain, pause);
  await keep(pause);
  logger.warn(
    { code, until: pause.until },
    'A domain asks us to slow down or says nothing: letters to it wait.',
  );
}

/** The domain has taken a letter. */
export async function endDomainPause(pauses: Map<string, Pause>, domain: string): Promise<void> {
  if (pauses.delete(domain)) await PauseModel.deleteOne({ _id: domain });
}

function longer(_id: string, before: Pause | null | undefined, now: Date, code: string): Pause {
  const times = (before?.times ?? 0) + 1;
  return { _id, until: new Date(now.getTime() + pauseAfter(times)), times, code };
}

async function keep({ _id, ...pause }: Pause): Promise<void> {
  await PauseModel.updateOne({ _id }, { $set: pause }, { upsert: true });
}
