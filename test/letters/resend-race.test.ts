import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { EventModel } from '../../src/events/event.ts';
import { resendLetter } from '../../src/letters/resend.ts';
import { type Letter, LetterModel } from '../../src/outbox/letter.ts';
import { changeEvent } from '../../src/registrations/changes/change-event.ts';
import type { LetterFacts } from '../../src/registrations/letter-facts.ts';
import { register } from '../../src/registrations/sign-up/register.ts';
import { anAuthority, anEvent, aPerson, monday } from '../support/builders.ts';
import { organiserAt, visitorAt } from '../support/contexts.ts';
import { useDatabase } from '../support/database.ts';

/** Holds the next transaction that wants to commit. @returns when it stands there, and what lets it go on */
function holdCommit(): { there: Promise<void>; release: () => void } {
  const { prototype } = mongoose.mongo.ClientSession;
  const commit = prototype.commitTransaction;
  const [there, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  prototype.commitTransaction = async function held(...options) {
    prototype.commitTransaction = commit;
    there.resolve();
    await gate.promise;
    return commit.apply(this, options);
  };
  return { there: there.promise, release: gate.resolve };
}

describe('Sending a letter again while its event moves', () => {
  useDatabase();

  it('never leaves the old time behind the new one (R71, R77)', async () => {
    await anAuthority();
    const event = await anEvent();
    await register(visitorAt(monday), event._id, aPerson());
    await LetterModel.updateMany({}, { $set: { state: 'sent' }, $unset: { dueAt: 1 } });
    const letter = await LetterModel.findOne().orFail().lean<Letter<LetterFacts>>();
    const later = organiserAt(new Date(+monday + 60_000));

    const { there, release } = holdCommit();
    const again = resendLetter(later, '05', letter._id);
    await there;
    const stands = await EventModel.findById(event._id).orFail().lean();
    const start = new Date(+event.start + 3600_000);
    const seen = { version: event.version, letters: true };
    const change = changeEvent(later, event._id, seen, { ...stands, start });
    await setTimeout(50);
    release();
    await Promise.all([again, change]);

    const waiting = await LetterModel.find({ state: 'queued' })
      .sort({ createdAt: 1, _id: 1 })
      .lean<Letter[]>();
    expect(waiting.map(({ facts }) => (facts as LetterFacts).start)).to.deep.equal([start]);
  });
});
