import type { Collection, Document } from 'mongodb';
import { shownAddress } from '../base/form/addresses.ts';
import { foldedWords } from '../base/form/folding.ts';
import type { Migration } from './migration.ts';

/** So many registrations are read and written in one transaction. */
const size = 1000;

/**
 * Registrations get the folded words that they are searched by (`registrations.search`). Those that have them are passed
 * by.
 */
export const searchWords: Migration = {
  number: 7,
  name: 'search-words',
  async inBatches(database, batch) {
    const registrations = database.collection('registrations');
    const names = await municipalityNames(database.collection('authorities'));
    let written = size;
    while (written === size)
      await batch(async (options) => {
        const rows = await registrations
          .find({ search: { $exists: false } }, options)
          .limit(size)
          .toArray();
        written = rows.length;
        const writes = rows.map((row) => ({
          updateOne: { filter: { _id: row._id }, update: { $set: { search: wordsOf(row, names) } } },
        }));
        if (writes.length > 0) await registrations.bulkWrite(writes, options);
      });
  },
};

async function municipalityNames(authorities: Collection): Promise<Map<string, string>> {
  const boards = await authorities.find({}, { projection: { municipalities: 1 } }).toArray();
  const all: Document[] = boards.flatMap(({ municipalities }) => municipalities ?? []);
  return new Map(all.map(({ code, name }) => [code, name]));
}

function wordsOf(row: Document, names: Map<string, string>): string[] {
  const { givenName, familyName, email = '', organisation, municipality } = row;
  const answers = [givenName, familyName, shownAddress(String(email)), organisation, municipality];
  return foldedWords([...answers, names.get(municipality) ?? 'Annan'].join(' '));
}
