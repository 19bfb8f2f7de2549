import { logAction } from '../audit/log.ts';
import type { Context } from '../base/context.ts';
import { transaction } from '../base/database.ts';
import { type Authority, AuthorityModel } from './authority.ts';
import { type BoardSettings, settingsFields } from './settings-form.ts';

/** Saves a county board's settings on the version that was seen; the log names the fields that changed. */
export async function changeSettings(
  context: Context,
  code: string,
  version: number,
  settings: BoardSettings,
): Promise<Authority | { refused: 'conflict'; authority: Authority }> {
  return transaction(async () => {
    const authority = await AuthorityModel.findById(code).orFail().lean<Authority>();
    if (authority.version !== version) return { refused: 'conflict', authority };
    const changed = settingsFields.filter(({ name }) => settings[name] !== authority[name]);
    if (changed.length === 0) return authority;
    const saved = { ...settings, version: version + 1 };
    await AuthorityModel.updateOne({ _id: code }, { $set: saved });
    const about = changed.map(({ label }) => label.toLowerCase()).join(', ');
    await logAction(context, { authority: code, action: 'settings.changed', about });
    return { ...authority, ...saved };
  });
}
