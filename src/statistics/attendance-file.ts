import { roles, rolesInPlural } from '../authorities/roles.ts';
import { csvFile } from '../base/rendering/csv.ts';
import type { Row } from '../registrations/participants/crosstab.ts';
import type { Attendance, How } from './attendance.ts';

/** The table as a file for Excel, with its sums. */
export function attendanceFile({ table, how, howFrom }: Attendance): string {
  const line = (name: string, { perRole, total }: Pick<Row, 'perRole' | 'total'>, way: How | undefined) => [
    name,
    ...roles.map((role) => perRole[role]),
    ...[total, total - (way?.online ?? 0), way?.online ?? 0, way?.walkIns ?? 0],
  ];
  return csvFile(
    ['Kommun', ...roles.map((role) => rolesInPlural[role]), 'Alla', 'På plats', 'Digitalt', 'Utan anmälan'],
    [
      ...table.rows.map((row) => line(row.name, row, howFrom.get(row.code))),
      line('Alla', { perRole: table.totals, total: table.total }, how),
    ],
  );
}
