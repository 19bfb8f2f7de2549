import { paths } from '../../base/paths.ts';
import type { Event } from '../../events/event.ts';
import { type BurstGroup, openBursts } from '../../registrations/bursts/groups.ts';
import { datesIn } from '../../texts/dates.ts';
import { people } from '../../texts/grammar.ts';
import { withQuery } from './query-string.ts';

/** A burst of sign-ups in words, with the list of those who belong to it. */
export type BurstNotice = { text: string; href: string };

/** What the pages of an event say while people of a burst are registered for it. */
export async function burstNotices(event: Event): Promise<BurstNotice[]> {
  const bursts = await openBursts([event._id]);
  return bursts.map((burst) => ({ text: `${burstWords(burst)}.`, href: burstLink(burst) }));
}

/** "23 personer anmälde sig från samma nätverk 2027-01-11 12.00–12.07" */
export function burstWords({ people: number, isNetwork, ...span }: Omit<BurstGroup, 'key'>): string {
  return `${people(number)} anmälde sig ${isNetwork ? 'från samma nätverk ' : ''}${spanOf(span)}`;
}

/** The list of those who belong to a burst and are registered, or wait. */
export function burstLink({ key, event }: Pick<BurstGroup, 'key'> & { event: Event['_id'] }): string {
  return withQuery(paths.participants(event), { group: key, status: '' });
}

/** From the first minute to the last; the day is said once. */
export function spanOf({ from, to }: Pick<BurstGroup, 'from' | 'to'>): string {
  const { stamp } = datesIn('sv');
  const [start, end] = [stamp(from), stamp(to)];
  if (start === end) return start;
  const [day = '', time = ''] = end.split(' ');
  return `${start}–${start.startsWith(day) ? time : end}`;
}
