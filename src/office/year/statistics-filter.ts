import type { Request } from 'express';
import type { Authority } from '../../authorities/authority.ts';
import { otherMunicipality, roles } from '../../authorities/roles.ts';
import { midnightAfter, stockholmInstant, yearOf } from '../../base/dates.ts';
import { factorNames, factors, kindNames, kinds, modes } from '../../events/event.ts';
import { type QuestionName, questions } from '../../registrations/questions.ts';
import { type Selection, yearsWithEvents } from '../../statistics/selection.ts';
import { asked, askedDay, askedOneOf } from '../parts/query-string.ts';

/** What the address asks for, as its form says it and as statistics read it, and the years that can be asked for. */
export type AskedSelection = {
  selection: Selection;
  answers: Record<string, string | undefined>;
  years: number[];
};

/**
 * The newest year with something to tell, unless the address says otherwise; an empty `year` is all years. The days `from`
 * and `to`, both included, take the place of the year. What cannot be asked for is left out.
 */
export async function selectionIn(req: Request, board: Authority, now: Date): Promise<AskedSelection> {
  const years = await yearsWithEvents(board, now);
  const from = stockholmInstant(askedDay(req, 'from') ?? '', '00:00');
  const before = midnightAfter(askedDay(req, 'to') ?? '');
  const codes = [...board.municipalities.map(({ code }) => code), otherMunicipality];
  const exact = {
    kind: askedOneOf(req, 'kind', kinds),
    factor: askedOneOf(req, 'factor', factors),
    municipality: askedOneOf(req, 'municipality', codes),
    role: askedOneOf(req, 'role', roles),
    mode: askedOneOf(req, 'mode', modes),
  };
  const year = from || before || req.query.year === '' ? undefined : (yearIn(req) ?? years[0] ?? yearOf(now));
  const days = { from: from && askedDay(req, 'from'), to: before && askedDay(req, 'to') };
  return {
    selection: { year, from, before, ...exact },
    answers: { year: String(year ?? ''), ...days, ...exact },
    years,
  };
}

function yearIn(req: Request): number | undefined {
  const year = Number(asked(req, 'year'));
  return Number.isInteger(year) && year >= 2000 && year < 2200 ? year : undefined;
}

/** The questions of the sign-up form whose answers narrow the statistics. */
const narrowing: QuestionName[] = ['municipality', 'role', 'mode'];

/** What the form of the filter asks. */
export function selectionChoices({ municipalities }: Authority, years: number[]) {
  const offer = { municipalities, modes: [...modes] };
  const choice = (name: string, label: string, names: Record<string, string>) => ({
    ...{ name, label, prompt: 'Alla' },
    options: Object.entries(names).map(([value, label]) => ({ value, label })),
  });
  const asYears = years.map((year) => ({ value: String(year), label: String(year) }));
  return [
    { name: 'year', label: 'År', options: [...asYears, { value: '', label: 'Alla år' }] },
    choice('kind', 'Typ', kindNames),
    choice('factor', 'Skyddsfaktor', factorNames),
    ...questions
      .filter(({ name }) => narrowing.includes(name))
      .map(({ name, office, choices }) => ({
        ...{ name, label: office, prompt: 'Alla' },
        options: choices?.(offer) ?? [],
      })),
  ];
}
