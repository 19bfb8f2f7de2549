import { isDeepStrictEqual } from 'node:util';
import { logAction } from '../audit/log.ts';
import type { Context } from '../base/context.ts';
import { transaction } from '../base/database.ts';
import { type Authority, AuthorityModel } from './authority.ts';
import { settingsFields } from './settings-form.ts';

/** What can be changed of a county board, of one form or another. */
type ChangedSettings = Partial<Omit<Authority, '_id' | 'version'>>;

/** What the log calls each setting. */
const names = new Map<string, string>([
  ...settingsFields.map(({ name, label }): [string, string] => [name, label.toLowerCase()]),
  ['schoolBreaks', 'skollov'],
  ['initiative', 'satsningen'],
]);

/** Saves settings of a county board on the version that was seen; the log names the fields that changed. */
export async function changeSettings(
  context: Context,
  code: string,
  version: number,
  settings: ChangedSettings,
): Promise<Authority | { refused: 'conflict'; authority: Authority }> {
  return transaction(async () => {
    const authority = await AuthorityModel.findById(code).orFail().lean<Authority>();
    if (authority.version !== version) return { refused: 'conflict', authority };
    const before: ChangedSettings = authority;
    const changed = [...names.keys()].filter(
      (name) =>
        name in settings &&
        !isDeepStrictEqual(settings[name as keyof ChangedSettings], before[name as keyof ChangedSettings]),
    );
    if (changed.length === 0) return authority;
    const saved = { ...settings, version: version + 1 };
    await AuthorityModel.updateOne({ _id: code }, { $set: saved });
    const about = changed.map((name) => names.get(name)).join(', ');
    await logAction(context, { authority: code, action: 'settings.changed', about });
    return { ...authority, ...saved };
  });
}
