import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { type Collection, type Document, MongoClient } from 'mongodb';
import { openStore } from '../../src/store/open.ts';
import { temporaryDirectory } from './temporary.ts';

const WRITER = new URL('crash-writer.ts', import.meta.url).pathname;

describe('kill -9 while many write', () => {
  const directory = temporaryDirectory();
  after(() => rmSync(directory, { recursive: true }));

  /** What the writers have had acknowledged, by kind, over all rounds. */
  const acknowledged: Record<string, string[]> = { insert: [], increment: [], pair: [] };

  for (let round = 1; round <= 5; round++) {
    it(`loses nothing acknowledged and leaves nothing half (round ${round})`, async () => {
      await writeUntilKilled(directory, round, acknowledged);
      const store = await openStore({ dataDir: directory });
      const client = await new MongoClient(store.uri).connect();
      const db = client.db();
      const inserted = await db.collection('inserted').find().toArray();
      const left = await db.collection('left').find().toArray();
      const right = await db.collection('right').find().toArray();
      const counter = await db.collection('counter').findOne();
      await expectIndexesToAgree(db.collection('inserted'), inserted);
      await client.close();
      await store.close();

      expect(inserted.map(({ key }) => key)).to.include.members(acknowledged.insert ?? []);
      expect(left.map(({ key }) => key)).to.include.members(acknowledged.pair ?? []);
      expect(right.map(({ key }) => key)).to.have.members(left.map(({ key }) => key));
      expect(counter?.n).to.be.at.least(acknowledged.increment?.length ?? 0);
      for (const kind of ['insert', 'increment', 'pair'])
        expect(acknowledged[kind]).to.have.length.above(round);
    });
  }
});

/** Starts the writers in a process of their own and kills it at a random moment. */
async function writeUntilKilled(
  directory: string,
  round: number,
  acknowledged: Record<string, string[]>,
): Promise<void> {
  const child = spawn(process.execPath, [WRITER, directory, String(round)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout);
  lines.on('line', (line) => {
    const [kind = '', key = ''] = line.split(' ');
    acknowledged[kind]?.push(key);
  });
  await once(lines, 'line');
  const closed = once(lines, 'close');
  await sleep(250 + Math.random() * 400);
  child.kill('SIGKILL');
  await closed;
}

/** Every document is found by each of its index keys, and the indexes have nothing besides. */
async function expectIndexesToAgree(collection: Collection<Document>, documents: Document[]): Promise<void> {
  for (const name of ['key_1', 'group_1_n_-1']) {
    const { executionStats } = await collection.find().hint(name).explain('executionStats');
    expect(executionStats).to.include({ nReturned: documents.length, totalKeysExamined: documents.length });
  }
  const byIndex = await collection
    .find({ group: { $gte: 0 } })
    .hint('group_1_n_-1')
    .toArray();
  expect(byIndex.map(({ key }) => key)).to.have.members(documents.map(({ key }) => key));
}
