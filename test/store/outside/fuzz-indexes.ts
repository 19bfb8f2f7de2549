import { type Db, Decimal128, type Document, Long } from 'mongodb';
import { newSeed, seeded, temporaryStore } from '../temporary.ts';

type Random = (below: number) => number;

const SCALARS = [
  ...[
    null,
    0,
    1,
    2,
    3.5,
    -1,
    'a',
    'ab',
    'b',
    'å',
    'B',
    'é',
    'Éa',
    'y',
    'ü',
    'Üb',
    '',
    true,
    new Date(0),
    new Date(1e12),
  ],
  // the same or nearly, in different types
  ...[0.1, Decimal128.fromString('0.1'), Decimal128.fromString('2')],
  ...[Long.fromString('123456789012345000'), Decimal128.fromString('123456789012345E3'), 123456789012345000],
];
const OPERATORS = ['$gt', '$gte', '$lt', '$lte', '$ne', '$eq'];
const FIELDS = ['a', 'b', 'n', 'c.x', 'c.y', '_id'];
const INDEXES = [
  { key: { a: 1 } },
  { key: { b: -1, n: 1 } },
  { key: { n: 1, _id: 1 } },
  { key: { b: -1, _id: -1 } },
  { key: { n: 1, a: -1 } },
  { key: { 'c.x': 1, 'c.y': 1 } },
  { key: { b: 1 }, sparse: true, name: 'sparse' },
  { key: { n: -1 }, partialFilterExpression: { b: { $exists: true } }, name: 'partial' },
  { key: { a: 1, b: 1 }, partialFilterExpression: { n: { $gt: 5 } }, name: 'partial range' },
  { key: { b: 1, n: 1, _id: 1 }, collation: { locale: 'sv', strength: 2 }, name: 'collation' },
] as const;

/** What the same random queries have shown: the first difference, and how many of the tenth looked at used an index. */
export type Difference = { difference?: string; indexed: number };

/**
 * Asks the same random queries and sorts of a collection with indexes and of one without, over new documents each 500
 * rounds. The second is also asked for a projection, for which documents are read whole and not only what the query looks at.
 */
export async function fuzzIndexes(db: Db, random: Random, rounds: number): Promise<Difference> {
  const [plain, people] = [db.collection('plain'), db.collection('people')];
  let indexed = 0;
  for (let round = 0; round < rounds; round++) {
    if (round % 500 === 0) {
      await Promise.all([plain.drop(), people.drop()]);
      await people.createIndexes([...INDEXES]);
      const documents = Array.from({ length: 300 }, (_, id) => randomDocument(random, id));
      for (const collection of [plain, people]) await collection.insertMany(documents);
    }
    const asked = randomFilter(random);
    const sort = { [pick(random, ['b', 'n', '_id', 'b'])]: pick(random, [1, -1] as const), _id: 1 as const };
    const limit = random(3) === 0 ? random(10) + 1 : 0;
    const collation = { locale: pick(random, ['simple', 'sv']), strength: 2 };
    const answers = await Promise.all(
      [people.find(asked), plain.find(asked, { projection: { never: 0 } })].map((found) =>
        found.collation(collation).sort(sort).limit(limit).toArray(),
      ),
    );
    const [there, here] = answers.map((answer) => JSON.stringify(answer));
    if (there !== here)
      return {
        difference: `${JSON.stringify({ asked, sort, limit, collation })}: ${there} / ${here}`,
        indexed,
      };
    if (round % 10) continue;
    const { queryPlanner } = await people.find(asked).collation(collation).sort(sort).explain('queryPlanner');
    if (JSON.stringify(queryPlanner).includes('IXSCAN')) indexed++;
  }
  return { indexed };
}

function pick<T>(random: Random, items: readonly T[]): T {
  return items[random(items.length)] as T;
}

function randomDocument(random: Random, id: number): Document {
  const scalar = () => pick(random, SCALARS);
  const value = () =>
    random(20) === 0 ? /^a/ : random(8) === 0 ? Array.from({ length: random(3) }, scalar) : scalar();
  const inner = () => (random(6) === 0 ? value() : { x: value(), y: scalar() });
  const document: Document = { _id: id, n: random(20) };
  if (random(5) > 0) document.a = value();
  if (random(5) > 0) document.b = scalar();
  if (random(4) > 0) document.c = random(3) === 0 ? Array.from({ length: random(3) }, inner) : inner();
  return document;
}

function randomFilter(random: Random): Document {
  const parts = Array.from({ length: 1 + random(3) }, () => ({
    [pick(random, FIELDS)]: randomCondition(random),
  }));
  if (random(6) === 0) return { $or: parts };
  if (random(8) === 0)
    return { $expr: { $eq: [`$${pick(random, FIELDS)}`, pick(random, [1, 'a', true, 0.1])] } };
  return random(3) === 0 ? { $and: parts } : Object.assign({}, ...parts);
}

function randomCondition(random: Random): unknown {
  const scalar = () => pick(random, SCALARS);
  switch (random(9)) {
    case 0:
      return { $in: [scalar(), scalar(), scalar()] };
    case 1:
      return { [pick(random, OPERATORS)]: scalar(), [pick(random, OPERATORS)]: scalar() };
    case 2:
      return { $exists: random(2) === 0 };
    case 3:
      return { [pick(random, OPERATORS)]: scalar() };
    case 4:
      return { $not: { $gt: scalar() } };
    case 5:
      return pick(random, [/^a/, /^å/, /^ab?/, /^$/, { $regex: '^A', $options: 'i' }]);
    case 6:
      return { $elemMatch: pick(random, [{ x: scalar() }, { x: scalar(), y: scalar() }, { $gte: 0 }]) };
    default:
      return scalar();
  }
}

/** `node test/store/outside/fuzz-indexes.ts 10000`, again with `SEED=…`. */
if (import.meta.main) {
  const rounds = Number(process.argv[2] ?? 10_000);
  const seed = newSeed();
  const store = await temporaryStore();
  const { difference, indexed } = await fuzzIndexes(store.client.db(), seeded(seed), rounds);
  await store.close();
  const used = `${indexed} of ${Math.ceil(rounds / 10)} looked at used an index`;
  process.stdout.write(`${rounds} queries, SEED=${seed}, ${used}: ${difference ?? 'no difference'}\n`);
  process.exitCode = difference ? 1 : 0;
}
