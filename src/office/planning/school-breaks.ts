import type { Request, Response } from 'express';
import { linesOf, readBreaks, usualLines } from '../../authorities/school-breaks.ts';
import { changeSettings } from '../../authorities/settings.ts';
import { yearOf } from '../../base/dates.ts';
import { tidy } from '../../base/form/cleaning.ts';
import { paths } from '../../base/paths.ts';
import { counted } from '../../texts/grammar.ts';
import { sendPage } from '../../web/pages.ts';
import { sendEditConflict } from '../parts/edit-conflict.ts';
import { ownBoard } from '../parts/guard.ts';
import { withQuery } from '../parts/query-string.ts';

/** What stands in the form, and what is wrong with it by the number of the line. */
type BreaksForm = { lines: string; version: string; wrong?: Map<number, string>; done?: unknown };

/** The school breaks of the county's municipalities. A list without any begins with a proposal, which is not saved yet. */
export async function showSchoolBreaks(req: Request, res: Response): Promise<void> {
  const board = ownBoard(res);
  sendBreaks(res, {
    lines: linesOf(board) || usualLines(yearOf(res.locals.now)),
    version: String(board.version),
    done: req.query.klart,
  });
}

/** Saves the list as it was seen, whole or not at all. */
export async function submitSchoolBreaks(req: Request, res: Response): Promise<void> {
  const board = ownBoard(res);
  const lines = tidy(withSemicolons(req.body.breaks), true);
  const version = tidy(req.body.version);
  const { breaks, wrong } = readBreaks(lines, board.municipalities);
  if (wrong.size > 0) return sendBreaks(res, { lines, version, wrong });
  const saved = await changeSettings(res.locals.context, board._id, Number(version), {
    schoolBreaks: breaks,
  });
  if (!('refused' in saved)) return res.redirect(303, withQuery(paths.schoolBreaks(), { klart: 'sparat' }));
  sendEditConflict(res, {
    action: paths.schoolBreaks(),
    fields: [{ name: 'breaks', label: 'Skollov' }],
    now: { breaks: linesOf(saved.authority) },
    typed: { breaks: lines },
    version: saved.authority.version,
  });
}

/** A spreadsheet copies its cells with tabs between them, which are no more than spaces once a text is tidy. */
function withSemicolons(typed: unknown): unknown {
  return typeof typed === 'string' ? typed.replace(/[^\S\r\n]*\t/g, '; ') : typed;
}

function sendBreaks(res: Response, { lines, version, wrong = new Map(), done }: BreaksForm): void {
  const error = wrong.size > 0;
  const wrongLines = [...wrong].map(([number, message]) => [`rad-${number}`, `Rad ${number}: ${message}`]);
  const page = {
    title: 'Skollov',
    current: 'settings',
    saved: ownBoard(res).schoolBreaks?.length ?? 0,
    values: { breaks: lines },
    version,
    wrongLines,
    errors: error ? { breaks: `Rätta ${counted(wrong.size, 'rad', 'rader')} och spara igen` } : {},
    ...{ error, done },
  };
  sendPage(res, 'office/planning/school-breaks', page, error ? 422 : 200);
}
