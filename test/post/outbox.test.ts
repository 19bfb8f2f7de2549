import { expect } from 'chai';
import { Types } from 'mongoose';
import { isDuplicate, transaction } from '../../src/base/database.ts';
import { LetterModel } from '../../src/post/letter.ts';
import { dropUnsent, dropUnsentOf, oldestUnsent, owe } from '../../src/post/outbox.ts';
import { useDatabase } from '../support/database.ts';
import { owedLetter } from '../support/letters.ts';

const calendar = 'REQUEST' as const;

describe('post/outbox', () => {
  useDatabase();

  it('owes a letter together with the act, or not at all (R69)', async () => {
    const failing = transaction(async (session) => {
      await owe([owedLetter()], session);
      throw new Error('The act failed');
    });
    await failing.catch(() => undefined);
    expect(await LetterModel.countDocuments()).to.equal(0);
    await transaction((session) => owe([owedLetter(), owedLetter()], session));
    expect(await LetterModel.countDocuments({ state: 'queued' })).to.equal(2);
  });

  it('owes no letter twice (R69)', async () => {
    const letter = owedLetter();
    await transaction((session) => owe([letter], session));
    const again = await transaction((session) => owe([letter], session)).catch((error) => error);
    expect(isDuplicate(again)).to.equal(true);
  });

  it('drops what has not left, and tells whether an invitation ever did (R36)', async () => {
    const registration = new Types.ObjectId();
    await transaction((session) =>
      owe([owedLetter({ registration, calendar }), owedLetter({ registration })], session),
    );
    expect(await transaction((session) => dropUnsent(registration, session))).to.deep.equal({
      everLeft: false,
    });
    const states = (await LetterModel.find().lean()).map((letter) => [
      letter.calendar,
      letter.state,
      Boolean(letter.dueAt),
    ]);
    expect(states).to.have.deep.members([
      ['REQUEST', 'dropped', false],
      [undefined, 'queued', true],
    ]);
  });

  for (const left of [
    { state: 'sent' },
    { state: 'sending' },
    { state: 'bounced' },
    { state: 'kept' },
    { mayHaveLeft: true },
  ])
    it(`takes ${JSON.stringify(left)} for an invitation that may have arrived (R36)`, async () => {
      const registration = new Types.ObjectId();
      await transaction((session) => owe([owedLetter({ registration, calendar })], session));
      await LetterModel.updateOne({ registration }, { $set: left });
      expect(await transaction((session) => dropUnsent(registration, session))).to.deep.equal({
        everLeft: true,
      });
    });

  it('does the same for a whole event, and leaves other events alone', async () => {
    const event = new Types.ObjectId();
    const [sent, queued] = [new Types.ObjectId(), new Types.ObjectId()];
    const other = owedLetter({ event: new Types.ObjectId(), registration: new Types.ObjectId(), calendar });
    const ours = [sent, queued].map((registration) => owedLetter({ event, registration, calendar }));
    await transaction((session) => owe([...ours, other], session));
    await LetterModel.updateOne({ registration: sent }, { $set: { state: 'sent' } });
    const left = await transaction((session) => dropUnsentOf(event, session));
    expect([...left]).to.deep.equal([String(sent)]);
    expect(await LetterModel.countDocuments({ state: 'dropped', registration: queued })).to.equal(1);
    expect(await LetterModel.countDocuments({ state: 'queued', event: other.event })).to.equal(1);
  });

  it('knows how long the oldest letter has waited; kept ones do not wait', async () => {
    const now = new Date('2026-11-21T09:00:00Z');
    expect(await oldestUnsent(now)).to.equal(undefined);
    const earlier = (seconds: number) => new Date(now.getTime() - seconds * 1000);
    await transaction((session) =>
      owe(
        [
          owedLetter({ createdAt: earlier(90), dueAt: new Date(now.getTime() + 60_000) }),
          owedLetter({ createdAt: earlier(30) }),
          owedLetter({ createdAt: earlier(900), state: 'kept' }),
        ],
        session,
      ),
    );
    expect(await oldestUnsent(now)).to.equal(90);
  });
});
