import {
  copyFileSync,
  existsSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';
import { MongoClient } from 'mongodb';
import { openStore } from '../../../src/store/open.ts';
import { audit } from '../outside/audit.ts';
import { fillDisk } from '../outside/disk-full.ts';
import { powerLoss, writeDisk } from '../outside/power-loss.ts';
import { newSeed, seeded, temporaryDirectory } from '../temporary.ts';

describe('what the machine does to the database', () => {
  let directory: string;
  beforeEach(() => {
    directory = temporaryDirectory();
  });
  afterEach(() => {
    // a thread that has died may still let go of files, and rmSync then ends in the middle without a word
    while (existsSync(directory)) rmSync(directory, { recursive: true, force: true });
  });

  it('loses no fsynced commit and leaves nothing half where the power goes', async () => {
    const seed = newSeed();
    const random = seeded(seed);
    const disk = await writeDisk(100);
    for (let round = 0; round < 6; round++)
      expect(await powerLoss(disk, random), `SEED=${seed}`).to.deep.equal([]);
    rmSync(disk.directory, { recursive: true });
  });

  it('refuses writes on a full disk, goes on reading and deleting, and writes again when there is room', async () => {
    const { refused, kept, readWhileFull, deleted, afterwards } = await fillDisk(directory, 1_000_000);
    expect(refused).to.deep.equal([14031, 14031, 14031, 14031, 14031]);
    expect(readWhileFull).to.equal(kept);
    expect(deleted).to.equal(10);
    expect(afterwards).to.equal(kept - 10 + 10);
    expect(audit(directory).faults).to.deep.equal([]);
  });

  /** A database of 1,000 documents, closed. */
  async function written(): Promise<string> {
    const store = await openStore({ dataDir: directory });
    const client = await new MongoClient(store.uri).connect();
    const documents = Array.from({ length: 1000 }, (_, n) => ({ n, text: 'x'.repeat(500) }));
    await client.db().collection('c').insertMany(documents);
    await client.close();
    await store.close();
    return join(directory, 'database.sqlite');
  }

  /** Why the database does not open. It must leave the file alone. */
  async function refusal(file: string): Promise<string> {
    const before = readFileSync(file);
    const error = await openStore({ dataDir: directory }).catch((reason) => reason);
    expect(error).to.be.instanceOf(Error);
    expect(readFileSync(file).equals(before)).to.equal(true);
    return error.message;
  }

  it('refuses a file that is no database and one that is cut', async () => {
    const file = await written();
    const whole = join(directory, 'whole');
    copyFileSync(file, whole);
    writeFileSync(file, 'Kära dagbok, '.repeat(1000));
    expect(await refusal(file)).to.equal(
      `The database file ${file} is damaged (file is not a database). Move it away together with its -wal and -shm, start, and restore the latest backup.`,
    );
    copyFileSync(whole, file);
    truncateSync(file, statSync(whole).size - 100_000);
    expect(await refusal(file)).to.include('is damaged (database disk image is malformed)');
  });

  it('refuses a file that is empty', async () => {
    const file = await written();
    truncateSync(file, 0);
    expect(await refusal(file)).to.equal(
      `The database file ${file} is empty, though it has been made before. Move it away, start, and restore the latest backup if it has held anything.`,
    );
  });

  it('ends with a sentence when it reads a damaged page, and then refuses the file', async () => {
    const file = await written();
    const bytes = readFileSync(file);
    for (let page = 20; page < 60; page++) bytes.fill(0x55, page * 4096, page * 4096 + 100);
    writeFileSync(file, bytes);
    let told: (error: Error) => void = () => {};
    const death = new Promise<Error>((resolve) => {
      told = resolve;
    });
    const store = await openStore({ dataDir: directory, onDeath: told });
    const client = await new MongoClient(store.uri, { serverSelectionTimeoutMS: 500 }).connect();
    // a log that is not empty, as where the process is killed
    await client.db().collection('other').insertOne({});
    const read = await client
      .db()
      .collection('c')
      .find({ text: /y/ })
      .toArray()
      .catch((error) => error);
    expect(read).to.be.instanceOf(Error);
    const sentence = `The database file ${file} is damaged (database disk image is malformed). Move it away together with its -wal and -shm, start, and restore the latest backup.`;
    expect((await death).message).to.equal(sentence);
    // the driver says goodbye to a thread that is gone
    await Promise.race([client.close(), setTimeout(2_000)]);
    expect(await refusal(file)).to.match(/is damaged \(.+\)/);
  });

  it('looks the file through after a violent end', async () => {
    const file = await written();
    const bytes = readFileSync(file);
    bytes.fill(0x55, 40_000, 60_000);
    writeFileSync(file, bytes);
    const log = new DatabaseSync(file);
    log.exec('PRAGMA user_version = 2');
    for (const suffix of ['-wal', '-shm']) copyFileSync(file + suffix, `${file}${suffix}.kept`);
    log.close();
    writeFileSync(file, bytes);
    for (const suffix of ['-wal', '-shm']) copyFileSync(`${file}${suffix}.kept`, file + suffix);
    expect(await refusal(file)).to.match(/is damaged \(.+\)/);
  });

  it('refuses a file of a newer version', async () => {
    const file = await written();
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 4');
    database.close();
    expect(await refusal(file)).to.equal(
      `The database file ${file} has format 4, of a newer version than this one, which knows 3. Start the newer version.`,
    );
  });
});
