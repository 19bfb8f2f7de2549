import type { Request, Response } from 'express';
import { calendarDay, yearOf } from '../../base/dates.ts';
import { paths } from '../../base/paths.ts';
import { render } from '../../base/rendering/templates.ts';
import { currentYear, eventsOfYear } from '../../events/authority-events.ts';
import { sendPage } from '../../web/pages.ts';
import { ownBoard } from '../parts/guard.ts';
import { asked, withQuery } from '../parts/query-string.ts';
import { drawingOf } from './wheel-drawing.ts';
import { entriesOf, type WheelEntry } from './wheel-entries.ts';

/** The year as a wheel, and the same as a table after it. */
export async function showYearWheel(req: Request, res: Response): Promise<void> {
  const { year, entries } = await wheelOf(req, res);
  sendPage(res, 'office/planning/year-wheel', {
    title: `Årshjul ${year}`,
    current: 'year',
    year,
    drawing: drawingOf(year, entries),
    rows: entries.map((entry) => ({ ...entry, when: whenOf(entry) })),
    file: withQuery(paths.yearWheelFile(), { ar: year }),
    withoutBreaks: !entries.some(({ sort }) => sort === 'break'),
    isPast: year < yearOf(res.locals.now),
  });
}

/** The wheel alone, as a picture to keep or to put into a presentation. */
export async function sendYearWheelFile(req: Request, res: Response): Promise<void> {
  const { year, entries } = await wheelOf(req, res);
  res.attachment(`arshjul-${year}.svg`).type('image/svg+xml');
  res.send(render('office/planning/wheel', undefined, { drawing: drawingOf(year, entries) }));
}

async function wheelOf(req: Request, res: Response): Promise<{ year: number; entries: WheelEntry[] }> {
  const board = ownBoard(res);
  const wanted = asked(req, 'ar') ?? '';
  const year = /^20\d\d$/.test(wanted) ? Number(wanted) : await currentYear(board._id, res.locals.now);
  return { year, entries: entriesOf(year, await eventsOfYear(board._id, year), board) };
}

/** "11 februari", "22–26 februari", "29 mars–2 april" */
function whenOf({ from, to }: WheelEntry): string {
  const [first, last] = [from, to].map((day) => calendarDay(day).setLocale('sv'));
  if (!first || !last || from === to) return calendarDay(from).setLocale('sv').toFormat('d MMMM');
  return `${first.toFormat(first.hasSame(last, 'month') ? 'd' : 'd MMMM')}–${last.toFormat('d MMMM')}`;
}
