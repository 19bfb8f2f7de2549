import { calendarDay } from '../../base/dates.ts';
import { factorNames, kindNames } from '../../events/event.ts';
import { datesIn } from '../../texts/dates.ts';
import { capital } from '../../texts/grammar.ts';
import type { YearRow } from './year-rows.ts';

/** A day to plan as its page shows it: what it is, what it was like the year before, and the days to choose from. */
export function shownRow({ key, title, kind, factors, like, hours, proposals }: YearRow) {
  const written = [hours.start, hours.end].map((time) => time.replace(':', '.').replace(/^0/, ''));
  const before = like && `Året innan: ${datesIn('sv').long(like.start)}`;
  return {
    ...{ key, title, kind: kindNames[kind], factors: factors.map((factor) => factorNames[factor]) },
    about: [before, `klockan ${written.join('–')}`].filter(Boolean).join(', '),
    options: proposals.map(({ day, reasons }) => ({
      value: day,
      label: dayWords(day),
      help: capital(reasons.map(({ text }) => text).join('; ')) || 'Passar',
    })),
  };
}

/** "Torsdag 11 februari, vecka 6" */
export function dayWords(day: string): string {
  const date = calendarDay(day).setLocale('sv');
  return `${capital(date.toFormat('cccc d MMMM'))}, vecka ${date.weekNumber}`;
}
