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
