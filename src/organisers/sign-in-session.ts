import { model, Schema, Types } from 'mongoose';
import { logAction } from '../audit/log.ts';
import type { Context } from '../base/context.ts';
import { idFrom, transaction } from '../base/database.ts';

const hour = 3600_000;

/** A session ends 12 hours after the sign-in, and when it has not been used for two (ASVS 4.0.3, 3.3.2), in milliseconds. */
const longest = 12 * hour;
const longestIdle = 2 * hour;

/** For so long after the sign-in it is known whose session a browser had, in milliseconds; a form that is sent too late is kept. */
export const sessionMemory = 7 * 24 * hour;

/** How an organiser is known for some hours, in one browser. A session without its row is over, whatever the browser has. */
export type SignInSession = {
  _id: Types.ObjectId;
  organiser: Types.ObjectId;
  /** The kind of browser and system in words: "Firefox på Windows". */
  device: string;
  startedAt: Date;
  seenAt: Date;
};

const schema = new Schema<SignInSession>(
  {
    organiser: { type: Schema.Types.ObjectId, required: true },
    device: { type: String, required: true },
    startedAt: { type: Date, required: true },
    seenAt: { type: Date, required: true },
  },
  { versionKey: false },
);
schema.index({ organiser: 1, startedAt: -1 });
schema.index({ startedAt: 1 });

export const SignInSessionModel = model<SignInSession>('SignInSession', schema, 'signInSessions');

/** Begins a session. @returns its id */
export async function startSession(
  { now }: Pick<Context, 'now'>,
  organiser: Types.ObjectId,
  device: string,
): Promise<string> {
  const session = { _id: new Types.ObjectId(), organiser, device, startedAt: now, seenAt: now };
  await SignInSessionModel.insertMany([session], { lean: true });
  return String(session._id);
}

/** The session with this id, noted as used now, to the minute; null if it is over. */
export async function openSession(id: unknown, now: Date): Promise<SignInSession | null> {
  const _id = idFrom(id);
  const session = _id && (await SignInSessionModel.findOne({ _id, ...alive(now) }).lean<SignInSession>());
  if (!session) return null;
  if (+now - +session.seenAt >= 60_000)
    await SignInSessionModel.updateOne({ _id }, { $set: { seenAt: now } });
  return session;
}

/** The session with this id if it has run out; null for one that is open, was signed out, or is forgotten. */
export async function expiredSession(id: unknown, now: Date): Promise<SignInSession | null> {
  const _id = idFrom(id);
  const known = { _id, startedAt: { $gt: new Date(+now - sessionMemory) } };
  return _id ? SignInSessionModel.findOne({ ...known, $nor: [alive(now)] }).lean<SignInSession>() : null;
}

/** Where an organiser is signed in, the newest first. */
export async function listSessions(organiser: string, now: Date): Promise<SignInSession[]> {
  return SignInSessionModel.find({ organiser, ...alive(now) })
    .sort({ startedAt: -1 })
    .lean<SignInSession[]>();
}

/** Ends one of an organiser's sessions. @returns false if there is no such */
export async function signOut(organiser: string, id: unknown): Promise<boolean> {
  const _id = idFrom(id);
  if (!_id) return false;
  const { deletedCount } = await SignInSessionModel.deleteOne({ _id, organiser });
  return deletedCount === 1;
}

/** Signs an organiser out everywhere. */
export async function signOutEverywhere(
  context: Context,
  authority: string,
  organiser: string,
): Promise<void> {
  await transaction(async () => {
    await SignInSessionModel.deleteMany({ organiser });
    await logAction(context, { authority, action: 'organiser.signedOut', about: '' });
  });
}

/** Forgets the sessions of more than seven days ago. */
export async function forgetSessions({ now }: Pick<Context, 'now'>): Promise<void> {
  await SignInSessionModel.deleteMany({ startedAt: { $lte: new Date(+now - sessionMemory) } });
}

function alive(now: Date) {
  return { startedAt: { $gt: new Date(+now - longest) }, seenAt: { $gt: new Date(+now - longestIdle) } };
}
