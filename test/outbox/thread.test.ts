import { expect } from 'chai';
import { Types } from 'mongoose';
import { transaction } from '../../src/base/database.ts';
import { type Letter, LetterModel } from '../../src/outbox/letter.ts';
import { messageIdOf } from '../../src/outbox/message.ts';
import { type OwedLetter, owe } from '../../src/outbox/outbox.ts';
import { threadOf } from '../../src/outbox/thread.ts';
import { monday } from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';
import { owedLetter } from '../support/mail/letters.ts';

describe('What a letter refers to (R61)', () => {
  useDatabase();

  const registration = new Types.ObjectId();

  /** The letters of one person in this order, a minute apart; each as `changes` says. */
  async function owed(...changes: (Partial<OwedLetter> | { state: Letter['state'] })[]): Promise<Letter[]> {
    const letters = changes.map((change, minute) => {
      const createdAt = new Date(+monday + minute * 60_000);
      return owedLetter({
        registration,
        key: `${registration}.brev.${minute}`,
        createdAt,
        ...change,
      } as object);
    });
    await transaction(() => owe(letters));
    return LetterModel.find().sort({ createdAt: 1 }).lean<Letter[]>();
  }

  async function threads(...changes: Parameters<typeof owed>) {
    const letters = await owed(...changes);
    const ids = new Map(letters.map(({ key, from }, index) => [messageIdOf(key, from.address), index]));
    return Promise.all(letters.map(async (one) => ids.get((await threadOf(one)) ?? '')));
  }

  it('is the first letter that the person got, whatever it was', async () => {
    expect(await threads({ kind: 'waiting-list' }, { kind: 'promoted' }, { kind: 'changed' })).to.deep.equal([
      undefined,
      0,
      0,
    ]);
  });

  it('is no letter that never arrived', async () => {
    for (const state of ['dropped', 'failed', 'bounced', 'held'] as const) {
      await LetterModel.deleteMany({});
      expect((await threads({ state }, {}, {})).slice(1), state).to.deep.equal([undefined, 1]);
    }
  });

  it('is no letter to the address that the person had before', async () => {
    const to = { name: 'Åsa Öberg', address: 'ny@example.se' };
    expect(await threads({}, { to }, { to })).to.deep.equal([undefined, undefined, 1]);
  });

  it('is nothing if it is about no registration', async () => {
    const letters = await owed({}, { registration: undefined } as object);
    expect(await threadOf(letters[1] as Letter)).to.equal(undefined);
  });
});
