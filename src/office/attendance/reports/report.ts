import type { Request, Response } from 'express';
import { paths } from '../../../base/paths.ts';
import type { Event } from '../../../events/event.ts';
import { decide, dropDraft } from '../../../meeting-reports/decide.ts';
import { importReport } from '../../../meeting-reports/import.ts';
import { findReport, type MeetingReport, savedReports } from '../../../meeting-reports/report.ts';
import { undoImport } from '../../../meeting-reports/undo.ts';
import { NotFound } from '../../../web/errors.ts';
import { hasErrors } from '../../../web/forms.ts';
import { sendPage } from '../../../web/pages.ts';
import { stateOf } from '../../parts/event-state.ts';
import { ownBoard, ownEvent } from '../../parts/guard.ts';
import { withQuery } from '../../parts/query-string.ts';
import { type DecisionAnswers, decidedIn, readDecisions } from './decisions-form.ts';
import { dryRunOf } from './dry-run.ts';
import { resultOf } from './result.ts';
import { closedFor } from './words.ts';

/** What a report would mark, while it is a draft; afterwards what it has marked. */
export async function showReport(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const report = await findReport(event, req.params.report, res.locals.now);
  if (!report || report.state === 'undone') throw new NotFound();
  if (report.state === 'draft') await sendDryRun(res, event, report);
  else await sendResult(res, event, report);
}

/** Keeps what the organiser has decided, and marks people unless only a new look was asked for. */
export async function submitDecisions(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const { context, now } = res.locals;
  const report = await findReport(event, req.params.report, now);
  if (!report || report.state === 'undone') throw new NotFound();
  const here = paths.meetingReport(event._id, report._id);
  // A second click on the button that saves.
  if (report.state === 'imported') return res.redirect(303, here);
  if (req.body.drop === 'ja') {
    await dropDraft(report);
    return res.redirect(303, withQuery(paths.meetingReports(event._id), { klart: 'kastad' }));
  }
  const answers = await readDecisions(req, event, report, ownBoard(res));
  if (hasErrors(answers) || closedFor(event)) return sendDryRun(res, event, report, answers);
  const decided = await decide(report, decidedIn(answers, report));
  if (decided && req.body.preview !== 'ja') await importReport(context, event, decided);
  res.redirect(303, here);
}

/** Takes a saved report back: the one that the form names, else the latest. */
export async function submitUndoReport(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const id = req.body.report ?? (await savedReports(event._id))[0]?._id;
  const report = await findReport(event, id === undefined ? id : String(id), res.locals.now);
  if (!report || report.state === 'draft') throw new NotFound();
  await undoImport(res.locals.context, event, report);
  res.redirect(303, withQuery(paths.meetingReports(event._id), { klart: 'angrad' }));
}

/** The draft that the address names. @throws NotFound if it is none, or has been saved */
export async function openDraft(req: Request, res: Response, event: Event): Promise<MeetingReport> {
  const report = await findReport(event, req.params.report, res.locals.now);
  if (report?.state !== 'draft') throw new NotFound();
  return report;
}

async function sendDryRun(
  res: Response,
  event: Event,
  report: MeetingReport,
  answers?: DecisionAnswers,
): Promise<void> {
  const page = {
    title: `Vad rapporten ger: ${event.title}`,
    current: 'events',
    ...{ event, report, closed: closedFor(event), state: stateOf(event, res.locals.now) },
    ...(await dryRunOf(event, report, ownBoard(res), answers)),
    error: answers !== undefined && hasErrors(answers),
  };
  sendPage(res, 'office/attendance/reports/dry-run', page, answers ? 422 : 200);
}

async function sendResult(res: Response, event: Event, report: MeetingReport): Promise<void> {
  const page = {
    title: `Inläst rapport: ${event.title}`,
    current: 'events',
    ...{ event, report, state: stateOf(event, res.locals.now) },
    ...(await resultOf(event, report, ownBoard(res))),
  };
  sendPage(res, 'office/attendance/reports/result', page);
}
