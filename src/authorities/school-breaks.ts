import { calendarDay } from '../base/dates.ts';
import { plain } from '../base/form/cleaning.ts';
import { readDay } from '../base/form/typed-dates.ts';
import { type Authority, type Municipality, type SchoolBreak, wholeCounty } from './authority.ts';

/** What the lines call the whole county. */
const wholeCountyName = 'Hela länet';

const mostLines = 500;

/**
 * The school breaks that pasted lines tell of, as "Linköping; sportlov; 2027-02-22; 2027-02-26", in the order of their
 * days. Empty lines count for nothing; instead of semicolons there may be tabs, as a spreadsheet copies them.
 * @returns also what is wrong with each wrong line, by its number from 1
 */
export function readBreaks(
  text: string,
  municipalities: Municipality[],
): { breaks: SchoolBreak[]; wrong: Map<number, string> } {
  const breaks: SchoolBreak[] = [];
  const wrong = new Map<number, string>();
  const lines = text.split(/\r\n?|\n/);
  if (lines.length > mostLines)
    return { breaks, wrong: new Map([[mostLines + 1, `Listan får ha högst ${mostLines} rader`]]) };
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const read = readLine(line, municipalities);
    if (typeof read === 'string') wrong.set(index + 1, read);
    else breaks.push(read);
  }
  return { breaks: breaks.toSorted((a, b) => a.from.localeCompare(b.from)), wrong };
}

/** The break of one line, or a sentence about what is wrong with it. */
function readLine(line: string, municipalities: Municipality[]): SchoolBreak | string {
  const parts = line.split(/[;\t]/).map((part) => part.trim());
  const [place = '', name = ''] = parts;
  const [from = '', to = ''] = parts.slice(2).map((day) => readDay(plain(day)));
  if (parts.length !== 4)
    return `”${short(line)}” ska ha fyra delar med semikolon emellan: kommun; lov; första dagen; sista dagen`;
  const municipality = codeOf(place, municipalities);
  if (!municipality)
    return `”${short(place)}” är ingen kommun i länet. Skriv kommunens namn, eller Hela länet`;
  if (name === '' || name.length > 40)
    return 'Lovet behöver ett namn på högst 40 tecken, till exempel sportlov';
  const strange = [from, to].find((day) => !/^\d{4}-\d\d-\d\d$/.test(day) || !calendarDay(day).isValid);
  if (strange !== undefined)
    return `”${short(strange)}” är ingen dag. Skriv år, månad och dag, till exempel 2027-02-22`;
  if (to < from) return `Sista dagen ${to} är före första dagen ${from}`;
  return { municipality, name, from, to };
}

function codeOf(place: string, municipalities: Municipality[]): string | undefined {
  const same = (name: string) => name.toLowerCase() === place.toLowerCase();
  if (same(wholeCountyName)) return wholeCounty;
  return municipalities.find(({ name, fullName }) => same(name) || same(fullName))?.code;
}

function short(text: string): string {
  return text.trim().length > 60 ? `${text.trim().slice(0, 60)}…` : text.trim();
}

/** The breaks as the lines that they are edited as. */
export function linesOf(board: Pick<Authority, 'municipalities' | 'schoolBreaks'>): string {
  const lines = (board.schoolBreaks ?? []).map((one) =>
    [placeOf(one, board), one.name, one.from, one.to].join('; '),
  );
  return lines.join('\n');
}

/** Where the break is: a municipality's name, or "Hela länet". */
export function placeOf({ municipality }: SchoolBreak, board: Pick<Authority, 'municipalities'>): string {
  return board.municipalities.find(({ code }) => code === municipality)?.name ?? wholeCountyName;
}

/** Lines to begin a list with: the weeks that most municipalities choose (8 and 44), for two years. To be checked by people. */
export function usualLines(year: number): string {
  const week = (year: number, weekNumber: number) => {
    const monday = calendarDay(`${year}-W${String(weekNumber).padStart(2, '0')}-1`);
    return `${monday.toISODate()}; ${monday.plus({ days: 4 }).toISODate()}`;
  };
  const ofYear = (year: number) => [
    `${wholeCountyName}; sportlov; ${week(year, 8)}`,
    `${wholeCountyName}; höstlov; ${week(year, 44)}`,
  ];
  return [...ofYear(year), ...ofYear(year + 1)].join('\n');
}
