import type { Request, Response } from 'express';
import { paths } from '../../../base/paths.ts';
import type { Event } from '../../../events/event.ts';
import { draftWithColumns } from '../../../meeting-reports/draft.ts';
import {
  type ColumnName,
  type Columns,
  columnNames,
  namesPeople,
} from '../../../meeting-reports/reading/columns.ts';
import type { MeetingReport } from '../../../meeting-reports/report.ts';
import { NotFound } from '../../../web/errors.ts';
import { hasErrors, typedIn } from '../../../web/forms.ts';
import { sendPage } from '../../../web/pages.ts';
import { ownEvent } from '../../parts/guard.ts';
import { openDraft } from './report.ts';
import { columnLabels, refusals } from './words.ts';

/** The first rows of a report, with a choice for each column of what it is. */
export async function showColumns(req: Request, res: Response): Promise<void> {
  const { event, report } = await draftWithSample(req, res);
  const values = Object.fromEntries(
    (report.columns ?? []).map((name, index) => [fieldOf(index), name ?? '']),
  );
  sendColumns(res, { event, report, values, errors: {} });
}

/** Reads the report with its columns as they were named. */
export async function submitColumns(req: Request, res: Response): Promise<void> {
  const { event, report } = await draftWithSample(req, res);
  const values = typedIn(req);
  const columns = (report.columns ?? []).map((_, index) => columnIn(values[fieldOf(index)]));
  const errors = errorsIn(columns);
  if (hasErrors({ errors })) return sendColumns(res, { event, report, values, errors });
  const draft = await draftWithColumns(res.locals.context, event, report, columns);
  if ('_id' in draft && draft.rows.length > 0) {
    return res.redirect(303, paths.meetingReport(event._id, draft._id));
  }
  const nobody =
    'refused' in draft ? refusals[draft.refused] : 'Med de kolumnerna blir det inga deltagare. Ändra valen.';
  const kept = '_id' in draft ? draft : report;
  sendColumns(res, { event, report: kept, values, errors: { [fieldOf(0)]: nobody } });
}

function fieldOf(index: number): string {
  return `column-${index}`;
}

function columnIn(value: string | undefined): ColumnName | null {
  return columnNames.find((name) => name === value) ?? null;
}

/** Somebody has to be named, and no column may be named twice. */
function errorsIn(columns: Columns): Record<string, string> {
  if (!namesPeople(columns))
    return { [fieldOf(0)]: 'Välj vilken kolumn som har namnet eller e-postadressen' };
  const twice = columns.findIndex((name, index) => name !== null && columns.indexOf(name) < index);
  const label = columnLabels[columns[twice] ?? 'name'];
  return twice < 0 ? {} : { [fieldOf(twice)]: `Välj bara en kolumn för ${label.toLowerCase()}` };
}

async function draftWithSample(req: Request, res: Response) {
  const event = await ownEvent(req, res);
  const report = await openDraft(req, res, event);
  if (!report.packed) throw new NotFound();
  return { event, report };
}

type ColumnsPage = {
  event: Event;
  report: MeetingReport;
  values: Record<string, string>;
  errors: Record<string, string>;
};

function sendColumns(res: Response, { event, report, values, errors }: ColumnsPage): void {
  const [headings = [], ...rows] = report.sample ?? [];
  const page = {
    title: `Kolumnerna i rapporten: ${event.title}`,
    current: 'events',
    ...{ event, report, values, errors, headings, rows, fieldOf },
    columns: report.columns ?? [],
    options: columnNames.map((value) => ({ value, label: columnLabels[value] })),
    error: hasErrors({ errors }),
  };
  sendPage(res, 'office/attendance/reports/columns', page, hasErrors({ errors }) ? 422 : 200);
}
