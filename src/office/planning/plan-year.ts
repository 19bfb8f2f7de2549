import type { Request, Response } from 'express';
import { idFrom, newId } from '../../base/database.ts';
import { isoDay, yearOf } from '../../base/dates.ts';
import { paths } from '../../base/paths.ts';
import { currentYear } from '../../events/authority-events.ts';
import { createEvents } from '../../events/planning/create.ts';
import { type Errors, hasErrors, readForm } from '../../web/forms.ts';
import { sendPage } from '../../web/pages.ts';
import { ownBoard } from '../parts/guard.ts';
import { asked, withQuery } from '../parts/query-string.ts';
import { draftOf, type PlannedDay, plannedDay, rulesOf, warningsOf } from './year-form.ts';
import { type YearRow, type YearToPlan, yearToPlan } from './year-rows.ts';
import { shownRow } from './year-words.ts';

type Values = Record<string, string>;
type YearForm = { values: Values; errors?: Errors; warnings?: string[]; warned?: string };

/** The days of a year (`ar`) to plan at once, from those of the year before with proposed dates. */
export async function showPlanYear(req: Request, res: Response): Promise<void> {
  const year = await yearIn(req, res);
  const toPlan = await yearToPlan(res, year);
  const isTicked = toPlan.planned.length === 0 || toPlan.rows.every(({ like }) => !like);
  const values = Object.assign({}, ...toPlan.rows.map((row) => firstAnswers(row, isTicked)));
  send(res, year, toPlan, { values });
}

/** Makes the drafts of the ticked days. Days that something speaks against are named first, and made if they are sent again. */
export async function submitPlanYear(req: Request, res: Response): Promise<void> {
  const year = await yearIn(req, res);
  const toPlan = await yearToPlan(res, year);
  const rows = toPlan.rows.filter(({ key }) => req.body[`take-${key}`] === 'ja');
  const today = isoDay(res.locals.now);
  const { values, errors } = await readForm(
    req,
    rows.flatMap((row) => rulesOf(row, year, today)),
  );
  const none = rows.length === 0 && { [`take-${toPlan.rows[0]?.key}`]: 'Kryssa i minst en dag att planera' };
  if (none || hasErrors({ errors })) return send(res, year, toPlan, { values, errors: none || errors });
  const days = rows.map((row) => plannedDay(row, req.body));
  const warned = warningsOf(days, toPlan.known);
  const marks = warned.map(({ mark }) => mark).join(' ');
  if (marks && marks !== values.warned)
    return send(res, year, toPlan, { values, warnings: warned.map(({ text }) => text), warned: marks });
  const made = await makeDrafts(req, res, days);
  res.redirect(303, withQuery(paths.office(), { ar: year, klart: 'planerat', antal: made }));
}

async function makeDrafts(req: Request, res: Response, days: PlannedDay[]): Promise<number> {
  const drafts = days.map((day) => ({ ...draftOf(res, day), id: idFrom(req.body[`draft-${day.row.key}`]) }));
  return (await createEvents(res.locals.context, ownBoard(res)._id, drafts)).length;
}

async function yearIn(req: Request, res: Response): Promise<number> {
  const wanted = asked(req, 'ar') ?? '';
  return /^20\d\d$/.test(wanted) ? Number(wanted) : await currentYear(ownBoard(res)._id, res.locals.now);
}

function firstAnswers({ key, title, proposals: [best] }: YearRow, isTicked: boolean): Values {
  return {
    ...(isTicked && { [`take-${key}`]: 'ja' }),
    ...{ [`title-${key}`]: title, [`date-${key}`]: best?.day ?? '', [`draft-${key}`]: newId() },
  };
}

function send(res: Response, year: number, toPlan: YearToPlan, shown: YearForm): void {
  const { values, errors = {}, warnings = [], warned = '' } = shown;
  const error = hasErrors({ errors });
  const page = {
    title: `Planera ${year}`,
    current: 'year',
    ...{ year, values, errors, error, warnings, warned },
    isPast: year < yearOf(res.locals.now),
    rows: toPlan.rows.map(shownRow),
    planned: toPlan.planned,
  };
  sendPage(res, 'office/planning/plan-year', page, error || warnings.length > 0 ? 422 : 200);
}
