import type { Db, Document, ObjectId } from 'mongodb';
import { systemClock } from '../base/clock.ts';
import type { Batch, InTransaction, Migration } from './migration.ts';

type ByMode = { plats: number; digitalt: number };

/**
 * Events that are over get a tally each (`tallies`): their people by municipality and role, which statistics read instead of
 * registrations. Those that have one are passed by.
 */
export const tallies: Migration = {
  number: 11,
  name: 'tallies',
  async inBatches(database, batch) {
    const over = { state: 'published', end: { $lte: systemClock() } };
    const events = await database.collection('events').find(over).project({ authority: 1 }).toArray();
    for (const event of events) await writeTally(database, batch, event);
  },
};

async function writeTally(database: Db, batch: Batch, { _id, authority }: Document): Promise<void> {
  await batch(async (options) => {
    const all = database.collection('tallies');
    if (await all.findOne({ _id }, options)) return;
    const groups = [...(await peopleOf(database, _id, options)), ...(await headsOf(database, _id, options))];
    await all.insertOne({ _id, authority, cells: cellsOf(groups) }, options);
  });
}

/** Those with a seat who are alike in all that is counted. */
async function peopleOf(database: Db, event: ObjectId, options: InTransaction): Promise<Document[]> {
  const fields = ['municipality', 'role', 'mode', 'present', 'attendedMode', 'walkIn'];
  const alike = Object.fromEntries(fields.map((field) => [field, `$${field}`]));
  const groups = [
    { $match: { event, status: 'confirmed' } },
    { $group: { _id: alike, number: { $sum: 1 } } },
  ];
  return database.collection('registrations').aggregate(groups, options).toArray();
}

/** Those without a name: what was noted last for each account counts. */
async function headsOf(database: Db, event: ObjectId, options: InTransaction): Promise<Document[]> {
  const last = (field: string) => ({ $first: `$${field}` });
  const groups = [
    { $match: { event } },
    { $sort: { at: -1, _id: -1 } },
    {
      $group: {
        _id: '$account',
        ...{ municipality: last('municipality'), role: last('role'), unnamed: last('number') },
      },
    },
  ];
  const found = await database.collection('headcounts').aggregate(groups, options).toArray();
  return found.map(({ municipality, role, unnamed }) => ({ _id: { municipality, role }, unnamed }));
}

function cellsOf(groups: Document[]): Document[] {
  const byPlace = Map.groupBy(groups, ({ _id: { municipality, role } }) => `${municipality} ${role}`);
  return [...byPlace.values()].map((some) => {
    const { municipality, role } = some[0]?._id ?? {};
    return { municipality, role, ...withoutZeros(numbersOf(some)) };
  });
}

function withoutZeros(numbers: Document): Document {
  const isThere = (value: number | ByMode) =>
    (typeof value === 'number' ? value : value.plats + value.digitalt) > 0;
  return Object.fromEntries(Object.entries(numbers).filter(([, value]) => isThere(value)));
}

function numbersOf(groups: Document[]): Document {
  const ways = (belongs: (one: Document) => boolean, way: (one: Document) => string = ({ mode }) => mode) => {
    const sum = (mode: string) =>
      groups
        .filter(({ _id }) => belongs(_id) && way(_id) === mode)
        .reduce((so, { number = 0 }) => so + number, 0);
    return { plats: sum('plats'), digitalt: sum('digitalt') };
  };
  const attended = ({ attendedMode, mode }: Document) => attendedMode ?? mode;
  return {
    registered: ways(({ walkIn }) => !walkIn),
    unannounced: ways(({ walkIn }) => walkIn),
    marked: ways(({ present }) => typeof present === 'boolean'),
    came: ways(({ present, walkIn }) => present && !walkIn),
    present: ways(({ present }) => present, attended),
    walkIns: ways(({ present, walkIn }) => present && walkIn, attended),
    unnamed: groups.reduce((so, { unnamed = 0 }) => so + unnamed, 0),
  };
}
