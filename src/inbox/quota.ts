import type { Context } from '../base/context.ts';
import { transaction } from '../base/database.ts';
import type { Counter, Limit } from '../limits/counter.ts';
import { readCounters, writeCounters } from '../limits/limit.ts';

const day = 24 * 60;
const megabyte = 1024 * 1024;

type Quota = { mails: Limit; bytes: Limit };

/** What is taken in a day, of everybody together and of one sender: far more than the answers to a rush of sign-ups. */
const ofAll: Quota = {
  mails: { name: 'mails a day', most: 10_000, minutes: day },
  bytes: { name: 'bytes of mail a day', most: 500 * megabyte, minutes: day },
};
const ofOne: Quota = {
  mails: { name: 'mails of a sender a day', most: 500, minutes: day },
  bytes: { name: 'bytes of mail of a sender a day', most: 50 * megabyte, minutes: day },
};

/** Everybody has the same row. */
const everybody = '';

/**
 * Counts a mail and keeps it, in one transaction, unless it is one too many.
 * @param sender the envelope sender; bounces, which have none, count only among all
 * @returns false if it is one too many: its sender keeps it and tries again
 */
export async function withinQuota(
  context: Context,
  { sender = '', bytes }: { sender?: string | undefined; bytes: number },
  keep: () => Promise<void>,
): Promise<boolean> {
  return transaction(async () => {
    const counted: [Limit, of: string, number: number][] = [
      [ofAll.mails, everybody, 1],
      [ofAll.bytes, everybody, bytes],
    ];
    if (sender) counted.push([ofOne.mails, sender, 1], [ofOne.bytes, sender, bytes]);
    const counters: Counter[] = [];
    for (const [limit, of, number] of counted)
      for (const counter of (await readCounters(context, limit, [of])).values()) {
        if (context.settings.rateLimit && counter.secondsToWait(number) > 0) return false;
        counter.add(number);
        counters.push(counter);
      }
    await writeCounters(counters);
    await keep();
    return true;
  });
}

/** True while no mail is taken from anybody, since so much has come in a day. */
export async function isInboxFull(context: Context): Promise<boolean> {
  if (!context.settings.rateLimit) return false;
  for (const [limit, least] of [
    [ofAll.mails, 1],
    [ofAll.bytes, megabyte],
  ] as const)
    for (const counter of (await readCounters(context, limit, [everybody])).values())
      if (counter.secondsToWait(least) > 0) return true;
  return false;
}
