import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import MongoStore from 'connect-mongo';
import { MongoClient } from 'mongodb';
import { type OpenStore, openStore, type StoreOptions } from '../../src/store/open.ts';
import { temporaryDirectory } from './temporary.ts';

const OPEN = new URL('../../src/store/open.ts', import.meta.url).href;

describe('openStore', () => {
  let directory: string;
  beforeEach(() => {
    directory = temporaryDirectory();
  });
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const opened: OpenStore[] = [];

  async function open(options: StoreOptions): Promise<OpenStore> {
    const store = await openStore(options);
    opened.push(store);
    return store;
  }

  async function countAt(uri: string): Promise<number> {
    const client = await new MongoClient(uri).connect();
    await client.db().collection('c').insertOne({});
    const count = await client.db().collection('c').countDocuments();
    await client.close();
    return count;
  }

  it('keeps what was written from one opening to the next', async () => {
    for (const expected of [1, 2]) {
      const store = await open({ dataDir: join(directory, 'new', 'data') });
      expect(await countAt(store.uri)).to.equal(expected);
      await store.close();
    }
    expect(readdirSync(join(directory, 'new', 'data'))).to.not.include('database.sqlite-wal');
  });

  it('lets only this user in', async () => {
    await open({ dataDir: join(directory, 'data') });
    expect(statSync(join(directory, 'data', 'database.sqlite-wal')).mode & 0o777).to.equal(0o600);
    for (const folder of ['data', 'data/socket'])
      expect(statSync(join(directory, folder)).mode & 0o777).to.equal(0o700);
  });

  it('puts the socket elsewhere where its path would be too long', async () => {
    const before = readdirSync(tmpdir());
    const store = await open({ dataDir: join(directory, 'a'.repeat(120)) });
    const path = decodeURIComponent(store.uri.split('/')[2] ?? '');
    expect(Buffer.byteLength(path)).to.be.at.most(100);
    expect(statSync(join(path, '..')).mode & 0o777).to.equal(0o700);
    expect(await countAt(store.uri)).to.equal(1);
    await store.close();
    expect(readdirSync(tmpdir())).to.have.members(before);
  });

  it('listens on loopback where a port is given', async () => {
    const store = await open({ dataDir: directory, port: 0 });
    expect(store.uri).to.match(/^mongodb:\/\/127\.0\.0\.1:\d+\/boostdagar\?directConnection=true$/);
    expect(await countAt(store.uri)).to.equal(1);
  });

  it('says why where the directory cannot be used', async () => {
    writeFileSync(join(directory, 'file'), '');
    const error = await openStore({ dataDir: join(directory, 'file', 'data') }).catch((e) => e);
    expect(error.message).to.include(join(directory, 'file', 'data'));
    for (const name of ['database.sqlite', 'lock', 'address']) {
      const taken = join(directory, name, name);
      mkdirSync(taken, { recursive: true });
      const { message } = await openStore({ dataDir: join(directory, name) }).catch((e) => e);
      expect(message).to.include(taken).and.not.include('another process');
    }
    // all of them have let go of what they had opened
    rmSync(join(directory, 'address', 'address'), { recursive: true });
    await open({ dataDir: join(directory, 'address') });
  });

  it('refuses a second process until the first has ended, kill -9 included', async () => {
    const script = `import { openStore } from '${OPEN}'; await openStore({ dataDir: ${JSON.stringify(directory)} }); console.log('open');`;
    const first = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(first.stdout, 'data');
    const error = await openStore({ dataDir: directory }).catch((e) => e);
    expect(error.message).to.include('another process').and.to.include(directory);
    first.kill('SIGKILL');
    await once(first, 'exit');
    await open({ dataDir: directory });
  });

  it('tells of the death of its thread', async () => {
    const script = `import worker from 'node:worker_threads'; const { Worker } = worker;
      const { emit } = Worker.prototype;
      Worker.prototype.emit = function (name, ...rest) { globalThis.thread = this; return emit.call(this, name, ...rest); };
      import('${OPEN}').then(async ({ openStore }) => {
        await openStore({ dataDir: ${JSON.stringify(directory)}, onDeath: ({ message }) => console.log(message) });
        thread.terminate();
      });`;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { timeout: 10_000 });
    expect(String(output)).to.equal('The database has ended by itself.\n');
  });

  it('ends the process that closes it', () => {
    const script = `import { openStore } from '${OPEN}'; const store = await openStore({ dataDir: ${JSON.stringify(directory)} }); await store.close(); console.log('closed');`;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { timeout: 10_000 });
    expect(String(output)).to.equal('closed\n');
  });

  it('serves connect-mongo', async () => {
    const store = await open({ dataDir: directory });
    const sessions = MongoStore.create({ mongoUrl: store.uri, ttl: 100, autoRemove: 'native' });
    const session = (name: string) => ({ cookie: { originalMaxAge: null }, name }) as never;
    const call = <T>(run: (done: (error: unknown, value?: T) => void) => void) =>
      new Promise<T | undefined>((resolve, reject) =>
        run((error, value) => (error ? reject(error) : resolve(value))),
      );
    await call((done) => sessions.set('a', session('Alva'), done));
    await call((done) => sessions.set('b', session('Bo'), done));
    expect(await call((done) => sessions.get('a', done))).to.include({ name: 'Alva' });
    await call((done) => sessions.touch('a', session('Alva'), done));
    expect(await call<unknown>((done) => sessions.all(done as never))).to.have.length(2);
    await call((done) => sessions.destroy('a', done));
    expect(await call((done) => sessions.length(done as never))).to.equal(1);
    await call((done) => sessions.clear(done));
    expect(await call((done) => sessions.length(done as never))).to.equal(0);
    await sessions.close();
  });
});
