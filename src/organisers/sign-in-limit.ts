import { model, Schema } from 'mongoose';
import type { Context } from '../base/context.ts';
import { fingerprint } from '../base/keys.ts';

/** How often one network has asked for a link to one address. The row tells neither of them. */
type Asking = { _id: string; count: number; endsAt: Date };

const schema = new Schema<Asking>(
  { _id: String, count: { type: Number, required: true }, endsAt: { type: Date, required: true } },
  { versionKey: false },
);
schema.index({ endsAt: 1 }, { expireAfterSeconds: 0 });

const AskingModel = model<Asking>('SignInAsking', schema, 'signInAskings');

/** Posts for one address from one network, in so many milliseconds. */
const most = 30;
const period = 15 * 60_000;

/**
 * Counts a post that asks for a sign-in link, and tells for how many seconds no more are taken; 0 if this one is. Each
 * address has a count of its own: whoever uses up one keeps nobody else behind the same network out. Unknown addresses
 * are counted as known ones are.
 */
export async function secondsToWait(context: Context, network: string, email: string): Promise<number> {
  const { now, settings } = context;
  if (!settings.rateLimit) return 0;
  const _id = fingerprint(`${network} ${email}`, settings);
  const again = { $inc: { count: 1 } };
  const running = await AskingModel.findOneAndUpdate({ _id, endsAt: { $gt: now } }, again).lean<Asking>();
  if (running) return running.count < most ? 0 : Math.ceil((+running.endsAt - +now) / 1000);
  const first = { count: 1, endsAt: new Date(+now + period) };
  await AskingModel.updateOne({ _id }, { $set: first }, { upsert: true });
  return 0;
}
