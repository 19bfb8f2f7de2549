import type { Collection, Document } from 'mongodb';
import { shownAddress } from '../base/form/addresses.ts';
import { foldedWords } from '../base/form/folding.ts';
import { setInBatches } from './batches.ts';
import type { Migration } from './migration.ts';

/**
 * Registrations get the folded words that they are searched by (`registrations.search`). Those that have them are passed
 * by.
 */
export const searchWords: Migration = {
  number: 7,
  name: 'search-words',
  async inBatches(database, batch) {
    const names = await municipalityNames(database.collection('authorities'));
    const registrations = database.collection('registrations');
    await setInBatches(batch, registrations, { search: { $exists: false } }, (row) => ({
      search: wordsOf(row, names),
    }));
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
