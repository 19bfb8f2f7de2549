import { paths } from '../../base/paths.ts';
import type { Event } from '../../events/event.ts';
import { countProposals, countUnanswered } from '../../speakers/engagements/invite.ts';
import { dayOf, type Task } from './task.ts';

/** What the speakers of events to come ask for: an answer that is missing, and texts that wait to be read. */
export async function speakerTasks(events: Event[], now: Date): Promise<Task[]> {
  const coming = events.filter(({ end }) => end > now);
  const ids = coming.map(({ _id }) => _id);
  const [unanswered, proposals] = [await countUnanswered(ids), await countProposals(ids)];
  return coming.flatMap((event) => [
    ...unansweredTask(event, unanswered.get(String(event._id)) ?? 0),
    ...proposalTask(event, proposals.get(String(event._id)) ?? 0, now),
  ]);
}

function unansweredTask({ _id, title, start }: Event, number: number): Task[] {
  const what = `${number} medverkande har inte svarat: ”${title}”`;
  const link = { text: 'Se vilka', href: paths.eventSpeakers(_id) };
  return number ? [{ at: start, when: `före ${dayOf(start)}`, what, link }] : [];
}

function proposalTask({ _id, title }: Event, number: number, now: Date): Task[] {
  const what = `${number} medverkande har skrivit något som väntar på ert ja: ”${title}”`;
  const link = { text: 'Läs', href: paths.eventSpeakers(_id) };
  return number ? [{ at: now, when: 'nu', what, link }] : [];
}
