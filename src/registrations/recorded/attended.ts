import type { Role } from '../../authorities/roles.ts';
import { type Event, type Mode, modes } from '../../events/event.ts';
import { Cells } from '../tallies/count.ts';
import { type StoredTally, stored, type Tally } from '../tallies/tally.ts';

/** How many of one municipality (SCB code, or `annan`) and role came to an event in one way. */
export type Attended = { municipality: string; role: Role; mode: Mode; number: number };

/** The tally of an event of which only these sums are known. */
export function tallyOf({ _id, authority }: Event, attended: Attended[]): StoredTally {
  const cells = new Cells();
  for (const { mode, number, ...place } of attended) cells.of(place).present[mode] += number;
  return stored({ _id, authority, cells: cells.all() });
}

/** The sums of such a tally: `tallyOf` backwards. */
export function attendedIn(tally: Tally | null): Attended[] {
  return (tally?.cells ?? []).flatMap(({ municipality, role, present }) =>
    modes
      .map((mode) => ({ municipality, role, mode, number: present[mode] }))
      .filter(({ number }) => number > 0),
  );
}

/** How many came in all. */
export function numberOf(attended: Attended[]): number {
  return attended.reduce((sum, { number }) => sum + number, 0);
}
