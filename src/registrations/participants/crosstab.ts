import { type Municipality, otherMunicipalityName } from '../../authorities/authority.ts';
import { inOrder } from '../../authorities/municipalities.ts';
import { otherMunicipality, type Role, roles } from '../../authorities/roles.ts';

/** How many of one role come from one municipality. */
export type Count = { municipality: string; role: Role; number: number };

export type PerRole = Record<Role, number>;
export type Row = { code: string; name: string; perRole: PerRole; total: number };

/** Counts laid out as municipality × role. `rows` hold every municipality of the county, also those with nobody. */
export type Crosstab = { rows: Row[]; totals: PerRole; total: number };

/** Lays counts out by municipality, in the order of their names; those of no municipality come last, where there are any. */
export function crosstab(municipalities: Municipality[], counts: Count[]): Crosstab {
  const known = inOrder(municipalities);
  const others = counts.some((count) => count.municipality === otherMunicipality);
  const places = [...known, ...(others ? [{ code: otherMunicipality, name: otherMunicipalityName }] : [])];
  const rows = places.map(({ code, name }) => {
    const perRole = sums(counts.filter((count) => count.municipality === code));
    return { code, name, perRole, total: sumOf(perRole) };
  });
  const totals = sums(counts);
  return { rows, totals, total: sumOf(totals) };
}

function sums(counts: Count[]): PerRole {
  const perRole: PerRole = {
    fortroendevald: 0,
    chef: 0,
    'strategisk-tjansteperson': 0,
    tjansteperson: 0,
    annan: 0,
  };
  for (const { role, number } of counts) perRole[role] += number;
  return perRole;
}

function sumOf(perRole: PerRole): number {
  return roles.reduce((sum, role) => sum + perRole[role], 0);
}
