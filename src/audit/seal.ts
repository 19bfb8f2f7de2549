import { createHash } from 'node:crypto';
import { model, mongo, Schema, type Types } from 'mongoose';
import { transaction } from '../base/database.ts';
import { AuditModel, type Entry, type Seal } from './log.ts';

/** The end of a county board's chain: the seal of its newest sealed entry. */
type Head = Seal & { _id: string };

const HeadModel = model<Head>(
  'AuditHead',
  new Schema<Head>({ _id: String, number: Number, hash: String }, { versionKey: false }),
  'auditHeads',
);

/** So many entries are sealed in one transaction. */
const batch = 200;

/**
 * Seals what the log has got since: each entry gets a number and a hash over itself and the entry before it, so that
 * none can be changed, taken out or put in later without `checkChain` finding it. Acts do not wait for each other by it,
 * since the worker does it afterwards; all that it writes goes through the board's head, so two processes cannot both.
 */
export async function sealLog(): Promise<void> {
  for (let sealed = batch; sealed === batch; ) sealed = await transaction(sealOldest);
}

/** @returns how many */
async function sealOldest(): Promise<number> {
  const entries = await AuditModel.find({ unsealed: true })
    .sort({ at: 1, _id: 1 })
    .limit(batch)
    .lean<Entry[]>();
  const heads = new Map<string, Seal>();
  const writes = [];
  for (const entry of entries) {
    const { authority } = entry;
    const head = heads.get(authority) ?? (await headOf(authority));
    const seal = { number: head.number + 1, hash: hashOf(entry, head.hash) };
    heads.set(authority, seal);
    const update = { $set: { seal }, $unset: { unsealed: 1 as const } };
    writes.push({ updateOne: { filter: { _id: entry._id }, update } });
  }
  if (writes.length === 0) return 0;
  await AuditModel.bulkWrite(writes);
  for (const [_id, seal] of heads) await HeadModel.updateOne({ _id }, { $set: seal }, { upsert: true });
  return writes.length;
}

async function headOf(authority: string): Promise<Seal> {
  return (await HeadModel.findById(authority).lean<Head>()) ?? { number: 0, hash: '' };
}

/** What was found on the way along a chain. `broken`: the first entry that is not as it was sealed, or missing. */
export type ChainReport = {
  authority: string;
  entries: number;
  hash: string;
  broken?: { number: number; _id?: Types.ObjectId };
};

/** Follows the chain of a county board from its beginning to its end. */
export async function checkChain(authority: string): Promise<ChainReport> {
  const sealed = AuditModel.find({ authority, 'seal.number': { $exists: true } }).sort({ 'seal.number': 1 });
  let last: Seal = { number: 0, hash: '' };
  for await (const entry of sealed.lean<Entry[]>().cursor()) {
    const next = { number: last.number + 1, hash: hashOf(entry, last.hash) };
    const report = { authority, entries: last.number, hash: last.hash };
    if (entry.seal?.number !== next.number) return { ...report, broken: { number: next.number } };
    if (entry.seal.hash !== next.hash) return { ...report, broken: { number: next.number, _id: entry._id } };
    last = next;
  }
  const head = await headOf(authority);
  const isWhole = head.number === last.number && head.hash === last.hash;
  const report = { authority, entries: last.number, hash: last.hash };
  return isWhole ? report : { ...report, broken: { number: last.number + 1 } };
}

/** The county boards that have a chain. */
export async function chains(): Promise<string[]> {
  return [
    ...new Set([...(await HeadModel.distinct('_id')), ...(await AuditModel.distinct('authority'))]),
  ].toSorted();
}

/** SHA-256 over the hash before and all fields of the entry but its seal, in the order of their names. */
function hashOf({ seal: _seal, unsealed: _unsealed, ...entry }: Entry, before: string): string {
  const fields = Object.entries(entry).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256')
    .update(before)
    .update(mongo.BSON.EJSON.stringify(fields, { relaxed: false }))
    .digest('hex');
}
