import { randomBytes } from 'node:crypto';
import { model, Schema, Types } from 'mongoose';
import { logAction } from '../../audit/log.ts';
import type { Context } from '../../base/context.ts';
import { insertRows, transaction } from '../../base/database.ts';
import { isoDay, midnightAfter, stockholmInstant } from '../../base/dates.ts';
import { storedAs } from '../../base/keys.ts';
import { paths } from '../../base/paths.ts';
import type { Event } from '../../events/event.ts';

/** A link with which somebody without an account helps at the entrance of one event, on one day. */
export type HelperLink = {
  _id: Types.ObjectId;
  event: Types.ObjectId;
  authority: string;
  /** Who helps; the log says so of each mark. */
  name: string;
  /** SHA-256 of the secret part, hex. */
  token: string;
  /** From midnight to midnight in Stockholm. A moved event needs a new link. */
  opensAt: Date;
  endsAt: Date;
  createdAt: Date;
  revokedAt: Date | null;
};

const schema = new Schema<HelperLink>(
  {
    event: { type: Schema.Types.ObjectId, required: true },
    authority: { type: String, required: true },
    name: { type: String, required: true },
    token: { type: String, required: true },
    opensAt: { type: Date, required: true },
    endsAt: { type: Date, required: true },
    createdAt: { type: Date, required: true },
    revokedAt: { type: Date, default: null },
  },
  { versionKey: false },
);
schema.index({ token: 1 }, { unique: true });
schema.index({ event: 1, createdAt: 1 });
schema.index({ endsAt: 1 }, { expireAfterSeconds: 30 * 24 * 3600 });

export const HelperLinkModel = model<HelperLink>('HelperLink', schema, 'helperLinks');

/**
 * Makes a link for a helper, for the day on which the event begins.
 * @returns its address, with a secret part of 256 bits that is stored nowhere; refused if there is nothing to help with
 */
export async function makeHelperLink(
  context: Context,
  event: Event,
  name: string,
): Promise<string | { refused: 'notOn' | 'over' }> {
  const day = isoDay(event.start);
  const [opensAt, endsAt] = [stockholmInstant(day, '00:00'), midnightAfter(day)];
  if (event.state !== 'published') return { refused: 'notOn' };
  if (!opensAt || !endsAt || context.now >= endsAt) return { refused: 'over' };
  const secret = randomBytes(32).toString('base64url');
  const { _id, authority, title } = event;
  const link: HelperLink = {
    ...{ _id: new Types.ObjectId(), event: _id, authority, name, token: storedAs(secret) },
    ...{ opensAt, endsAt, createdAt: context.now, revokedAt: null },
  };
  await transaction(async () => {
    await insertRows(HelperLinkModel, [link]);
    await logAction(context, { authority, action: 'helper.made', event: _id, about: title });
  });
  return context.settings.baseUrl + paths.helper(secret);
}

/** The links that have been made for an event and have not ended, the oldest first. */
export async function listHelperLinks(event: Types.ObjectId, now: Date): Promise<HelperLink[]> {
  return HelperLinkModel.find({ event, endsAt: { $gt: now }, revokedAt: null })
    .sort({ createdAt: 1, _id: 1 })
    .lean<HelperLink[]>();
}

/** Ends a helper's link at once. @returns false if the event has no such link, or it has ended */
export async function revokeHelperLink(context: Context, event: Event, id: Types.ObjectId): Promise<boolean> {
  const { _id, authority, title } = event;
  return transaction(async () => {
    const still = { _id: id, event: _id, revokedAt: null };
    const { modifiedCount } = await HelperLinkModel.updateOne(still, { $set: { revokedAt: context.now } });
    if (modifiedCount === 0) return false;
    await logAction(context, { authority, action: 'helper.revoked', event: _id, about: title });
    return true;
  });
}

/** What a helper's secret part opens; null for one that was made up. */
export async function findHelperLink(secret: string): Promise<HelperLink | null> {
  return HelperLinkModel.findOne({ token: storedAs(secret) }).lean<HelperLink>();
}

/** How a helper's link stands; only an open one shows names. */
export type HelperState = 'revoked' | 'notOn' | 'early' | 'over' | 'open';

/** How a helper's link stands now. */
export function helperState(link: HelperLink, event: Pick<Event, 'state'>, now: Date): HelperState {
  if (link.revokedAt) return 'revoked';
  if (now >= link.endsAt) return 'over';
  if (event.state !== 'published') return 'notOn';
  return now < link.opensAt ? 'early' : 'open';
}
