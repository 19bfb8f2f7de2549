import { model, Schema } from 'mongoose';
import type { Context } from '../base/context.ts';
import { transaction } from '../base/database.ts';
import { fingerprint } from '../base/keys.ts';
import { Counter, type CounterRow, type Limit } from './counter.ts';

const count = new Schema({ at: Date, number: Number }, { _id: false });
const schema = new Schema<CounterRow>(
  {
    _id: String,
    counts: { type: [count], required: true },
    pacedUntil: Date,
    endsAt: { type: Date, required: true },
  },
  { versionKey: false },
);
schema.index({ endsAt: 1 }, { expireAfterSeconds: 0 });

const LimitModel = model<CounterRow>('Limit', schema, 'limits');

/**
 * Counts one more, and tells for how many seconds no more are taken; 0 if this one is.
 * @param of whose count it is, such as a network
 */
export async function secondsToWait(context: Context, limit: Limit, of: string): Promise<number> {
  if (!context.settings.rateLimit) return 0;
  return transaction(async () => {
    const counters = await readCounters(context, limit, [of]);
    const [counter] = counters.values();
    const seconds = counter?.secondsToWait(1) ?? 0;
    if (seconds === 0) counter?.add(1);
    await writeCounters(counters.values());
    return seconds;
  });
}

/**
 * What has been counted for these, within the running transaction. Two that count for the same at the same time write
 * the same row, so that one of them begins again and finds what the other has counted.
 */
export async function readCounters(
  context: Context,
  limit: Limit,
  all: string[],
): Promise<Map<string, Counter>> {
  const ids = new Map(all.map((of) => [of, fingerprint(`${limit.name} ${of}`, context.settings)]));
  const rows = await LimitModel.find({ _id: { $in: [...ids.values()] } }).lean<CounterRow[]>();
  const found = new Map(rows.map((row) => [row._id, row]));
  return new Map([...ids].map(([of, _id]) => [of, new Counter(limit, context.now, _id, found.get(_id))]));
}

/** Keeps what was counted, in one write. */
export async function writeCounters(counters: Iterable<Counter>): Promise<void> {
  const changes = [...counters].flatMap((counter) => {
    const { _id, ...row } = counter.row();
    return counter.hasChanged
      ? [{ updateOne: { filter: { _id }, update: { $set: row }, upsert: true } }]
      : [];
  });
  if (changes.length > 0) await LimitModel.bulkWrite(changes);
}
