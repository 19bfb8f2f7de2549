import { note } from '../audit/log.ts';
import type { Act } from '../base/context.ts';
import { transaction } from '../base/database.ts';
import { type Authority, AuthorityModel } from './authority.ts';
import { type BoardSettings, settable } from './form.ts';

/** Saves a county board's settings on the version that was seen; the log names the fields that changed. */
export async function changeSettings(
  act: Act,
  code: string,
  version: number,
  settings: BoardSettings,
): Promise<Authority | { refused: 'stale'; authority: Authority }> {
  return transaction(async (session) => {
    const authority = await AuthorityModel.findById(code).session(session).orFail().lean<Authority>();
    if (authority.version !== version) return { refused: 'stale', authority };
    const changed = settable.filter((field) => settings[field] !== authority[field]);
    if (changed.length === 0) return authority;
    const saved = { ...settings, version: version + 1 };
    await AuthorityModel.updateOne({ _id: code }, { $set: saved }, { session });
    const about = changed.map((field) => names[field]).join(', ');
    await note(act, { authority: code, deed: 'settings.changed', about }, session);
    return { ...authority, ...saved };
  });
}

const names: Record<keyof BoardSettings, string> = {
  unit: 'enhet',
  street: 'gatuadress',
  postal: 'postadress',
  organisationNumber: 'organisationsnummer',
  dataProtectionEmail: 'dataskyddsombud',
  contactEmail: 'e-postadress',
  contactPhone: 'telefon',
  closingText: 'text när anmälan har stängt',
};
