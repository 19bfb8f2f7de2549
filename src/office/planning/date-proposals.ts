import type { Request, Response } from 'express';
import { calendarDay, isoDay } from '../../base/dates.ts';
import { paths } from '../../base/paths.ts';
import { type DateProposal, proposeDays } from '../../events/proposals/propose.ts';
import { capital } from '../../texts/grammar.ts';
import type { Errors } from '../../web/forms.ts';
import { sendPage } from '../../web/pages.ts';
import { ownBoard } from '../parts/guard.ts';
import { asked, withQuery } from '../parts/query-string.ts';
import { circumstancesOf, type Span } from './circumstances.ts';

/** How many months ahead the page begins: invitations need about six weeks. */
const monthsAhead = 2;

/** A span is at most so many days, and so many of its days are shown. */
const longestSpan = 366;
const mostShown = 60;

/** The hours that an event can be said to last, beside those that the address names. */
const lengths = [
  { value: '3', label: 'En förmiddag (3 timmar)' },
  { value: '7', label: 'En hel dag (7 timmar)' },
];

/**
 * The days of a month (`fran=2027-05`) or of a span (`fran`, `till`), those that fit best first, for an event of so many
 * hours (`langd`). What else the address says of the event (`kind`, `factors`) goes on to its form.
 */
export async function showDateProposals(req: Request, res: Response): Promise<void> {
  const today = isoDay(res.locals.now);
  const hours = hoursIn(req);
  const { span, values, errors } = spanIn(req, today);
  const proposals = Object.keys(errors).length > 0 ? [] : await proposalsFor(res, span, hours);
  const error = Object.keys(errors).length > 0;
  const page = {
    title: 'Förslag på datum',
    current: 'year',
    values: { ...values, langd: String(hours) },
    errors,
    error,
    lengths: lengths.some(({ value }) => value === String(hours))
      ? lengths
      : [...lengths, { value: String(hours), label: `${hours} timmar` }],
    carried: carried(req),
    rows: proposals.slice(0, mostShown).map((one) => rowOf(one, hours, carried(req))),
    total: proposals.length,
    months: error ? [] : monthsBeside(span, hours, carried(req)),
    withoutBreaks: !ownBoard(res).schoolBreaks?.length,
  };
  sendPage(res, 'office/planning/date-proposals', page, error ? 422 : 200);
}

async function proposalsFor(res: Response, span: Span, hours: number): Promise<DateProposal[]> {
  return proposeDays(span, { ...(await circumstancesOf(res, span)), hours });
}

function hoursIn(req: Request): number {
  const hours = Number(asked(req, 'langd'));
  return Number.isInteger(hours) && hours >= 1 && hours <= 10 ? hours : 3;
}

/** The span that is asked for, with what is wrong with it. Without a last day it is the rest of the first day's month. */
function spanIn(req: Request, today: string): { span: Span; values: Record<string, string>; errors: Errors } {
  const usual = calendarDay(today).plus({ months: monthsAhead }).toFormat('yyyy-MM');
  const first = asked(req, 'fran') ?? usual;
  const from = /^\d{4}-\d\d$/.test(first) ? `${first}-01` : first;
  const till = asked(req, 'till') ?? calendarDay(from).endOf('month').toISODate() ?? '';
  const span = { from, till };
  return { span, values: { fran: from, till }, errors: errorsOf(span) };
}

function errorsOf({ from, till }: Span): Errors {
  const example = 'till exempel 2027-05-01';
  if (!isDay(from)) return { fran: `Skriv den första dagen med år, månad och dag, ${example}` };
  if (!isDay(till)) return { till: `Skriv den sista dagen med år, månad och dag, ${example}` };
  if (till < from) return { till: 'Sista dagen är före den första. Välj en senare dag' };
  const isLong = calendarDay(till).diff(calendarDay(from), 'days').days > longestSpan;
  return isLong ? { till: 'Välj högst ett år i taget' } : {};
}

function isDay(text: string): boolean {
  return /^20\d\d-\d\d-\d\d$/.test(text) && calendarDay(text).isValid;
}

type Carried = { kind?: string | undefined; factors?: string | undefined };

function carried(req: Request): Carried {
  return { kind: asked(req, 'kind'), factors: asked(req, 'factors') };
}

/** A day as its row shows it, with the link to the form of a new event. */
function rowOf({ day, reasons, weight }: DateProposal, hours: number, carried: Carried) {
  const date = calendarDay(day).setLocale('sv');
  const end = `${String(9 + hours).padStart(2, '0')}:00`;
  return {
    when: capital(date.toFormat('cccc d MMMM yyyy')),
    week: date.weekNumber,
    verdict: verdictOf(
      weight,
      reasons.some((reason) => reason.weight > 0),
    ),
    text: capital(reasons.map(({ text }) => text).join('; ')),
    href: withQuery(paths.newEvent(), { ...carried, date: day, start: '09:00', end }),
  };
}

function verdictOf(weight: number, isWarned: boolean) {
  if (weight >= 40) return { text: 'Välj hellre en annan', color: 'danger' };
  if (isWarned) return { text: 'Går, men tänk på', color: 'warning' };
  return { text: 'Passar', color: 'success' };
}

/** The months before and after the one that the span begins in. */
function monthsBeside({ from }: Span, hours: number, carried: Carried) {
  return [-1, 1].map((months) => {
    const month = calendarDay(from).plus({ months }).setLocale('sv');
    const fran = month.toFormat('yyyy-MM');
    return {
      text: month.toFormat('MMMM yyyy'),
      href: withQuery(paths.dateProposals(), { fran, langd: hours, ...carried }),
    };
  });
}
