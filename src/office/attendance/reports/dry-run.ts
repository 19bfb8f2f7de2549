import { type Authority, municipalityName } from '../../../authorities/authority.ts';
import { municipalityChoices } from '../../../authorities/municipalities.ts';
import { roleNames, roles } from '../../../authorities/roles.ts';
import type { Event } from '../../../events/event.ts';
import { outcomesOf } from '../../../meeting-reports/outcomes.ts';
import { missingIn, peopleIn } from '../../../meeting-reports/people.ts';
import { isRoom } from '../../../meeting-reports/reading/names.ts';
import {
  type MeetingReport,
  minutesOf,
  type ReportedMark,
  type ReportRow,
} from '../../../meeting-reports/report.ts';
import type { Registration } from '../../../registrations/registration.ts';
import { askedRows, type DecisionAnswers } from './decisions-form.ts';
import { warningsFor } from './warnings.ts';

/** So many of those who are recognised, and of those who are missing, stand in the page's lists. */
const mostShown = 500;

/** Everything that the page of a draft shows. @param answers what was typed, if it comes back with errors */
export async function dryRunOf(
  event: Event,
  report: MeetingReport,
  board: Authority,
  answers?: DecisionAnswers,
) {
  const outcomes = await outcomesOf(event, report);
  const [people, missing, warnings] = await Promise.all([
    peopleIn(report, outcomes),
    missingIn(event, report, outcomes),
    warningsFor(event, report),
  ]);
  const { unsure, unknown } = askedRows(report);
  const known = outcomes.flatMap((outcome) => {
    const person = people.get(String(outcome.registration));
    return person
      ? [
          {
            person,
            minutes: minutesOf(outcome),
            total: minutesOf({ seconds: outcome.total }),
            ...whatHappens(outcome, person),
          },
        ]
      : [];
  });
  return {
    ...{ warnings, mostShown, missing },
    known: known.toSorted((a, b) => byName(a.person, b.person)),
    marked: known.filter(({ marks }) => marks).length,
    cancelled: known.filter(({ person }) => person.status === 'cancelled').length,
    unsure: unsure.map(({ row, index }) => ({
      ...accountOf(row, index),
      candidates: row.candidates
        .flatMap((id) => people.get(String(id)) ?? [])
        .map((one) => candidate(one, board)),
    })),
    unknown: unknown.map(({ row, index }) => ({
      ...accountOf(row, index),
      isRoom: isRoom(row.name) || row.people > 0,
    })),
    undecided: report.rows.filter((row) => row.by === 'name' && row.registration === null).length,
    places: municipalityChoices(board.municipalities),
    roles: roles.map((role) => ({ value: role, label: roleNames[role] })),
    values: answers?.values ?? valuesOf(report, people),
    errors: answers?.errors ?? {},
    municipalityName: (code: string) => municipalityName(board, code),
  };
}

type People = Map<string, Registration>;

function byName(a: Registration, b: Registration): number {
  return `${a.familyName} ${a.givenName}`.localeCompare(`${b.familyName} ${b.givenName}`, 'sv');
}

/** What saving does with somebody, in words. */
function whatHappens({ present }: ReportedMark, person: Registration): { marks: boolean; text: string } {
  if (person.status === 'cancelled') return { marks: false, text: 'Avbokad, markeras inte' };
  if (person.status === 'waiting') return { marks: false, text: 'På väntelistan, markeras inte' };
  if (!present) return { marks: false, text: 'För kort tid, markeras inte' };
  if (person.present) return { marks: false, text: 'Redan markerad' };
  const text =
    person.present === false ? 'Ändras från ”kom inte” till närvarande' : 'Markeras som närvarande';
  return { marks: true, text };
}

function accountOf(row: ReportRow, index: number) {
  const { name, email, meetingRole, joins } = row;
  return {
    index,
    name: name || (email ?? ''),
    email: name ? email : null,
    meetingRole,
    joins,
    minutes: minutesOf(row),
  };
}

function candidate(one: Registration, board: Authority) {
  const where = [municipalityName(board, one.municipality), one.organisation].filter(Boolean).join(', ');
  return { value: String(one._id), label: `${one.givenName} ${one.familyName}, ${where}` };
}

/** The form of a draft as it has been decided so far. */
function valuesOf({ rows, threshold, marksAbsent }: MeetingReport, people: People): Record<string, string> {
  const fields = rows.flatMap((row, index): [string, string][] => {
    const id = row.registration ? String(row.registration) : '';
    if (row.by === 'name') return [[`match-${index}`, id]];
    if (row.by === 'address') return [];
    return [
      [`address-${index}`, people.get(id)?.email ?? ''],
      [`people-${index}`, row.people > 0 ? String(row.people) : ''],
      [`municipality-${index}`, row.municipality],
      [`role-${index}`, row.role],
    ];
  });
  return { ...Object.fromEntries(fields), threshold: String(threshold), absent: marksAbsent ? 'ja' : '' };
}
