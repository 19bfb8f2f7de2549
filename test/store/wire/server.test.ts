import { connect, type Socket } from 'node:net';
import { expect } from 'chai';
import { type Listening, listen } from '../../../src/store/wire/server.ts';
import { message, repliesIn } from './messages.ts';

describe('the server', () => {
  let server: Listening;
  let answered: { peer: Socket; listeners: number }[] = [];
  before(async () => {
    server = await listen({ port: 0, host: '127.0.0.1' }, async (_request, from) => {
      const peer = from as Socket;
      answered.push({ peer, listeners: peer.listenerCount('close') + peer.listenerCount('drain') });
      return { document: { ok: 1, text: 'x'.repeat(4_000_000) } };
    });
  });
  after(() => server.close());
  beforeEach(() => {
    answered = [];
  });

  it('keeps no listener for an answer that had to wait for its reader', async () => {
    const socket = connect(server.port ?? 0);
    for (let n = 0; n < 15; n++) socket.write(message({ ping: 1 }));
    await repliesIn(socket, 15);
    expect(answered.map(({ listeners }) => listeners)).to.deep.equal(
      answered.map(() => answered[0]?.listeners),
    );
    socket.destroy();
  });

  it('ends a connection whose message does not become complete', async () => {
    const impatient = await listen({ port: 0, host: '127.0.0.1' }, async () => ({ document: { ok: 1 } }), 50);
    const socket = connect(impatient.port ?? 0);
    const whole = message({ ping: 1 });
    socket.write(Buffer.concat([whole, whole.subarray(0, 20)]));
    await repliesIn(socket, 1);
    // a byte now and then buys no time
    const trickle = setInterval(() => socket.write('x'), 20);
    await new Promise((resolve) => socket.on('error', () => {}).once('close', resolve));
    clearInterval(trickle);
    await impatient.close();
  });

  it('answers no more of the commands of a client that has left', async () => {
    const socket = connect(server.port ?? 0)
      .pause()
      .on('error', () => {});
    socket.write(message({ ping: 1 }));
    for (let n = 0; n < 9; n++) socket.write(message({ ping: 1 }));
    while (answered.length === 0) await new Promise(setImmediate);
    const [{ peer } = { peer: socket }] = answered;
    const closed = new Promise((resolve) => peer.once('close', resolve));
    socket.destroy();
    await closed;
    const other = connect(server.port ?? 0);
    other.write(message({ ping: 1 }));
    await repliesIn(other, 1);
    other.destroy();
    expect(answered).to.have.length(2);
  });
});
