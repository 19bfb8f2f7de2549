import { type Authority, municipalityName } from '../../authorities/authority.ts';
import { roles, rolesInPlural } from '../../authorities/roles.ts';
import { modeNames, modes } from '../../events/event.ts';
import { sumFields } from '../../registrations/recorded/form.ts';

/** The boxes for numbers as tables: one for each way of attending, with a row for each municipality and a column for each role. */
export function sumTables(board: Authority) {
  const all = sumFields(board);
  return modes.map((mode) => {
    const fields = all.filter((field) => field.mode === mode);
    const rows = [...Map.groupBy(fields, ({ municipality }) => municipality)];
    return {
      name: modeNames[mode],
      columns: roles.map((role) => rolesInPlural[role]),
      rows: rows.map(([code, boxes]) => ({ name: municipalityName(board, code), boxes })),
    };
  });
}
