import type { Request, Response } from 'express';
import { yearOf } from '../../base/dates.ts';
import { paths } from '../../base/paths.ts';
import { currentYear, eventsOfYear, hasExampleEvents } from '../../events/authority-events.ts';
import { factorNames } from '../../events/event.ts';
import { hasProgramme, type Year, yearOfProgramme } from '../../events/year.ts';
import { turnoutOf } from '../../statistics/turnout.ts';
import { byNumber, listParts, numberWord } from '../../texts/grammar.ts';
import { sendPage } from '../../web/pages.ts';
import { ownBoard } from '../parts/guard.ts';
import { cardOf } from './cards.ts';
import { todoOf } from './tasks.ts';

/** The year's programme: what is planned, open, full, due and missing. */
export async function showYear(req: Request, res: Response): Promise<void> {
  const board = ownBoard(res);
  const { now } = res.locals.context;
  const thisYear = yearOf(now);
  const current = await currentYear(board._id, now);
  const year = /^20\d\d$/.test(String(req.query.ar)) ? Number(req.query.ar) : current;
  const events = await eventsOfYear(board._id, year);
  const turnout = await turnoutOf(events.map((event) => event._id));
  const programme = yearOfProgramme(events);
  const asked = hasProgramme(board._id) && year >= thisYear;
  sendPage(res, 'office/year/year', {
    title: `Året ${year}`,
    current: 'year',
    year,
    sentence: asked ? planned(programme) : held(events.length, year < thisYear),
    missing: asked ? missingCards(programme) : [],
    cards: events.map((event) => cardOf(event, turnout(event._id), board, now)),
    todo: year === current ? await todoOf(board, res.locals.context) : undefined,
    hasExample: await hasExampleEvents(board._id),
  });
}

type Sentence = { text: string; lacking: ReturnType<typeof listParts>; days: string };

/** The year in one sentence, and the protective factors that lack a day. */
function planned({ boostDays, missingFactors }: Year): Sentence {
  const count = boostDays.length;
  const start = count < 3 ? `${numberWord(count)} av tre` : count === 3 ? 'Alla tre' : numberWord(count);
  const text = `${start} boostdagar är ${count < 2 ? 'planerad' : 'planerade'}.`;
  const lacking = listParts(missingFactors.map((factor) => factorNames[factor]));
  return { text, lacking, days: byNumber(missingFactors.length, 'en dag', 'var sin dag') };
}

/** The same for a year that has been, and for a county board without such a programme. */
function held(count: number, past: boolean): Sentence {
  const verb = past ? 'hölls' : byNumber(count, 'är planerat', 'är planerade');
  return { text: `${numberWord(count, ['Inga', 'Ett'])} evenemang ${verb}.`, lacking: [], days: '' };
}

/** A dashed card for each factor without a day, and for each day that is still too few. */
function missingCards({ missingFactors, missingDays }: Year): { heading: string; href: string }[] {
  const start = `${paths.newEvent()}?kind=boostdag`;
  const factors = missingFactors.map((factor) => ({
    heading: factorNames[factor],
    href: `${start}&factors=${factor}`,
  }));
  const tooFew = Math.max(0, missingDays - factors.length);
  return [...factors, ...Array(tooFew).fill({ heading: 'En boostdag till', href: start })];
}
