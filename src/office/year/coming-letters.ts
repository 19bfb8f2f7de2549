import { paths } from '../../base/paths.ts';
import type { Event } from '../../events/event.ts';
import { countPlanReceivers } from '../../letters/plan/receivers.ts';
import { scheduleOf } from '../../letters/plan/schedule.ts';
import { people } from '../../texts/grammar.ts';
import { dayOf, type Task } from './task.ts';

/** How long before a letter by plan goes by itself the organisers are told, so that there is time to look at it. */
const ahead = 14 * 24 * 3600_000;

/** The letters that will go by themselves before long, and to how many as it stands now. */
export async function comingLetters(events: Event[], now: Date): Promise<Task[]> {
  const coming = events
    .filter(({ state }) => state === 'published')
    .flatMap((event) => scheduleOf(event).map((planned) => ({ event, planned })))
    .filter(
      ({ event, planned }) => planned.dueAt > now && +planned.dueAt - +now < ahead && !planned.lacks?.(event),
    );
  const counted = await Promise.all(
    coming.map(async (one) => ({ ...one, number: await countPlanReceivers(one.event, one.planned, now) })),
  );
  return counted
    .filter(({ number }) => number > 0)
    .map(({ event, planned, number }) => ({
      at: planned.dueAt,
      when: dayOf(planned.dueAt),
      what: `”${planned.name}” går av sig själv till ${people(number)}: ”${event.title}”`,
      link: { text: 'Se mejlet', href: paths.whatTheyGet(event._id) },
    }));
}
