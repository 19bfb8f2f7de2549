import type { Request, Response } from 'express';
import { roles, rolesInPlural } from '../../authorities/roles.ts';
import { yearOf } from '../../base/dates.ts';
import { paths } from '../../base/paths.ts';
import { factorNames, factors, kindNames, kinds } from '../../events/event.ts';
import {
  attendanceFile,
  countAttendance,
  inCounty,
  type Selection,
  withNobody,
  withNoElected,
  yearsWithEvents,
} from '../../statistics/attendance.ts';
import { listParts } from '../../texts/grammar.ts';
import { sendPersonalFile } from '../../web/files.ts';
import { sendPage } from '../../web/pages.ts';
import { ownBoard } from '../parts/guard.ts';
import { asked, askedOneOf, withQuery } from '../parts/query-string.ts';

/** Who came: the answer first, then the figures, the map and the table of the same numbers. */
export async function showStatistics(req: Request, res: Response): Promise<void> {
  const board = ownBoard(res);
  const years = await yearsWithEvents(board, res.locals.now);
  const selection = selectionOf(req, years[0] ?? yearOf(res.locals.now));
  const attendance = await countAttendance(board, selection, res.locals.now);
  const { table, registered } = attendance;
  const most = Math.max(...inCounty(table).map((row) => row.total));
  const places = new Map(board.municipalities.map((one) => [one.code, one]));
  sendPage(res, 'office/year/statistics', {
    title: selection.year ? `Vilka kom ${selection.year}?` : 'Vilka kom?',
    current: 'statistics',
    ...{ attendance, table, registered, roles, rolesInPlural, years },
    answers: { ...selection, year: selection.year ?? '' },
    choices: choicesFor(years),
    nobody: listParts(withNobody(attendance).map(({ name }) => name)),
    noElected: listParts(withNoElected(attendance).map(({ name }) => name)),
    others: table.total - inCounty(table).reduce((sum, row) => sum + row.total, 0),
    reached: inCounty(table).filter((row) => row.total > 0).length,
    municipalities: board.municipalities.length,
    percent: registered
      ? `${Math.round((100 * (table.total - attendance.unnamed - attendance.how.walkIns)) / registered)} %`
      : '–',
    tiles: inCounty(table).map((row) => ({
      name: row.name,
      number: row.total,
      step: most ? Math.ceil(4 * Math.sqrt(row.total / most)) : 0,
      row: places.get(row.code)?.row,
      column: places.get(row.code)?.column,
    })),
    file: withQuery(paths.statisticsCsv(), { ...selection, year: selection.year ?? '' }),
  });
}

/** The table as a file for Excel. */
export async function sendStatisticsFile(req: Request, res: Response): Promise<void> {
  const board = ownBoard(res);
  const years = await yearsWithEvents(board, res.locals.now);
  const selection = selectionOf(req, years[0] ?? yearOf(res.locals.now));
  const name = `narvaro-${selection.year ?? 'alla-ar'}.csv`;
  await sendPersonalFile(req, res, { name, type: 'text/csv', page: paths.statistics() }, async () =>
    attendanceFile(await countAttendance(board, selection, res.locals.now)),
  );
}

/** The newest year with something to tell, unless the address says otherwise; an empty `year` is all years. */
function selectionOf(req: Request, newest: number): Selection {
  const year = Number(asked(req, 'year'));
  const known = Number.isInteger(year) && year >= 2000 && year < 2200;
  return {
    year: req.query.year === '' ? undefined : known ? year : newest,
    kind: askedOneOf(req, 'kind', kinds),
    factor: askedOneOf(req, 'factor', factors),
  };
}

function choicesFor(years: number[]) {
  return [
    {
      name: 'year',
      label: 'År',
      options: [
        ...years.map((year) => ({ value: String(year), label: String(year) })),
        { value: '', label: 'Alla år' },
      ],
    },
    {
      name: 'kind',
      label: 'Typ',
      prompt: 'Alla',
      options: kinds.map((kind) => ({ value: kind, label: kindNames[kind] })),
    },
    {
      name: 'factor',
      label: 'Skyddsfaktor',
      prompt: 'Alla',
      options: factors.map((factor) => ({ value: factor, label: factorNames[factor] })),
    },
  ];
}
