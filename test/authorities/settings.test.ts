import { expect } from 'chai';
import { AuditModel } from '../../src/audit/log.ts';
import { findAuthority } from '../../src/authorities/authority.ts';
import { changeSettings } from '../../src/authorities/settings.ts';
import { anAuthority } from '../support/builders.ts';
import { organiserAt } from '../support/contexts.ts';
import { useDatabase } from '../support/database.ts';

describe('The settings of a county board', () => {
  useDatabase();
  const context = organiserAt('2027-01-11T09:00:00Z');

  it('are saved, and the log names what changed', async () => {
    const before = await anAuthority();
    await changeSettings(context, '05', before.version, {
      ...before,
      unit: 'Enheten för barn',
      contactPhone: '010-111 11 11',
    });
    expect(await findAuthority('05')).to.include({ unit: 'Enheten för barn', version: before.version + 1 });
    const entry = await AuditModel.findOne().orFail().lean();
    expect(entry).to.include({ action: 'settings.changed', about: 'enhet, telefon', authority: '05' });
  });

  it('are not saved over somebody else’s', async () => {
    const before = await anAuthority();
    await changeSettings(context, '05', before.version, { ...before, unit: 'Enhet ett' });
    const second = await changeSettings(context, '05', before.version, { ...before, unit: 'Enhet två' });
    expect(second).to.have.property('refused', 'conflict');
    expect(await findAuthority('05')).to.include({ unit: 'Enhet ett' });
  });

  it('that are saved unchanged are no change', async () => {
    const before = await anAuthority();
    await changeSettings(context, '05', before.version, before);
    expect(await findAuthority('05')).to.include({ version: before.version });
    expect(await AuditModel.countDocuments()).to.equal(0);
  });
});
