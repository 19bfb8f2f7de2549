import { model, Schema } from 'mongoose';
import type { Context } from '../base/context.ts';
import { transaction } from '../base/database.ts';
import { logger } from '../base/log.ts';

/** To sign in, or the lost one to a registration. */
export type LinkKind = 'signIn' | 'lostLink';

/**
 * Somebody has asked for a link by letter. The page keeps this row and answers; the worker looks whether the address is
 * known. So the time that the answer takes tells nobody who is.
 */
export type LinkRequest = {
  /** Kind and address: somebody who asks twice before the worker has looked gets one letter. */
  _id: string;
  kind: LinkKind;
  email: string;
  /** Fingerprints of the browsers that asked to sign in. */
  browsers: string[];
  askedAt: Date;
  dueAt: Date;
};

const schema = new Schema<LinkRequest>(
  {
    _id: String,
    kind: { type: String, enum: ['signIn', 'lostLink'], required: true },
    email: { type: String, required: true },
    browsers: [String],
    askedAt: { type: Date, required: true },
    dueAt: { type: Date, required: true },
  },
  { versionKey: false },
);
schema.index({ dueAt: 1 });
// A link that comes a day late helps nobody.
schema.index({ askedAt: 1 }, { expireAfterSeconds: 24 * 3600 });

export const LinkRequestModel = model<LinkRequest>('LinkRequest', schema, 'linkRequests');

/** Keeps a request for the worker. When this resolves it is in the database for good. @param browser for signing in */
export async function keepLinkRequest(
  { now }: Pick<Context, 'now'>,
  kind: LinkKind,
  email: string,
  browser?: string,
): Promise<void> {
  const first = { kind, email, askedAt: now, dueAt: now };
  // Only the newest few: a flood of requests must not make the row large.
  const browsers = { $each: browser ? [browser] : [], $slice: -5 };
  await LinkRequestModel.updateOne(
    { _id: `${kind} ${email}` },
    { $setOnInsert: first, $push: { browsers } },
    { upsert: true },
  );
}

/** What answers a request: it owes the letters, in the request's own transaction. @returns what the operator's terminal says */
export type LinkAnswer = (context: Context, request: LinkRequest) => Promise<string>;

/** Answers the requests that wait. @returns true if there may be more */
export async function answerLinkRequests(
  context: Context,
  answers: Record<LinkKind, LinkAnswer>,
): Promise<boolean> {
  const due = { dueAt: { $lte: context.now } };
  const waiting = await LinkRequestModel.find(due).sort({ dueAt: 1 }).limit(50).lean<LinkRequest[]>();
  for (const request of waiting) await answerOne(context, request, answers);
  return waiting.length > 0;
}

/** One that fails is tried again in a minute, so that it keeps nobody waiting. */
async function answerOne(
  context: Context,
  { _id }: LinkRequest,
  answers: Record<LinkKind, LinkAnswer>,
): Promise<void> {
  try {
    const said = await transaction(async () => {
      const request = await LinkRequestModel.findOneAndDelete({ _id }).lean<LinkRequest>();
      return request ? answers[request.kind](context, request) : '';
    });
    process.stdout.write(said);
  } catch (error) {
    logger.error(
      { error: (error as Error).stack },
      'A link that was asked for could not be sent, and is tried again. Does the database answer?',
    );
    const later = new Date(+context.now + 60_000);
    await LinkRequestModel.updateOne({ _id }, { $set: { dueAt: later } });
  }
}
