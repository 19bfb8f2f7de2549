import { model, Schema, Types } from 'mongoose';
import { type Role, roles } from '../../authorities/roles.ts';
import { insertRows } from '../../base/database.ts';
import type { Event } from '../../events/event.ts';

/**
 * People who came and are counted without names, as those who sat in a meeting room behind one account. What counts for
 * an account of an event is what was noted last.
 */
export type Headcount = {
  _id: Types.ObjectId;
  event: Types.ObjectId;
  authority: string;
  /** What it was noted from, with which it can be taken back. */
  source: Types.ObjectId;
  at: Date;
  /** By which the account is known again: its address, else its name. */
  account: string;
  name: string;
  number: number;
  municipality: string;
  role: Role;
};

const schema = new Schema<Headcount>(
  {
    event: { type: Schema.Types.ObjectId, required: true },
    authority: { type: String, required: true },
    source: { type: Schema.Types.ObjectId, required: true },
    at: { type: Date, required: true },
    account: { type: String, required: true },
    name: String,
    number: { type: Number, required: true },
    municipality: { type: String, required: true },
    role: { type: String, enum: roles, required: true },
  },
  { versionKey: false },
);
schema.index({ event: 1, at: -1 });
schema.index({ source: 1 });
schema.index({ authority: 1, account: 1 });
schema.index({ authority: 1, name: 1 });

export const HeadcountModel = model<Headcount>('Headcount', schema, 'headcounts');

type Counted = Pick<Headcount, 'account' | 'name' | 'number' | 'municipality' | 'role'>;

/** Notes how many people sat behind accounts of an event. @param from what it is noted from, and when */
export async function noteHeadcounts(
  event: Event,
  from: Pick<Headcount, 'source' | 'at'>,
  counted: Counted[],
): Promise<void> {
  const about = { event: event._id, authority: event.authority, ...from };
  await insertRows(
    HeadcountModel,
    counted.map((one) => ({ _id: new Types.ObjectId(), ...about, ...one })),
  );
}

/** Takes back what was noted from this source. */
export async function removeHeadcounts(source: Types.ObjectId): Promise<void> {
  await HeadcountModel.deleteMany({ source });
}

/** Erases the names and addresses of accounts; how many sat behind each still counts. */
export async function eraseHeadcounts(authority: string, accounts: string[]): Promise<void> {
  for (const account of accounts) {
    const change = { account: String(new Types.ObjectId()), name: '' };
    await HeadcountModel.updateMany({ authority, account }, { $set: change });
  }
  await HeadcountModel.updateMany({ authority, name: { $in: accounts } }, { $set: { name: '' } });
}

/** What was noted last for each account of these events. */
const latest = (events: Types.ObjectId[]) => [
  { $match: { event: { $in: events } } },
  { $sort: { at: -1 as const, _id: -1 as const } },
  {
    $group: {
      _id: { event: '$event', account: '$account' },
      ...Object.fromEntries(
        ['name', 'number', 'municipality', 'role', 'source'].map((field) => [field, { $first: `$${field}` }]),
      ),
    },
  },
];

/** How many people came to these events without a name, by event, municipality and role. */
export async function countHeads(
  events: Types.ObjectId[],
): Promise<Pick<Headcount, 'event' | 'municipality' | 'role' | 'number'>[]> {
  const _id = { event: '$_id.event', municipality: '$municipality', role: '$role' };
  return HeadcountModel.aggregate([
    ...latest(events),
    { $group: { _id, number: { $sum: '$number' } } },
    { $replaceRoot: { newRoot: { $mergeObjects: ['$_id', { number: '$number' }] } } },
  ]);
}

/** The accounts of an event behind which people are counted, in the order of their names. */
export async function listHeadcounts(
  event: Types.ObjectId,
): Promise<(Counted & { source: Types.ObjectId })[]> {
  return HeadcountModel.aggregate([
    ...latest([event]),
    {
      $project: { _id: 0, account: '$_id.account', name: 1, number: 1, municipality: 1, role: 1, source: 1 },
    },
    { $sort: { name: 1 } },
  ]);
}
