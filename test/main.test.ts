import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { BSON } from 'mongodb';
import { freePort, portOf, type Run, said, sentences, startMain } from './support/processes/main-process.ts';

describe('The service from outside', () => {
  let dataDir: string;
  const running: Run[] = [];

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'boostdagar-main-'));
  });
  afterEach(async () => {
    for (const { child, ended } of running.splice(0)) {
      child.kill('SIGKILL');
      await ended;
    }
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('opens on an empty folder with the example county, and again with what it held', async () => {
    const port = await freePort();
    const first = start({ PORT: String(port) });
    await said(first, /The office opens with this link/);
    const page = await (await fetch(`http://localhost:${port}/`)).text();
    expect(page).to.contain('Skolan som skydd');
    expect(await (await fetch(`http://localhost:${port}/readyz`)).json()).to.include({ status: 'ok' });
    first.child.kill('SIGTERM');
    expect(await first.ended).to.equal(0);

    const second = start({ PORT: String(port), EXAMPLE_DATA: 'false' });
    await said(second, /answers at/);
    expect(await (await fetch(`http://localhost:${port}/`)).text()).to.contain('Skolan som skydd');
  });

  it('finishes a running request at SIGTERM and takes no new one', async () => {
    const port = await freePort();
    const run = start({ PORT: String(port), EXAMPLE_DATA: 'false' });
    await said(run, /answers at/);
    const body = 'email=a%40example.se';
    const socket = await sendSlowly(port, body.slice(0, 5), body.length);
    run.child.kill('SIGTERM');
    await refused(port);
    const answer = reply(socket);
    socket.write(body.slice(5));
    expect(await answer).to.match(/^HTTP\/1\.1 (200|303)/);
    expect(await run.ended).to.equal(0);
  });

  it('refuses a second process on the same folder', async () => {
    const first = start({ PORT: String(await freePort()), EXAMPLE_DATA: 'false' });
    await said(first, /answers at/);
    const second = start({ PORT: String(await freePort()) });
    expect(await second.ended).to.equal(1);
    expect(sentences(second)).to.match(/another process/i);
  });

  it('says that a port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    const port = await portOf(taken);
    const run = start({ PORT: String(port), EXAMPLE_DATA: 'false' });
    expect(await run.ended).to.equal(1);
    expect(sentences(run)).to.match(new RegExp(`^Boostdagar could not start. PORT: .*${port}.*PORT=3001`));
    taken.close();
  });

  it('names a setting that is wrong, and a folder that cannot be written', async () => {
    const wrongPort = start({ PORT: 'abc' });
    expect(await wrongPort.ended).to.equal(1);
    expect(sentences(wrongPort)).to.match(/PORT is "abc"/);
    const noFolder = start({ DATA_DIR: '/dev/null/data', SECRET: 'x'.repeat(32) });
    expect(await noFolder.ended).to.equal(1);
    expect(sentences(noFolder)).to.match(/\/dev\/null\/data/);
  });

  it('says that the database file is empty', async () => {
    writeFileSync(join(dataDir, 'database.sqlite'), '');
    const run = start({});
    expect(await run.ended).to.equal(1);
    expect(sentences(run)).to.match(/^Boostdagar could not start\. .*database\.sqlite is empty.* backup/);
  });

  it('ends with a sentence when its database dies, so that its supervisor starts it again', async () => {
    const port = await freePort();
    const run = start({ PORT: String(port), EXAMPLE_DATA: 'false', NODE_OPTIONS: `--import=${killsStore}` });
    await said(run, /answers at/);
    run.child.kill('SIGUSR2');
    expect(await run.ended).to.equal(1);
    expect(run.said()).to.match(/The embedded database has stopped, and Boostdagar ends with it: \S+/);
  });

  it('says that no database answers', async () => {
    const run = start({ MONGODB_URI: `mongodb://127.0.0.1:${await freePort()}/boostdagar` });
    expect(await run.ended).to.equal(1);
    expect(sentences(run)).to.match(/MONGODB_URI: no database answers/);
  });

  it('refuses a standalone server, which has no transactions', async () => {
    const standalone = createServer(answerHello).listen(0, '127.0.0.1');
    const run = start({ MONGODB_URI: `mongodb://127.0.0.1:${await portOf(standalone)}/boostdagar` });
    expect(await run.ended).to.equal(1);
    expect(sentences(run)).to.match(/standalone server has no transactions.*replica set/);
    standalone.close();
  });

  function start(environment: Record<string, string>): Run {
    const run = startMain({ DATA_DIR: dataDir, ...environment });
    running.push(run);
    return run;
  }
});

/** Ends the database's thread at a signal, as a fault in it would. */
const killsStore = `data:text/javascript,${encodeURIComponent(`
  import { Worker } from 'node:worker_threads';
  const { emit } = Worker.prototype;
  Worker.prototype.emit = function (...event) {
    process.removeAllListeners('SIGUSR2').once('SIGUSR2', () => this.terminate());
    return emit.apply(this, event);
  };
`)}`;

/** A post whose body comes in two parts, so that the request is still running when the signal comes. */
async function sendSlowly(port: number, firstPart: string, length: number): Promise<Socket> {
  const { connect } = await import('node:net');
  const socket = connect(port, '127.0.0.1');
  const head = ['POST /anmalan/ny-lank HTTP/1.1', 'Host: localhost', 'Connection: close'];
  const form = ['Content-Type: application/x-www-form-urlencoded', `Content-Length: ${length}`];
  socket.write(`${[...head, ...form].join('\r\n')}\r\n\r\n${firstPart}`);
  await new Promise((resolve) => setTimeout(resolve, 200));
  return socket;
}

function reply(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    socket.on('data', (chunk) => (text += chunk)).on('close', () => resolve(text));
  });
}

/** Waits until nobody listens on the port. */
async function refused(port: number): Promise<void> {
  for (;;) {
    const open = await fetch(`http://127.0.0.1:${port}/healthz`).then(
      () => true,
      () => false,
    );
    if (!open) return;
  }
}

/** Enough of the wire protocol to pass for a mongod without a replica set. */
function answerHello(socket: Socket): void {
  const hello = {
    helloOk: true,
    isWritablePrimary: true,
    maxBsonObjectSize: 16_777_216,
    maxWireVersion: 21,
    minWireVersion: 0,
    ok: 1,
  };
  socket
    .on('error', () => {})
    .on('data', (request) => {
      const asked = request.readInt32LE(4);
      const isQuery = request.readInt32LE(12) === 2004;
      const body = BSON.serialize(hello);
      const head = isQuery
        ? Buffer.from([...int32(8), 0, 0, 0, 0, 0, 0, 0, 0, ...int32(0), ...int32(1)])
        : Buffer.from([0, 0, 0, 0, 0]);
      const length = 16 + head.length + body.length;
      socket.write(
        Buffer.concat([
          Buffer.from([...int32(length), ...int32(1), ...int32(asked), ...int32(isQuery ? 1 : 2013)]),
          head,
          body,
        ]),
      );
    });
}

function int32(value: number): number[] {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return [...bytes];
}
