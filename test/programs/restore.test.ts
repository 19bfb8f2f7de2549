import {
  appendFileSync,
  cpSync,
  existsSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Db, MongoClient } from 'mongodb';
import { openStore } from '../../src/store/open.ts';
import { temporaryDirectory } from '../store/temporary.ts';
import { owedLetter } from '../support/mail/letters.ts';
import { runProgram } from '../support/processes/program.ts';

describe('npm run restore', () => {
  let directory: string;
  let backup: string;
  const at = (name: string) => join(directory, name);
  const inBackup = (name: string) => join(backup, 'boostdagar', name);

  before(async () => {
    directory = temporaryDirectory();
    await inDatabase('data', async (db) => {
      await db.collection('events').insertMany([{ title: 'a' }, { title: 'b' }]);
      const states = ['queued', 'sending', 'sent', 'kept'] as const;
      await db.collection('letters').insertMany(
        states.flatMap((state) => [
          { ...owedLetter(), state, claimedBy: 'x' },
          { ...owedLetter({ listed: false, raw: Buffer.from('link') }), state },
        ]),
      );
    });
    await runProgram('programs/backup.ts', at('data'), at('whole'));
  });
  after(() => rmSync(directory, { recursive: true }));

  let number = 0;
  beforeEach(() => {
    number++;
    backup = at(`backup${number}`);
    cpSync(at('whole'), backup, { recursive: true });
  });

  async function inDatabase<T>(name: string, work: (db: Db) => Promise<T>): Promise<T> {
    const store = await openStore({ dataDir: at(name) });
    const client = await new MongoClient(store.uri).connect();
    try {
      return await work(client.db());
    } finally {
      await client.close();
      await store.close();
    }
  }

  const restore = (into: string, ...words: string[]) =>
    runProgram('programs/restore.ts', at(into), backup, ...words);

  const torn: [string, () => void, RegExp][] = [
    [
      'a file that ends in the middle of a document',
      () => truncateSync(inBackup('letters.bson'), readFileSync(inBackup('letters.bson')).length - 7),
      /letters\.bson is damaged: it ends in the middle of a document\.$/,
    ],
    [
      'a file that ends too early, between two documents',
      () => {
        const bytes = readFileSync(inBackup('events.bson'));
        truncateSync(inBackup('events.bson'), bytes.readInt32LE(0));
      },
      /The backup is not whole: events has 1 of 2 documents\.$/,
    ],
    [
      'a document that is damaged inside',
      () => {
        const bytes = readFileSync(inBackup('events.bson'));
        bytes[4] = 0x7e;
        writeFileSync(inBackup('events.bson'), bytes);
      },
      /events\.bson is damaged: document 1 is unreadable \(.+\)\.$/,
    ],
    [
      'a collection without its documents',
      () => rmSync(inBackup('letters.bson')),
      /The backup is not whole: .*letters\.bson is missing\.$/,
    ],
    [
      'a collection that is not there at all',
      () => {
        rmSync(inBackup('events.bson'));
        rmSync(inBackup('events.metadata.json'));
      },
      /The backup is not whole: events is missing\.$/,
    ],
    [
      'a description that cannot be read',
      () => truncateSync(inBackup('letters.metadata.json'), 9),
      /letters\.metadata\.json is damaged: .+$/,
    ],
  ];
  for (const [what, tear, sentence] of torn)
    it(`finds ${what} before it writes`, async () => {
      tear();
      const into = `torn${number}`;
      const { stderr, status } = await restore(into);
      expect(status).to.equal(1);
      expect(stderr.trim()).to.match(sentence).and.not.include('\n');
      expect(existsSync(join(at(into), 'database.sqlite')), 'a database was made').to.equal(false);
    });

  it('says in one sentence that a folder is not there', async () => {
    const { stderr, status } = await runProgram('programs/restore.ts', at('none'), at('nowhere'));
    expect(status).to.equal(1);
    expect(stderr).to.equal(`The backup could not be restored. There is no folder ${at('nowhere')}.\n`);
  });

  it('takes a backup of mongodump, which has no list of contents', async () => {
    rmSync(join(backup, 'contents.json'));
    expect((await restore('dump')).status).to.equal(0);
  });

  it('leaves a database that nothing starts on where it is broken off, until it is done again', async () => {
    const bytes = readFileSync(inBackup('letters.bson'));
    // Twice the same document: the second one is refused, when the events are there already.
    appendFileSync(inBackup('letters.bson'), bytes.subarray(0, bytes.readInt32LE(0)));
    const contents = readFileSync(join(backup, 'contents.json'), 'utf8');
    writeFileSync(join(backup, 'contents.json'), contents.replace('"letters": 8', '"letters": 9'));
    const broken = await restore('half');
    expect(broken.status).to.equal(1);
    expect(broken.stderr).to.include('E11000');
    expect(await inDatabase('half', (db) => db.collection('events').countDocuments())).to.equal(2);

    const start = await runProgram('main.ts', at('half'));
    expect(start.status).to.equal(1);
    expect(start.stderr).to.equal(
      'Boostdagar could not start. The database holds a restore that did not come to its end. Restore once more: npm run restore -- DIR --replace\n',
    );
    const again = await runProgram('programs/backup.ts', at('half'), at('of half'));
    expect(again.stderr).to.include('a restore that did not come to its end');

    backup = at('whole');
    expect((await restore('half', '--replace')).status).to.equal(0);
    const names = await inDatabase('half', async (db) =>
      (await db.listCollections().toArray()).map(({ name }) => name),
    );
    expect(names).to.have.members(['events', 'letters']);
  });

  it('holds the letters that waited, and drops the sign-in letters', async () => {
    const { stdout } = await restore('held');
    expect(stdout).to.include('2 letters wait until an organiser says yes, under Mejl.\n');
    expect(stdout).to.include('2 sign-in letters are dropped: ask for new ones.\n');
    const letters = await inDatabase('held', (db) => db.collection('letters').find().toArray());
    const states = (listed: boolean) =>
      letters.filter((one) => one.listed === listed).map(({ state }) => state);
    expect(states(true)).to.deep.equal(['held', 'held', 'sent', 'kept']);
    expect(states(false)).to.deep.equal(['dropped', 'dropped', 'sent', 'kept']);
    for (const one of letters.filter(({ state }) => state === 'held' || state === 'dropped')) {
      expect(one).to.not.have.any.keys('dueAt', 'claimedBy', 'raw');
      if (one.listed) expect(one.mayHaveLeft).to.equal(true);
    }
  });
});
