import type { Collection, Db, Document, Filter, ObjectId } from 'mongodb';
import { hideKeys } from '../base/mail/hide-keys.ts';
import type { Batch, Migration } from './migration.ts';

/** So many mails are read and written at a time: one that came in may weigh 5 MB. */
const size = 20;

/**
 * Links that only their receivers may use are hidden in the bytes of letters that go nowhere any more, and of mail that
 * came in and has been read (`raw`). Letters that wait, are on their way or are held keep theirs. Mail that came in belongs
 * to the county board that its sender is registered with alone; what could not be read is held.
 */
export const linksInKeptMail: Migration = {
  number: 6,
  name: 'links-in-kept-mail',
  async inBatches(database, batch) {
    const over = { state: { $in: ['sent', 'failed', 'bounced', 'dropped'] }, raw: { $exists: true } };
    await eachFew(database.collection('letters'), over, hideLinks(batch));

    const inbound = database.collection('inbound');
    const isRead = { state: { $ne: 'received' } };
    await eachFew(inbound, isRead, hideLinks(batch));
    await eachFew(inbound, { ...isRead, authority: { $exists: false } }, giveToBoards(database, batch));
    const unread = { ...isRead, outcome: { $in: ['unreadable', 'sealed'] }, held: { $exists: false } };
    await batch((options) => inbound.updateMany(unread, { $set: { held: true } }, options));
  },
};

type Work = (collection: Collection, few: Document[]) => Promise<void>;

/** Does something with everything that the filter finds, a few at a time, along `_id`. */
async function eachFew(collection: Collection, filter: Filter<Document>, work: Work): Promise<void> {
  let last: ObjectId | undefined;
  do {
    const rest = last ? { $and: [{ _id: { $gt: last } }, filter] } : filter;
    const found = collection.find(rest, { promoteBuffers: true }).sort({ _id: 1 }).limit(size);
    const few = await found.toArray();
    last = few.length === size ? few.at(-1)?._id : undefined;
    await work(collection, few);
  } while (last);
}

/** What holds no link is not written, and so what is done already. The state must not have changed meanwhile. */
function hideLinks(batch: Batch): Work {
  return async (collection, few) => {
    const changes = few.flatMap(({ _id, state, raw }) => {
      const hidden = hideKeys(raw);
      const update = { $set: { raw: hidden.raw } };
      return hidden.keys.length > 0 ? [{ updateOne: { filter: { _id, state }, update } }] : [];
    });
    if (changes.length > 0) await batch((options) => collection.bulkWrite(changes, options));
  };
}

function giveToBoards(database: Db, batch: Batch): Work {
  return async (collection, few) => {
    const email = { $in: few.map(senderOf) };
    const groups = [
      { $match: { email } },
      { $group: { _id: '$email', boards: { $addToSet: '$authority' } } },
    ];
    const found = await database.collection('registrations').aggregate(groups).toArray();
    const boards = new Map(
      found.map(({ _id, boards }) => [_id, boards.length === 1 ? boards[0] : undefined]),
    );
    const changes = few.flatMap((mail) => {
      const authority = boards.get(senderOf(mail));
      return authority ? [{ updateOne: { filter: { _id: mail._id }, update: { $set: { authority } } } }] : [];
    });
    if (changes.length > 0) await batch((options) => collection.bulkWrite(changes, options));
  };
}

function senderOf({ from, envelope }: Document): string {
  return String(from?.address ?? envelope?.from ?? '').toLowerCase();
}
