import type { Response } from 'express';
import type { Meta, ValidationChain } from 'express-validator';
import { calendarDay } from '../../base/dates.ts';
import { day, isDay } from '../../events/details/days.ts';
import { planOf } from '../../events/details/form.ts';
import { what } from '../../events/details/what.ts';
import { copyOn, type EventDraft } from '../../events/planning/create.ts';
import { clashReasons } from '../../events/proposals/clashes.ts';
import { weighDay } from '../../events/proposals/propose.ts';
import { usualAnswers } from '../parts/new-event.ts';
import { lengthOf, neighbour, type YearRow, type YearToPlan } from './year-rows.ts';
import { dayWords } from './year-words.ts';

/** A day that was ticked: its title and date (YYYY-MM-DD), and whether the date was typed and not one of those proposed. */
export type PlannedDay = { row: YearRow; title: string; date: string; isOwn: boolean };

/** Sign-up closes so many days before, unless the day is like an earlier one. */
const closesBefore = 10;

/** The rules for a ticked day. One that is typed takes the place of those proposed. */
export function rulesOf({ key }: YearRow, year: number, today: string): ValidationChain[] {
  return [
    ...what.title.fields.map(({ rule }) => rule(`title-${key}`)),
    day(`own-${key}`, 'Skriv dagen', true).custom((typed: string, { req }: Meta) =>
      checkDay(typed || String(req.body[`date-${key}`] ?? ''), year, today),
    ),
  ];
}

function checkDay(date: string, year: number, today: string): true {
  if (!isDay(date)) throw new Error(`Välj en av dagarna eller skriv en egen, till exempel 11 feb ${year}`);
  if (date <= today) throw new Error('Dagen har redan varit. Välj en senare dag');
  if (!date.startsWith(String(year))) throw new Error(`Dagen är inte under ${year}. Välj en dag det året`);
  return true;
}

/** What a valid form says of a ticked day. */
export function plannedDay(row: YearRow, form: Record<string, string>): PlannedDay {
  const own = form[`own-${row.key}`] ?? '';
  const title = form[`title-${row.key}`] ?? '';
  return { row, title, date: own || (form[`date-${row.key}`] ?? ''), isOwn: own !== '' };
}

/**
 * What speaks against the days and was not shown beside them: all that there is against a day that was typed, and
 * clashes between the days themselves. `mark` tells that the warning has been seen.
 */
export function warningsOf(days: PlannedDay[], known: YearToPlan['known']): { mark: string; text: string }[] {
  const { board, boards } = known;
  return days.flatMap((planned) => {
    const { row, title, date, isOwn } = planned;
    const others = days
      .filter((other) => other !== planned)
      .map((other) => neighbour({ ...other.row, title: other.title }, other.date, board._id));
    const circumstances = { ...known, events: [...known.events, ...others], hours: lengthOf(row) };
    const all = isOwn ? weighDay(date, circumstances).reasons : clashReasons(date, board, others, boards);
    const against = all.filter(({ weight }) => weight > 0).map(({ text }) => text);
    if (against.length === 0) return [];
    return [{ mark: `${row.key}:${date}`, text: `${dayWords(date)}, ”${title}”: ${against.join('; ')}` }];
  });
}

/** The draft of a day: like the event of the year before, or with what every new event begins with. */
export function draftOf(res: Response, { row, title, date }: PlannedDay): EventDraft {
  const { like, kind, factors, hours } = row;
  if (like && like.state !== 'recorded') {
    const { plan, ...made } = copyOn(like, date);
    return { ...made, plan: { ...plan, title } };
  }
  const lastDay = calendarDay(date).minus({ days: closesBefore }).toISODate() ?? date;
  return { plan: planOf({ ...usualAnswers(res), title, kind, factors, date, ...hours, lastDay }) };
}
