import { createHash } from 'node:crypto';
import { model, Schema, type Types } from 'mongoose';
import { expiredSession, sessionMemory } from './sign-in-session.ts';

/** One answer of a form, as it was posted. */
export type PostedField = { name: string; value: string };

/**
 * A form of the office that was posted when the sign-in session had run out: what was typed, until its organiser has signed
 * in again. It holds no files.
 */
export type KeptForm = {
  /** Organiser, address and answers, hashed: a form that is sent twice is kept once. */
  _id: string;
  organiser: Types.ObjectId;
  /** The address that the form was posted to, with its query. */
  action: string;
  fields: PostedField[];
  keptAt: Date;
  expiresAt: Date;
};

/** More forms of one organiser are not kept; the oldest go first. Each is as large as a post may be. */
const mostForms = 20;

const schema = new Schema<KeptForm>(
  {
    _id: String,
    organiser: { type: Schema.Types.ObjectId, required: true },
    action: { type: String, required: true },
    fields: [{ _id: false, name: String, value: String }],
    keptAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { versionKey: false },
);
schema.index({ organiser: 1, keptAt: -1 });
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const KeptFormModel = model<KeptForm>('KeptForm', schema, 'keptForms');

/** Keeps a form for the organiser whose sign-in session has run out, for seven days. @returns false if there is no such session */
export async function keepForm(
  signIn: unknown,
  { action, fields }: Pick<KeptForm, 'action' | 'fields'>,
  now: Date,
): Promise<boolean> {
  const session = await expiredSession(signIn, now);
  if (!session) return false;
  const { organiser } = session;
  const _id = createHash('sha256')
    .update(JSON.stringify([organiser, action, fields]))
    .digest('hex');
  const expiresAt = new Date(+now + sessionMemory);
  await putBack({ _id, organiser, action, fields, keptAt: now, expiresAt });
  const old = await KeptFormModel.find({ organiser }, { _id: 1 }).sort({ keptAt: -1 }).skip(mostForms).lean();
  if (old.length > 0) await KeptFormModel.deleteMany({ _id: { $in: old.map((form) => form._id) } });
  return true;
}

/** The forms that are kept for an organiser, the newest first. */
export async function listKeptForms(organiser: string, now: Date): Promise<KeptForm[]> {
  return KeptFormModel.find({ organiser, expiresAt: { $gt: now } })
    .sort({ keptAt: -1 })
    .lean<KeptForm[]>();
}

/** Keeps an organiser's form no longer. @returns the form; null if there is no such */
export async function takeKeptForm(organiser: string, id: string): Promise<KeptForm | null> {
  return KeptFormModel.findOneAndDelete({ _id: id, organiser }).lean<KeptForm>();
}

/** Keeps a form that was taken, since nothing has come of it. */
export async function putBack({ _id, ...form }: KeptForm): Promise<void> {
  await KeptFormModel.updateOne({ _id }, { $set: form }, { upsert: true });
}
