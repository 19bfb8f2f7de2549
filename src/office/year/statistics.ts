import type { Request, Response } from 'express';
import { roles, rolesInPlural } from '../../authorities/roles.ts';
import { paths } from '../../base/paths.ts';
import {
  countAttendance,
  inCounty,
  type Newcomers,
  withNobody,
  withNoElected,
} from '../../statistics/attendance.ts';
import { attendanceFile } from '../../statistics/attendance-file.ts';
import { listParts } from '../../texts/grammar.ts';
import { sendPersonalFile } from '../../web/files/files.ts';
import { sendPage } from '../../web/pages.ts';
import { ownBoard } from '../parts/guard.ts';
import { dayFilters, withQuery } from '../parts/query-string.ts';
import { selectionChoices, selectionIn } from './statistics-filter.ts';

/** Who came: the answer first, then the figures, the map and the table of the same numbers. */
export async function showStatistics(req: Request, res: Response): Promise<void> {
  const board = ownBoard(res);
  const { selection, answers, years } = await selectionIn(req, board, res.locals.now);
  const attendance = await countAttendance(board, selection, res.locals.now);
  const { table, registered } = attendance;
  const most = Math.max(...inCounty(table).map((row) => row.total));
  const places = new Map(board.municipalities.map((one) => [one.code, one]));
  sendPage(res, 'office/year/statistics', {
    title: selection.year ? `Vilka kom ${selection.year}?` : 'Vilka kom?',
    current: 'statistics',
    ...{ attendance, table, registered, rolesInPlural, selection, answers },
    ...{ choices: selectionChoices(board, years), days: dayFilters },
    roles: roles.filter((role) => role === (selection.role ?? role)),
    nobody: listParts(withNobody(attendance).map(({ name }) => name)),
    noElected: listParts(withNoElected(attendance).map(({ name }) => name)),
    others: table.total - inCounty(table).reduce((sum, row) => sum + row.total, 0),
    reached: inCounty(table).filter((row) => row.total > 0).length,
    municipalities: inCounty(table).length,
    percent: registered ? `${Math.round((100 * attendance.came) / registered)} %` : '–',
    tiles: inCounty(table).map((row) => ({
      name: row.name,
      number: row.total,
      step: most ? Math.ceil(4 * Math.sqrt(row.total / most)) : 0,
      row: places.get(row.code)?.row,
      column: places.get(row.code)?.column,
    })),
    newcomerFigures: newcomerFigures(attendance.newcomers),
    file: withQuery(paths.statisticsCsv(), answers),
  });
}

/** The table as a file for Excel. */
export async function sendStatisticsFile(req: Request, res: Response): Promise<void> {
  const board = ownBoard(res);
  const { selection } = await selectionIn(req, board, res.locals.now);
  const name = `narvaro-${selection.year ?? 'alla-ar'}.csv`;
  await sendPersonalFile(req, res, { name, type: 'text/csv', page: paths.statistics() }, async () =>
    attendanceFile(await countAttendance(board, selection, res.locals.now)),
  );
}

/** Who came for the first time, and how many people came in the year, as far as it is known. */
function newcomerFigures({ closed, ever, people }: Newcomers) {
  return [
    ...(closed > 0 ? [{ number: ever, text: 'för första gången' }] : []),
    ...(people === undefined ? [] : [{ number: people, text: 'olika personer under året' }]),
  ];
}
