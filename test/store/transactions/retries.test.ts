import { connect, type Socket } from 'node:net';
import { type Document, deserialize, Long, serialize, UUID } from 'bson';
import { expect } from 'chai';
import { type Temporary, temporaryStore } from '../temporary.ts';

describe('a retryable write', () => {
  let store: Temporary;
  before(async () => {
    store = await temporaryStore();
  });
  after(() => store.close());

  it('that is sent again over a new connection is applied once and answered the same', async () => {
    const lsid = { id: new UUID() };
    const insert = {
      insert: 'c',
      documents: [{ _id: 1 }, { _id: 1 }],
      ordered: false,
      lsid,
      txnNumber: Long.fromNumber(1),
    };
    const modify = {
      findAndModify: 'c',
      query: { _id: 1 },
      update: { $inc: { n: 1 } },
      new: true,
      lsid,
      txnNumber: Long.fromNumber(2),
    };
    for (const command of [insert, modify]) {
      const lost = await connection();
      lost.write(message(command));
      await new Promise((resolve) => setTimeout(resolve, 50));
      lost.destroy();
      const [second, third] = [await ask(command), await ask(command)];
      expect(second).to.deep.equal(third);
      expect(second.ok).to.equal(1);
    }
    expect(await ask({ find: 'c' }))
      .to.have.nested.property('cursor.firstBatch')
      .deep.equal([{ _id: 1, n: 1 }]);
  });

  it('that comes after a newer one is refused', async () => {
    const lsid = { id: new UUID() };
    const insert = (number: number) => ({
      insert: 'd',
      documents: [{}],
      lsid,
      txnNumber: Long.fromNumber(number),
    });
    expect((await ask(insert(5))).n).to.equal(1);
    expect((await ask(insert(4))).code).to.equal(225);
  });

  it('that arrives in pieces and beside others is understood', async () => {
    const socket = await connection();
    const bytes = Buffer.concat([
      message({ ping: 1 }),
      message({ insert: 'e', documents: [{ _id: 'å'.repeat(300) }] }),
    ]);
    for (let at = 0; at < bytes.length; at += 97) {
      socket.write(bytes.subarray(at, at + 97));
      await new Promise((resolve) => setImmediate(resolve));
    }
    const answers = await replies(socket, 2);
    expect(answers.map((answer) => answer.ok)).to.deep.equal([1, 1]);
    socket.destroy();
  });

  it('whose sender wants no answer is applied without one', async () => {
    const socket = await connection();
    const silent = message({ insert: 'f', documents: [{ _id: 1 }], writeConcern: { w: 0 } });
    silent.writeUInt32LE(2, 16);
    socket.write(Buffer.concat([silent, message({ count: 'f' })]));
    expect(await replies(socket, 1)).to.deep.equal([{ n: 1, ok: 1 }]);
    socket.destroy();
  });

  async function connection(): Promise<Socket> {
    const socket = connect(`${store.directory}/socket/mongodb.sock`);
    await new Promise((resolve) => socket.once('connect', resolve));
    return socket;
  }

  async function ask(command: Document): Promise<Document> {
    const socket = await connection();
    socket.write(message(command));
    const [answer = {}] = await replies(socket, 1);
    socket.destroy();
    return answer;
  }
});

/** A command as an OP_MSG. */
function message(command: Document): Buffer {
  const body = serialize({ ...command, $db: 'boostdagar' });
  const head = Buffer.alloc(21);
  head.writeInt32LE(21 + body.length, 0);
  head.writeInt32LE(2013, 12);
  return Buffer.concat([head, body]);
}

async function replies(socket: Socket, count: number): Promise<Document[]> {
  const answers: Document[] = [];
  let arrived: Buffer = Buffer.alloc(0);
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    arrived = Buffer.concat([arrived, chunk]);
    while (arrived.length >= 4 && arrived.length >= arrived.readInt32LE(0)) {
      const size = arrived.readInt32LE(0);
      answers.push(deserialize(arrived.subarray(21, size)));
      arrived = arrived.subarray(size);
    }
    if (answers.length >= count) break;
  }
  return answers;
}
