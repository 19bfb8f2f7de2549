import { type Authority, municipalityName } from '../../../authorities/authority.ts';
import { roleNames } from '../../../authorities/roles.ts';
import type { Event } from '../../../events/event.ts';
import { peopleIn } from '../../../meeting-reports/people.ts';
import { type MeetingReport, minutesOf, type ReportedMark } from '../../../meeting-reports/report.ts';
import type { Registration } from '../../../registrations/registration.ts';
import { listHeadcounts } from '../../../registrations/tallies/headcount.ts';

/** What a saved report has done: for each registration its minutes and its mark, and the people in rooms. */
export async function resultOf(event: Event, { _id, outcomes }: MeetingReport, board: Authority) {
  const [found, rooms] = await Promise.all([peopleIn({ rows: [] }, outcomes), listHeadcounts(event._id)]);
  const people = outcomes.map((outcome) => {
    const person = found.get(String(outcome.registration));
    const name = person ? `${person.familyName}, ${person.givenName}` : 'Borttagen anmälan';
    return { name, minutes: minutesOf(outcome), text: outcomeInWords(outcome, person) };
  });
  return {
    people: people.toSorted((a, b) => a.name.localeCompare(b.name, 'sv')),
    marked: outcomes.filter(({ present, before }) => present && before !== undefined).length,
    absent: outcomes.filter(({ present, before }) => !present && before !== undefined).length,
    rooms: rooms
      .filter(({ source }) => source.equals(_id))
      .map((room) => ({
        ...room,
        name: room.name || 'Konto utan namn',
        place: municipalityName(board, room.municipality),
        role: roleNames[room.role],
      })),
  };
}

function outcomeInWords({ present, before }: ReportedMark, person?: Registration): string {
  if (before !== undefined) return present ? 'Markerad som närvarande' : 'Markerad som ”kom inte”';
  if (!present) return 'För kort tid, markerades inte';
  return person?.status === 'confirmed' ? 'Var redan markerad' : 'Utan plats, markerades inte';
}
