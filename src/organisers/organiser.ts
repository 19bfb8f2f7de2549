import { model, Schema, Types } from 'mongoose';
import { logAction } from '../audit/log.ts';
import type { Context } from '../base/context.ts';
import { isDuplicate, transaction } from '../base/database.ts';
import { capital } from '../texts/grammar.ts';
import { KeptFormModel } from './kept-form.ts';
import { SignInLinkModel } from './sign-in-link.ts';
import { SignInSessionModel } from './sign-in-session.ts';

/** Somebody who plans events for a county board. The address is normalised (base/form/addresses.ts) and is what one signs in with. */
export type Organiser = {
  _id: Types.ObjectId;
  name: string;
  email: string;
  /** County code of the county board. */
  authority: string;
  createdAt: Date;
  signedInAt: Date | null;
  /** SHA-256 (hex) of the secret part of the link to the organiser's own calendar, while there is one. */
  calendarToken?: string;
  calendarMadeAt?: Date;
  /** Belongs to the example county: letters to this address never leave. */
  example: boolean;
  /** Rises when a colleague is taken away, so that two who take each other away collide. */
  version: number;
};

const text = { type: String, required: true };
const schema = new Schema<Organiser>(
  {
    name: text,
    email: text,
    authority: text,
    createdAt: { type: Date, required: true },
    signedInAt: { type: Date, default: null },
    calendarToken: String,
    calendarMadeAt: Date,
    example: { type: Boolean, default: false },
    version: { type: Number, default: 1 },
  },
  { versionKey: false },
);
schema.index({ email: 1, authority: 1 }, { unique: true });
schema.index({ authority: 1, name: 1 });
schema.index({ calendarToken: 1 });

export const OrganiserModel = model<Organiser>('Organiser', schema, 'organisers');

/** One organiser; null for one who has been taken away. */
export async function findOrganiser(id: string): Promise<Organiser | null> {
  return OrganiserModel.findById(id).lean<Organiser>();
}

/** The organisers of a county board by name. */
export async function listOrganisers(authority: string): Promise<Organiser[]> {
  return OrganiserModel.find({ authority }).collation({ locale: 'sv' }).sort({ name: 1 }).lean<Organiser[]>();
}

/**
 * Lets one more person in. Somebody may plan for several county boards with one address, as an organiser of each: no
 * board learns of the others.
 */
export async function addOrganiser(
  context: Context,
  authority: string,
  { name, email }: Pick<Organiser, 'name' | 'email'>,
): Promise<Organiser | { refused: 'known' }> {
  const organiser: Organiser = {
    _id: new Types.ObjectId(),
    name,
    email,
    authority,
    createdAt: context.now,
    signedInAt: null,
    example: false,
    version: 1,
  };
  try {
    return await transaction(async () => {
      await OrganiserModel.insertMany([organiser], { lean: true });
      await logAction(context, { authority, action: 'organiser.invited', about: name });
      return organiser;
    });
  } catch (error) {
    if (isDuplicate(error)) return { refused: 'known' };
    throw error;
  }
}

/**
 * Takes an organiser away: the next request of theirs is a stranger's. Not the last one of the county board, who would
 * leave nobody to invite the next.
 */
export async function removeOrganiser(
  context: Context,
  authority: string,
  id: string,
): Promise<Organiser | { refused: 'last' | 'gone' }> {
  return transaction(async () => {
    const all = await OrganiserModel.find({ authority }).lean<Organiser[]>();
    const organiser = all.find((one) => String(one._id) === id);
    if (!organiser) return { refused: 'gone' };
    if (all.length === 1) return { refused: 'last' };
    await OrganiserModel.updateMany({ authority }, { $inc: { version: 1 } });
    await OrganiserModel.deleteOne({ _id: organiser._id });
    await SignInLinkModel.deleteMany({ organiser: organiser._id });
    await SignInSessionModel.deleteMany({ organiser: organiser._id });
    await KeptFormModel.deleteMany({ organiser: organiser._id });
    await logAction(context, { authority, action: 'organiser.removed', about: organiser.name });
    return organiser;
  });
}

/** "maja.lindgren@…" is most likely Maja Lindgren. */
export function nameFrom(email: string): string {
  const words = (email.split('@')[0] ?? '').split(/[._-]+/);
  return words.map(capital).join(' ');
}
