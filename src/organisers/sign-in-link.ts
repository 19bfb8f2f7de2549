import { model, Schema, type Types } from 'mongoose';
import { storedAs } from '../base/keys.ts';

/** A link that signs one organiser in, once. Only a hash of its secret part is stored. */
export type SignInLink = {
  /** SHA-256 of the token, hex. */
  _id: string;
  organiser: Types.ObjectId;
  /** Asked for on the sign-in page: these are counted, and opened in another browser they want the address. */
  asked: boolean;
  /** SHA-256 (hex) of the marks of the browsers that asked. */
  browsers: string[];
  /** How often a wrong address was typed for it. */
  wrongTries: number;
  createdAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
};

/** Minutes that a link is good for: one that is asked for, and one that comes unasked (at the start, with an invitation). */
export const linkMinutes = { asked: 15, unasked: 24 * 60 } as const;

const schema = new Schema<SignInLink>(
  {
    _id: String,
    organiser: { type: Schema.Types.ObjectId, required: true },
    asked: { type: Boolean, required: true },
    browsers: [String],
    wrongTries: { type: Number, default: 0 },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    usedAt: { type: Date, default: null },
  },
  { versionKey: false },
);
schema.index({ organiser: 1, createdAt: 1 });
// Dead links are forgotten after a day; until then they are counted.
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 24 * 3600 });

export const SignInLinkModel = model<SignInLink>('SignInLink', schema, 'signInLinks');

/** Uses links up that others may have read, as in a letter that has come back. */
export async function spendLinks(tokens: string[], now: Date): Promise<void> {
  const good = { _id: { $in: tokens.map(storedAs) }, usedAt: null };
  await SignInLinkModel.updateMany(good, { $set: { usedAt: now } });
}
