import type { Types } from 'mongoose';
import type { Context } from '../../base/context.ts';
import { transaction } from '../../base/database.ts';
import { type CheckedFile, type CheckedPicture, fileName } from '../../files/checked.ts';
import { keepFile, publishFile, publishFilesOf, releaseFile } from '../../files/keeping.ts';
import { type Event, EventModel } from '../event.ts';
import { writeEvent } from './write-event.ts';

/** How many documents an event can have. */
export const mostDocuments = 20;

/** Why a document is not taken: the event has it already, or has as many as it may. */
export type DocumentRefused = { refused: 'known' | 'tooMany' };

/** Gives an event a document to download, which visitors have as soon as they have the event's page. */
export async function addDocument(
  context: Context,
  id: Types.ObjectId,
  title: string,
  file: CheckedFile,
): Promise<Event | DocumentRefused> {
  return transaction(async () => {
    const event = await EventModel.findById(id).orFail().lean<Event>();
    const { downloads = [] } = event;
    if (downloads.length >= mostDocuments) return { refused: 'tooMany' };
    const hash = await keepOwn(context, event, file);
    if (downloads.some((one) => one.hash === hash)) return { refused: 'known' };
    const { type, bytes } = file;
    const document = { hash, title, name: fileName(title, file), type, size: bytes.length };
    return writeEvent(context, 'event.files', event, { downloads: [...downloads, document] });
  });
}

/** Takes a document away from an event, and from visitors. One that is gone already stays gone. */
export async function removeDocument(context: Context, id: Types.ObjectId, hash: string): Promise<void> {
  await transaction(async () => {
    const event = await EventModel.findById(id).orFail().lean<Event>();
    const { downloads = [] } = event;
    const left = downloads.filter((one) => one.hash !== hash);
    if (left.length === downloads.length) return;
    await releaseFile(hash, id);
    await writeEvent(context, 'event.files', event, { downloads: left });
  });
}

/**
 * What an organiser decides about the picture: the words for it, and a new file if there is one. `seen` is the hash of the
 * picture that the words were written to; empty for none.
 */
export type PictureChange = { alt: string; file?: CheckedPicture | undefined; seen: string };

/** Why the picture stays as it is: somebody else has changed it meanwhile, or there is none to describe. */
export type PictureRefused = { refused: 'conflict' | 'none'; event: Event };

/** Gives an event its picture, or the picture other words. */
export async function changePicture(
  context: Context,
  id: Types.ObjectId,
  { alt, file, seen }: PictureChange,
): Promise<Event | PictureRefused> {
  return transaction(async () => {
    const event = await EventModel.findById(id).orFail().lean<Event>();
    const { picture: before } = event;
    if ((before?.hash ?? '') !== seen) return { refused: 'conflict', event };
    const picture = file ? { ...sizeOf(file), hash: await keepOwn(context, event, file) } : before;
    if (!picture) return { refused: 'none', event };
    if (before && before.hash !== picture.hash) await releaseFile(before.hash, id);
    return writeEvent(context, 'event.files', event, { picture: { ...picture, alt } });
  });
}

/** Takes the picture away from an event, and from visitors. */
export async function removePicture(context: Context, id: Types.ObjectId): Promise<void> {
  await transaction(async () => {
    const event = await EventModel.findById(id).orFail().lean<Event>();
    if (!event.picture) return;
    await releaseFile(event.picture.hash, id);
    await writeEvent(context, 'event.files', event, { picture: null });
  });
}

/** Takes the files of an event from visitors until it is published again. */
export async function hideFiles(id: Types.ObjectId): Promise<void> {
  await publishFilesOf(id, false);
}

async function keepOwn(context: Context, { _id, authority, state }: Event, file: CheckedFile) {
  const hash = await keepFile(context, file, { of: _id, authority });
  if (state !== 'draft') await publishFile(hash, _id);
  return hash;
}

function sizeOf({ width, height }: CheckedPicture) {
  return { width, height };
}
