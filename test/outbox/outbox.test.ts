import { expect } from 'chai';
import { Types } from 'mongoose';
import { isDuplicate, transaction } from '../../src/base/database.ts';
import { LetterModel } from '../../src/outbox/letter.ts';
import { oldestUnsent, owe, standings, takeBack } from '../../src/outbox/outbox.ts';
import { useDatabase } from '../support/database.ts';
import { owedLetter } from '../support/mail/letters.ts';

const calendar = 'REQUEST' as const;

describe('post/outbox', () => {
  useDatabase();

  it('owes a letter together with the context, or not at all (R69)', async () => {
    const failing = transaction(async () => {
      await owe([owedLetter()]);
      throw new Error('The act failed');
    });
    await failing.catch(() => undefined);
    expect(await LetterModel.countDocuments()).to.equal(0);
    await transaction(() => owe([owedLetter(), owedLetter()]));
    expect(await LetterModel.countDocuments({ state: 'queued' })).to.equal(2);
  });

  it('owes no letter twice (R69)', async () => {
    const letter = owedLetter();
    await transaction(() => owe([letter]));
    const again = await transaction(() => owe([letter])).catch((error) => error);
    expect(isDuplicate(again)).to.equal(true);
  });

  const uid = 'a@example.se';
  const stood = async (registration: Types.ObjectId) =>
    (await transaction(() => takeBack([registration]))).get(uid);

  it('takes back invitations that have not left, and tells whether one ever did (R36)', async () => {
    const registration = new Types.ObjectId();
    const facts = { uid };
    await transaction(() =>
      owe([owedLetter({ registration, calendar, facts }), owedLetter({ registration, facts })]),
    );
    expect(await stood(registration)).to.have.property('everLeft', false);
    const states = (await LetterModel.find().lean()).map((letter) => [
      letter.calendar,
      letter.state,
      Boolean(letter.dueAt),
    ]);
    expect(states).to.have.deep.members([
      ['REQUEST', 'dropped', false],
      [undefined, 'queued', true],
    ]);
    expect(await stood(registration)).to.deep.equal({ everLeft: false, unsent: [] });
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
      await transaction(() => owe([owedLetter({ registration, calendar, facts: { uid } })]));
      await LetterModel.updateOne({ registration }, { $set: left });
      expect(await stood(registration)).to.have.property('everLeft', true);
    });

  it('never takes a cancellation back, and leaves other registrations alone', async () => {
    const registration = new Types.ObjectId();
    const other = owedLetter({
      registration: new Types.ObjectId(),
      calendar,
      facts: { uid: 'b@example.se' },
    });
    const ours = owedLetter({ registration, calendar: 'CANCEL', facts: { uid } });
    await transaction(() => owe([ours, other]));
    expect(await stood(registration)).to.deep.equal({ everLeft: false, unsent: [] });
    expect(await LetterModel.countDocuments({ state: 'queued' })).to.equal(2);
  });

  it('tells the calendar entries of one registration apart (R39)', async () => {
    const registration = new Types.ObjectId();
    const old = owedLetter({ registration, calendar, facts: { uid: 'old@example.se' } });
    await transaction(() => owe([old, owedLetter({ registration, calendar, facts: { uid } })]));
    await LetterModel.updateOne({ key: old.key }, { $set: { state: 'sent' } });
    const standing = await standings([registration]);
    expect([...standing].map(([id, { everLeft }]) => [id, everLeft])).to.have.deep.members([
      ['old@example.se', true],
      [uid, false],
    ]);
  });

  it('knows how long the oldest letter has waited; kept ones do not wait', async () => {
    const now = new Date('2026-11-21T09:00:00Z');
    expect(await oldestUnsent(now)).to.equal(undefined);
    const earlier = (seconds: number) => new Date(now.getTime() - seconds * 1000);
    await transaction(() =>
      owe([
        owedLetter({ createdAt: earlier(90), dueAt: new Date(now.getTime() + 60_000) }),
        owedLetter({ createdAt: earlier(30) }),
        owedLetter({ createdAt: earlier(900), state: 'kept' }),
      ]),
    );
    expect(await oldestUnsent(now)).to.equal(90);
  });
});
