import { createHash } from 'node:crypto';
import type { Types } from 'mongoose';
import type { Context } from '../base/context.ts';
import { insertRows } from '../base/database.ts';
import type { CheckedFile } from './checked.ts';
import { FileModel, type FileOwner, type StoredFile } from './stored-file.ts';

/** What a file belongs to. */
type Owner = Pick<FileOwner, 'of' | 'authority'>;

/**
 * Stores a checked file for its owner, in the running transaction; nobody else can have it until it is published.
 * @returns the hash that names it
 */
export async function keepFile(
  { now }: Context,
  { type, bytes }: CheckedFile,
  owner: Owner,
): Promise<string> {
  const _id = createHash('sha256').update(bytes).digest('hex');
  const isThere = await FileModel.exists({ _id });
  const own = { ...owner, isPublic: false };
  if (!isThere) await insertRows(FileModel, [{ _id, type, bytes, owners: [own], storedAt: now }]);
  else await FileModel.updateOne({ _id, 'owners.of': { $ne: owner.of } }, { $push: { owners: own } });
  return _id;
}

/** Lets visitors have a file of this owner's, or not any more. */
export async function publishFile(hash: string, of: Types.ObjectId, isPublic = true): Promise<void> {
  await FileModel.updateOne({ _id: hash, 'owners.of': of }, { $set: { 'owners.$.isPublic': isPublic } });
}

/** Takes a file away from its owner. What belongs to nobody any more is deleted. */
export async function releaseFile(hash: string, of: Types.ObjectId): Promise<void> {
  await FileModel.updateOne({ _id: hash }, { $pull: { owners: { of } } });
  await FileModel.deleteOne({ _id: hash, owners: { $size: 0 } });
}

/** Lets visitors have all files of an owner, or none of them any more. */
export async function publishFilesOf(of: Types.ObjectId, isPublic: boolean): Promise<void> {
  await FileModel.updateMany({ 'owners.of': of }, { $set: { 'owners.$.isPublic': isPublic } });
}

/** Takes all their files away from these owners. */
export async function releaseFilesOf(...owners: Types.ObjectId[]): Promise<void> {
  const of = { $in: owners };
  await FileModel.updateMany({ 'owners.of': of }, { $pull: { owners: { of } } });
  await FileModel.deleteMany({ owners: { $size: 0 } });
}

/** Gives all files of one owner to another. */
export async function giveFiles(from: Types.ObjectId, to: Types.ObjectId): Promise<void> {
  await FileModel.updateMany({ 'owners.of': from }, { $set: { 'owners.$.of': to } });
}

const hex = /^[\da-f]{64}$/;

/** A file that visitors may have; null for any other. */
export async function findPublicFile(hash: string): Promise<StoredFile | null> {
  return find(hash, { isPublic: true });
}

/** A file of a county board's, published or not; null for any other. */
export async function findOwnFile(hash: string, authority: string): Promise<StoredFile | null> {
  return find(hash, { authority });
}

async function find(hash: string, owner: Partial<FileOwner>): Promise<StoredFile | null> {
  if (!hex.test(hash)) return null;
  return FileModel.findOne({ _id: hash, owners: { $elemMatch: owner } })
    .setOptions({ promoteBuffers: true })
    .lean<StoredFile>();
}
