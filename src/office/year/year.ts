import type { Request, Response } from 'express';
import type { DateTime } from 'luxon';
import type { Initiative } from '../../authorities/authority.ts';
import { calendarDay, inStockholm, isoDay, yearOf } from '../../base/dates.ts';
import { paths } from '../../base/paths.ts';
import { currentYear, eventsOfYear, hasExampleEvents } from '../../events/authority-events.ts';
import { type Event, factorNames } from '../../events/event.ts';
import { initiativeIn, planBy, type Year, yearOfInitiative } from '../../events/year.ts';
import { listKeptForms } from '../../organisers/kept-form.ts';
import { turnoutOf } from '../../statistics/turnout.ts';
import { byNumber, listParts, numberWord } from '../../texts/grammar.ts';
import { sendPage } from '../../web/pages.ts';
import { ownBoard } from '../parts/guard.ts';
import { asked, askedPage, withQuery } from '../parts/query-string.ts';
import { cardOf } from './cards.ts';
import type { Task } from './task.ts';
import { todoOf } from './tasks.ts';

/** The year's programme: what is planned, open, full, due and missing. */
export async function showYear(req: Request, res: Response): Promise<void> {
  const board = ownBoard(res);
  const { now } = res.locals.context;
  const thisYear = yearOf(now);
  const current = await currentYear(board._id, now);
  const year = /^20\d\d$/.test(String(req.query.ar)) ? Number(req.query.ar) : current;
  const events = await eventsOfYear(board._id, year);
  const pages = Math.max(1, Math.ceil(events.length / pageSize));
  const page = 'page' in req.query ? askedPage(req) : pageOfNext(events, now);
  const shown = events.slice((page - 1) * pageSize, page * pageSize);
  const turnout = await turnoutOf(shown, board, now);
  const initiative = year >= thisYear ? initiativeIn(board, year) : undefined;
  const standing = initiative && yearOfInitiative(events, initiative, now);
  const isLate = isoDay(now) > planBy(year);
  sendPage(res, 'office/year/year', {
    title: `Året ${year}`,
    current: 'year',
    year,
    isPast: year < thisYear,
    planned: req.query.klart === 'planerat' ? Number(asked(req, 'antal')) : 0,
    sentence: initiative && standing ? planned(standing, initiative) : held(events.length, year < thisYear),
    initiative: standing && initiativeAnswer(standing, isLate ? undefined : planBy(year)),
    initiativeName: initiative?.name,
    missing: standing && !isLate ? missingCards(standing) : [],
    cards: shown.map((event) => cardOf(event, turnout(event._id), board, now)),
    ...{ page, pages },
    pageLink: (number: number) => withQuery(paths.office(), { ar: year, page: number }),
    todo: year === current ? mostUrgent(await todoOf(board, res.locals.context)) : undefined,
    hasKeptForms: (await listKeptForms(res.locals.organiser?.id ?? '', now)).length > 0,
    hasExample: await hasExampleEvents(board._id),
  });
}

/** So many events have their cards on one page: more than any county board has had in a year. */
const pageSize = 48;

/** The page with the next event, so that the year opens where it has come to; the first one where nothing is to come. */
function pageOfNext(events: Event[], now: Date): number {
  const next = events.findIndex(({ end }) => end > now);
  return Math.floor(Math.max(0, next) / pageSize) + 1;
}

/** So many things to do stand on the page, the most urgent ones; `all`: how many there are. */
const mostTasks = 40;

function mostUrgent(tasks: Task[]): { tasks: Task[]; all: number } {
  return { tasks: tasks.slice(0, mostTasks), all: tasks.length };
}

type Sentence = { text: string; lacking: ReturnType<typeof listParts>; days: string };

/** The year in one sentence, and the protective factors that lack a day. */
function planned({ held, planned, missingFactors }: Year, { daysAYear }: Initiative): Sentence {
  const count = held.length + planned.length;
  const aim = numberWord(daysAYear).toLowerCase();
  const start =
    count < daysAYear
      ? `${numberWord(count)} av ${aim}`
      : count === daysAYear
        ? `Alla ${aim}`
        : numberWord(count);
  const verb =
    count > 0 && planned.length === 0
      ? byNumber(count, 'hållen', 'hållna')
      : count < 2
        ? 'planerad'
        : 'planerade';
  const text = `${start} boostdagar är ${held.length > 0 && planned.length > 0 ? 'hållna eller planerade' : verb}.`;
  const lacking = listParts(missingFactors.map((factor) => factorNames[factor]));
  return { text, lacking, days: byNumber(missingFactors.length, 'en dag', 'var sin dag') };
}

/** The answer in one look: how many days are held, planned and missing and by when, and which factors have a day. */
function initiativeAnswer({ held, planned, coverage, missingDays }: Year, latest: string | undefined) {
  const day = (date: DateTime) => date.setLocale('sv').toFormat('d MMMM');
  const by = latest ? `saknas, planera senast ${day(calendarDay(latest))}` : 'saknas';
  return {
    figures: [
      { number: held.length, text: byNumber(held.length, 'hållen', 'hållna') },
      { number: planned.length, text: byNumber(planned.length, 'planerad', 'planerade') },
      { number: missingDays, text: missingDays > 0 ? by : 'saknas' },
    ],
    factors: coverage.map(({ factor, days }) => ({
      name: factorNames[factor],
      days: days.map(({ start }) => day(inStockholm(start))).join(', '),
    })),
  };
}

/** The same for a year that has been, and for a county board without such a programme. */
function held(count: number, past: boolean): Sentence {
  const verb = past ? 'hölls' : byNumber(count, 'är planerat', 'är planerade');
  return { text: `${numberWord(count, ['Inga', 'Ett'])} evenemang ${verb}.`, lacking: [], days: '' };
}

/** `dates`: proposals of days for it. */
type MissingCard = { heading: string; href: string; dates: string };

/** A dashed card for each factor without a day, and for each day that is still too few. */
function missingCards({ missingFactors, missingDays }: Year): MissingCard[] {
  const kind = 'boostdag';
  const card = (heading: string, about: { kind: string; factors?: string }) => ({
    heading,
    href: withQuery(paths.newEvent(), about),
    dates: withQuery(paths.dateProposals(), about),
  });
  const factors = missingFactors.map((factor) => card(factorNames[factor], { kind, factors: factor }));
  const tooFew = Math.max(0, missingDays - factors.length);
  return [...factors, ...Array(tooFew).fill(card('En boostdag till', { kind }))];
}
