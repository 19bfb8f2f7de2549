import { expect } from 'chai';
import { Types } from 'mongoose';
import { AuditModel, type Entry, logAction } from '../../src/audit/log.ts';
import { checkChain, sealLog } from '../../src/audit/seal.ts';
import { transaction } from '../../src/base/database.ts';
import { monday } from '../support/builders.ts';
import { organiserAt } from '../support/contexts.ts';
import { useDatabase } from '../support/database.ts';

describe('The seals of the log', () => {
  useDatabase();

  const note = async (minute: number, authority = '05') =>
    transaction(() =>
      logAction(organiserAt(new Date(+monday + minute * 60_000)), {
        authority,
        action: 'event.changed',
        event: new Types.ObjectId(),
        about: `Dag ${minute}`,
        changes: [{ field: 'title', from: 'A', to: 'B' }],
      }),
    );
  const numbered = async (number: number, authority = '05') =>
    AuditModel.findOne({ authority, 'seal.number': number }).orFail().lean<Entry>();

  beforeEach(async () => {
    for (let minute = 1; minute <= 5; minute += 1) await note(minute);
    await note(1, '04');
    await sealLog();
  });

  it('make a chain for each county board, which goes on with what comes', async () => {
    await note(0);
    await sealLog();
    const report = await checkChain('05');
    expect(report)
      .to.include({ entries: 6, hash: (await numbered(6)).seal?.hash })
      .and.not.have.property('broken');
    expect((await numbered(6)).about).to.equal('Dag 0');
    expect(await checkChain('04')).to.include({ entries: 1 });
    expect(await AuditModel.countDocuments({ unsealed: true })).to.equal(0);
  });

  for (const [name, forge, number] of [
    [
      'a changed entry',
      (one: Entry) => AuditModel.updateOne({ _id: one._id }, { $set: { about: 'Annat' } }),
      3,
    ],
    ['another doer', (one: Entry) => AuditModel.updateOne({ _id: one._id }, { $set: { by: 'Eva Ek' } }), 3],
    ['an entry taken out', (one: Entry) => AuditModel.deleteOne({ _id: one._id }), 3],
  ] as const)
    it(`tell of ${name}`, async () => {
      await forge(await numbered(number));
      expect((await checkChain('05')).broken).to.include({ number });
      expect(await checkChain('04')).to.not.have.property('broken');
    });

  it('tell of the newest entry taken out, and of two that have changed places', async () => {
    await AuditModel.deleteOne({ _id: (await numbered(5))._id });
    expect((await checkChain('05')).broken).to.include({ number: 5 });
    const [one, other] = [await numbered(2), await numbered(3)];
    await AuditModel.updateMany({ _id: { $in: [one._id, other._id] } }, { $unset: { seal: 1 } });
    await AuditModel.updateOne({ _id: one._id }, { $set: { seal: other.seal } });
    await AuditModel.updateOne({ _id: other._id }, { $set: { seal: one.seal } });
    expect((await checkChain('05')).broken).to.include({ number: 2 });
  });

  it('are given once, however many seal at the same time', async () => {
    for (let minute = 10; minute < 40; minute += 1) await note(minute);
    await Promise.all([sealLog(), sealLog(), sealLog()]);
    expect(await checkChain('05'))
      .to.include({ entries: 35 })
      .and.not.have.property('broken');
  });
});
