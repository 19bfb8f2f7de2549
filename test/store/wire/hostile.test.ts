import { once } from 'node:events';
import { Long, UUID } from 'bson';
import { expect } from 'chai';
import type { Collection } from 'mongodb';
import { takeMessage } from '../../../src/store/wire/messages.ts';
import { dial, recordMessages, sendAlone, sendBroken } from '../outside/mutations.ts';
import { newSeed, seeded, type Temporary, temporaryStore } from '../temporary.ts';
import { message } from './messages.ts';

describe('clients that break off or talk nonsense', () => {
  let store: Temporary;
  let collection: Collection<{ _id: number; n?: number }>;
  before(async () => {
    store = await temporaryStore();
    collection = store.client.db().collection('c');
    await collection.insertOne({ _id: 1, n: 0 });
  });
  after(() => store.close());

  const update = {
    update: 'c',
    updates: [{ q: { _id: 1 }, u: { $inc: { n: 100 } } }],
    lsid: { id: new UUID() },
    txnNumber: Long.fromNumber(1),
    autocommit: false,
    startTransaction: true,
  };

  it('hold nobody up with a transaction that they left open', async () => {
    const socket = dial(store.uri);
    socket.write(message(update));
    await once(socket, 'data');
    socket.destroy();
    await collection.updateOne({ _id: 1 }, { $inc: { n: 1 } });
    expect(await collection.findOne({ _id: 1 })).to.deep.equal({ _id: 1, n: 1 });
  });

  it('may end in the middle of a message, which then has not been sent', async () => {
    const whole = message({ insert: 'c', documents: [{ _id: 2 }] });
    for (const part of [3, 15, 21, 40, whole.length - 1]) {
      const socket = dial(store.uri);
      socket.end(whole.subarray(0, part));
      await once(socket.resume(), 'close');
    }
    expect(await collection.countDocuments()).to.equal(1);
  });

  it('are cut off where they announce absurd lengths', async () => {
    for (const length of [-1, 0, 15, 48_000_001, 2 ** 31 - 1]) {
      const head = message({ ping: 1 });
      head.writeInt32LE(length, 0);
      const socket = dial(store.uri);
      socket.write(head);
      await once(socket.resume(), 'close');
    }
  });

  it('may send byte by byte, which costs no more than the bytes', () => {
    const whole = message({ insert: 'c', documents: [{ text: 'x'.repeat(20_000) }] });
    const arrived: Buffer[] = [];
    for (const [i, byte] of whole.entries()) {
      arrived.push(Buffer.of(byte));
      const taken = takeMessage(arrived);
      expect(arrived).to.have.length.at.most(1001);
      expect(taken?.equals(whole), `byte ${i}`).to.equal(i === whole.length - 1 ? true : undefined);
    }
  });

  it('cannot make it read what lies outside their message', async () => {
    const sequence = Buffer.alloc(21 + 40);
    sequence.writeInt32LE(sequence.length, 0);
    sequence.writeInt32LE(2013, 12);
    sequence[20] = 1;
    for (const size of [-40, 0, 4, 39, 41, 2 ** 31 - 1]) {
      sequence.writeInt32LE(size, 21);
      sequence.write('documents\0', 25);
      await sendAlone(store.uri, sequence);
    }
    expect(await collection.countDocuments()).to.equal(1);
  });

  it('that never read their answers do not fill its memory', async () => {
    const many = store.client.db().collection('many');
    await many.insertMany(Array.from({ length: 100 }, () => ({ text: 'x'.repeat(100_000) })));
    const before = process.memoryUsage.rss();
    const socket = dial(store.uri).pause();
    const question = message({ find: 'many' });
    // 400 answers of 10 MB
    for (let i = 0; i < 400; i++) socket.write(question);
    for (let i = 0; i < 20; i++) await many.findOne({}, { projection: { _id: 1 } });
    expect(process.memoryUsage.rss() - before).to.be.below(300 * 2 ** 20);
    socket.destroy();
  });

  it('do not bring it down with a thousand broken messages', async () => {
    const seed = newSeed();
    const random = seeded(seed);
    const messages = await recordMessages(store.uri);
    const before = process.memoryUsage.rss();
    await sendBroken(store.uri, messages, 1000, random);
    expect(await collection.countDocuments(), `SEED=${seed}`).to.equal(1);
    expect(process.memoryUsage.rss() - before, `SEED=${seed}`).to.be.below(300 * 2 ** 20);
  });
});
