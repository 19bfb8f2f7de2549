import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { createApp } from '../../src/app.ts';
import { openServer, serverLimits, type WebServer } from '../../src/web/server.ts';
import { anEvent, monday } from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';
import { testSettings } from '../support/settings.ts';

const get = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';

describe('The web server', () => {
  useDatabase();
  let server: WebServer;
  let stopping: AbortController;
  const sockets: Socket[] = [];

  async function open(limits: Partial<typeof serverLimits> = {}, most?: number): Promise<void> {
    stopping = new AbortController();
    const parts = { settings: testSettings(), clock: () => monday, stopping: stopping.signal };
    const app = createApp({ ...parts, ...(most && { most }) });
    server = await openServer(app, { port: 0, host: '127.0.0.1' }, { ...serverLimits, ...limits });
  }

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await server.stop();
  });

  function line(first: string): Socket {
    const socket = connect(server.port, '127.0.0.1');
    sockets.push(socket);
    socket.on('error', () => {}).write(first);
    return socket;
  }

  const url = (path = '/') => `http://127.0.0.1:${server.port}${path}`;

  /** All that the server says until it ends the connection. */
  async function said(socket: Socket): Promise<string> {
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
    // Not `once` of node:events, which takes a reset connection for a failure.
    await new Promise((resolve) => socket.once('close', resolve));
    return text;
  }

  const post = 'POST /anmalan/ny-lank HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n';
  const form = 'Content-Type: application/x-www-form-urlencoded\r\n\r\n';
  const slow: [string, string, string][] = [
    ['says nothing', '', ''],
    ['sends its head byte by byte', 'GET / HTTP/1.1\r\nX: ', 'x'],
    ['sends its body byte by byte', `${post}${form}`, 'x'],
  ];
  for (const [who, first, then] of slow)
    it(`ends the connection of a client that ${who}`, async () => {
      await open({ headersTimeout: 300, requestTimeout: 600, connectionsCheckingInterval: 100 });
      const socket = line(first);
      const drip = setInterval(() => socket.write(then), 50);
      expect(await said(socket)).to.match(/^(HTTP\/1.1 408|$)/);
      clearInterval(drip);
    });

  it('takes only so many requests on one connection', async () => {
    await open({ maxRequestsPerSocket: 2 });
    const text = await said(line(get.repeat(2)));
    expect(text.match(/^Connection: .*/gim)).to.deep.equal(['Connection: keep-alive', 'Connection: close']);
  });

  it('gives the memory of a flood back, most of it also while nobody reads the answers', async function () {
    this.timeout(60_000);
    await open();
    for (let number = 0; number < 20; number++) await anEvent();
    for (let number = 0; number < 20; number++) await (await fetch(url())).text();
    const before = inUse();
    for (let number = 0; number < 100; number++) line(get.repeat(60)).pause();
    await setTimeout(500);
    await (await fetch(url('/healthz'))).text();
    expect(inUse() - before).to.be.below(60_000_000);
    for (const socket of sockets.splice(0)) socket.destroy();
    await setTimeout(500);
    expect(inUse() - before).to.be.below(10_000_000);
  });

  it('turns away what is too many, in the language of the page, and goes on telling how it is', async () => {
    await open({}, 3);
    for (let number = 0; number < 3; number++) line(`${post}${form}`);
    await setTimeout(200);
    for (const [path, words] of [
      ['/', 'Många är här just nu'],
      ['/en', 'Many people are here right now'],
    ]) {
      const answer = await fetch(url(path));
      expect([answer.status, answer.headers.get('retry-after')]).to.deep.equal([503, '30']);
      expect(await answer.text()).to.include(words);
    }
    for (const path of ['/healthz', '/readyz']) expect((await fetch(url(path))).status).to.equal(200);
    for (const socket of sockets.splice(0)) socket.destroy();
    await setTimeout(200);
    expect((await fetch(url())).status).to.equal(200);
  });

  it('lets a rush of a thousand wait its turn', async () => {
    await open();
    for (let number = 0; number < 1_200; number++) line(`${post}${form}`);
    await setTimeout(1_000);
    expect((await fetch(url())).status).to.equal(200);
  });

  it('is not ready while it stops, and answers all the same', async () => {
    await open();
    stopping.abort();
    const stopped = server.stop();
    const [home, ready] = await Promise.all([fetch(url()), fetch(url('/readyz'))]);
    expect([home.status, home.headers.get('connection')]).to.deep.equal([200, 'close']);
    expect([ready.status, await ready.json()]).to.deep.equal([
      503,
      { status: 'stopping', oldestUnsentSeconds: null },
    ]);
    await stopped;
    await fetch(url()).then(
      () => expect.fail('it still listens'),
      (error) => expect(error.cause.code).to.equal('ECONNREFUSED'),
    );
  });
});

/** The bytes that are still needed after a collection. */
function inUse(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
