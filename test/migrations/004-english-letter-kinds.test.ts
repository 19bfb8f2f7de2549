import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { BSON, type Db, type Document, type ObjectId } from 'mongodb';
import { databaseClient } from '../../src/base/database.ts';
import { allMigrations } from '../../src/migrations/all.ts';
import { migrate } from '../../src/migrations/migrate.ts';
import { monday } from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';
import { withoutLog } from '../support/log.ts';
import { type Left, liveOn } from './live-on.ts';

/** What the version of commit 26cf36e wrote, stopped by force in the middle of sending, and what left when it went on. */
type Fixture = {
  roles: { leaving: ObjectId; present: ObjectId[] };
  collections: Record<string, Document[]>;
  left: Omit<Left, 'raw'>[];
};

const file = join(import.meta.dirname, 'fixtures/swedish-letter-kinds.ejson');
const fixture: Fixture = BSON.EJSON.parse(readFileSync(file, 'utf8'));
const swedish =
  /^(bekraftelse|redan|nylank|andrat|nyadress|avbokad|installt|vantelista|erbjudande|utanplats|ingenplats|lamnat|paminnelse|lank|tack|saknad|utskick|fraga|lista|inloggning|vecka|dag)\b/;

describe('Letter kinds of the version that wrote them in Swedish', function () {
  this.timeout(60_000);
  useDatabase();
  withoutLog();
  let db: Db;

  beforeEach(async () => {
    const { client, dbName } = databaseClient();
    db = client.db(dbName);
    for (const [name, documents] of Object.entries(fixture.collections))
      await db.collection(name).insertMany(documents);
  });

  const until = (last: number) => allMigrations.filter(({ number }) => number <= last);
  const all = (name: string, projection: Document = {}) =>
    db.collection(name).find({}, { projection }).sort({ _id: 1 }).toArray();
  const stored = (name: string) => fixture.collections[name] ?? [];

  it('are English afterwards, and nothing else of a record has changed', async () => {
    await migrate(until(3), () => monday);
    const before = {
      letters: await all('letters'),
      events: await all('events'),
      people: await all('registrations'),
      audit: await all('audit'),
    };
    await migrate(until(4), () => monday);
    const now = {
      letters: await all('letters'),
      events: await all('events'),
      people: await all('registrations'),
    };
    const names = [
      ...now.letters.flatMap(({ kind, facts }) => [kind, facts.step ?? []].flat()),
      ...now.events.flatMap(({ letterPlan = [], missedLetters = [] }) => [
        ...letterPlan,
        ...missedLetters.map(({ step }: Document) => step),
      ]),
      ...now.people.flatMap(({ planned = [] }) => planned),
    ];
    expect(names.length).to.be.greaterThan(40);
    expect(names.filter((name) => swedish.test(name))).to.deep.equal([]);
    expect(now.people.find(({ email }) => email === 'ada@example.se')?.planned).to.deep.equal([
      'week-before.2027-02-11',
    ]);

    const without = (documents: Document[]) =>
      documents.map(({ kind, facts, letterPlan, missedLetters, planned, ...rest }) => {
        const { step, ...others } = facts ?? {};
        const has = {
          letterPlan: letterPlan?.length,
          missed: missedLetters?.length,
          planned: planned?.length,
        };
        return JSON.stringify({ ...rest, others, has, hasStep: step !== undefined });
      });
    expect(without(now.letters)).to.deep.equal(without(before.letters));
    expect(without(now.people)).to.deep.equal(without(before.people));
    expect(without(now.events)).to.deep.equal(without(before.events));
    expect(await all('audit')).to.deep.equal(before.audit);
  });

  it('leave the same letters to the same people with the same Message-IDs as that version, each once', async () => {
    await migrate(allMigrations, () => monday);
    const left = await liveOn(db, fixture.roles);
    const withoutReferences = (all: Omit<Left, 'raw'>[]) =>
      all.map(({ to, messageId }) => ({ to, messageId }));
    expect(withoutReferences(left)).to.deep.equal(withoutReferences(fixture.left));

    const underway = stored('letters').filter(({ state, raw }) => state === 'sending' && raw);
    expect(underway).to.have.length(4);
    const bytes = new Map(left.map(({ messageId, raw }) => [messageId, raw]));
    for (const { messageId, raw } of underway) expect(bytes.get(messageId)).to.equal(raw.toString('base64'));

    // That version referred to a confirmation also if the person had got another letter first.
    const got = new Set(stored('letters').map(({ to, key }) => `${to.address} <${key}@example.se>`));
    const written = new Set(underway.map(({ messageId }) => messageId));
    const unknown = left.filter(({ to, messageId, references }) => {
      const ids = written.has(messageId) ? [] : (references.match(/<[^>]+>/g) ?? []);
      return ids.some((id) => !got.has(`${to} ${id}`));
    });
    expect(unknown.map(({ messageId, references }) => ({ messageId, references }))).to.deep.equal([]);
  });
});
