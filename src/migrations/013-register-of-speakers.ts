import { type Collection, type Document, ObjectId } from 'mongodb';
import { shownAddress } from '../base/form/addresses.ts';
import { foldedWords } from '../base/form/folding.ts';
import type { InTransaction, Migration } from './migration.ts';

const untold = { sessions: { $elemMatch: { speakers: { $elemMatch: { entry: { $exists: false } } } } } };

/**
 * The speakers that programmes name become entries of their county board's register: one for each address, or for each
 * name and organisation. The latest event goes first, since it presents people as they are now.
 */
export const registerOfSpeakers: Migration = {
  number: 13,
  name: 'register-of-speakers',
  async inBatches(database, batch) {
    const [events, speakers] = [database.collection('events'), database.collection('speakers')];
    const found = await events
      .find(untold, { projection: { _id: 1 } })
      .sort({ start: -1 })
      .toArray();
    for (const { _id } of found) await batch((options) => register(events, speakers, _id, options));
  },
};

async function register(events: Collection, speakers: Collection, _id: ObjectId, options: InTransaction) {
  const event = await events.findOne({ _id }, options);
  const sessions = [];
  for (const session of event?.sessions ?? []) {
    const known = [];
    for (const one of session.speakers ?? [])
      known.push({ ...one, entry: one.entry ?? (await entryOf(speakers, event, one, options)) });
    sessions.push({ ...session, speakers: known });
  }
  await events.updateOne({ _id }, { $set: { sessions } }, options);
}

/** The entry of a speaker, a new one if there is none. It gets the address that it lacks. */
async function entryOf(
  speakers: Collection,
  event: Document | null,
  speaker: Document,
  options: InTransaction,
): Promise<ObjectId> {
  const authority = event?.authority;
  const { name = '', title = '', organisation = '', email = '' } = speaker;
  const identity = foldedWords(`${name} ${organisation}`).join(' ');
  const same = email ? await speakers.findOne({ authority, email }, options) : null;
  const known =
    same ?? (await speakers.findOne({ authority, identity, ...(email && { email: '' }) }, options));
  const details = { name, title: known?.title || title, organisation, email: known?.email || email };
  const search = foldedWords([name, details.title, organisation, shownAddress(details.email)].join(' '));
  if (known) {
    const added = { title: details.title, email: details.email, ...(!same && { search }) };
    await speakers.updateOne({ _id: known._id }, { $set: added }, options);
    return known._id;
  }
  const entry = {
    ...{
      _id: new ObjectId(),
      authority,
      ...details,
      phone: '',
      language: 'sv',
      text: '',
      textEn: '',
      needs: '',
    },
    ...{ namesake: foldedWords(name).join(' '), identity, search },
    ...{ changedAt: event?.changedAt ?? new Date(0), version: 1, example: event?.example === true },
  };
  await speakers.insertOne(entry, options);
  return entry._id;
}
