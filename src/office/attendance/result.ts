import { type Authority, municipalityName } from '../../authorities/authority.ts';
import { roleNames } from '../../authorities/roles.ts';
import type { Event } from '../../events/event.ts';
import { type MeetingReport, minutesOf } from '../../meeting-reports/report.ts';
import { listHeadcounts } from '../../registrations/participants/headcount.ts';
import { namesOf } from '../../registrations/participants/participants.ts';

/** What a saved report has done: for each registration its minutes and its mark, and the people in rooms. */
export async function resultOf(event: Event, { _id, outcomes }: MeetingReport, board: Authority) {
  const [names, rooms] = await Promise.all([
    namesOf(outcomes.map(({ registration }) => registration)),
    listHeadcounts(event._id),
  ]);
  const people = outcomes.map((outcome) => ({
    name: names.get(String(outcome.registration)) ?? 'Borttagen anmälan',
    minutes: minutesOf(outcome),
    text: outcomeInWords(outcome),
  }));
  return {
    people: people.toSorted((a, b) => a.name.localeCompare(b.name, 'sv')),
    marked: outcomes.filter(({ present, before }) => present && before !== undefined).length,
    absent: outcomes.filter(({ present, before }) => !present && before !== undefined).length,
    rooms: rooms
      .filter(({ source }) => source.equals(_id))
      .map((room) => ({
        ...room,
        place: municipalityName(board, room.municipality),
        role: roleNames[room.role],
      })),
  };
}

function outcomeInWords({ present, before }: MeetingReport['outcomes'][number]): string {
  if (before === undefined)
    return present ? 'Var redan noterad, eller noteras inte' : 'För kort tid, noterades inte';
  return present ? 'Noterad som närvarande' : 'Noterad som ”kom inte”';
}
