import { expect } from 'chai';
import { JournalModel } from '../../src/audit/log.ts';
import { findAuthority } from '../../src/authorities/authority.ts';
import { changeSettings } from '../../src/authorities/settings.ts';
import { organiserAt } from '../support/acts.ts';
import { anAuthority } from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';

describe('The settings of a county board', () => {
  useDatabase();
  const act = organiserAt('2027-01-11T09:00:00Z');

  it('are saved, and the log names what changed', async () => {
    const before = await anAuthority();
    await changeSettings(act, '05', before.version, {
      ...before,
      unit: 'Enheten för barn',
      contactPhone: '010-111 11 11',
    });
    expect(await findAuthority('05')).to.include({ unit: 'Enheten för barn', version: before.version + 1 });
    const entry = await JournalModel.findOne().orFail().lean();
    expect(entry).to.include({ deed: 'settings.changed', about: 'enhet, telefon', authority: '05' });
  });

  it('are not saved over somebody else’s', async () => {
    const before = await anAuthority();
    await changeSettings(act, '05', before.version, { ...before, unit: 'Enhet ett' });
    const second = await changeSettings(act, '05', before.version, { ...before, unit: 'Enhet två' });
    expect(second).to.have.property('refused', 'stale');
    expect(await findAuthority('05')).to.include({ unit: 'Enhet ett' });
  });

  it('that are saved unchanged are no change', async () => {
    const before = await anAuthority();
    await changeSettings(act, '05', before.version, before);
    expect(await findAuthority('05')).to.include({ version: before.version });
    expect(await JournalModel.countDocuments()).to.equal(0);
  });
});
