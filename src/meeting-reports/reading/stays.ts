import type { WallTime } from './times.ts';

/** Somebody's time in a meeting: when they came and left, if that is known, and how long they were there in between. */
export type Stay = { from: WallTime | null; to: WallTime | null; seconds: number | null };

type TimedStay = { from: WallTime; to: WallTime; seconds: number };

/** Zoom rounds to whole minutes, so that a duration may be so many seconds beside the exact one. */
const rounding = 60;

/** The stay that one row tells of. Nobody was there for longer than from coming to leaving. */
export function stayOf(from: WallTime | null, to: WallTime | null, duration: number | null): Stay {
  if (from === null || to === null) return { from, to, seconds: duration };
  if (to < from) return { from, to: null, seconds: duration };
  const span = to - from;
  const isRounded = duration !== null && duration % 60 === 0 && Math.abs(duration - span) <= rounding;
  return { from, to, seconds: isRounded ? span : Math.min(duration ?? span, span) };
}

/**
 * Several stays of one person as one: those one after the other are added up, and those at the same time, from two
 * devices or two reports of the same meeting, count once.
 */
export function combined(stays: Stay[]): Stay {
  const timed = stays.filter(isTimed);
  const others = stays.filter((stay) => !isTimed(stay));
  const groups = overlapping(timed);
  const sum = groups.reduce((total, group) => total + secondsIn(group), 0);
  const known = [...(groups.length > 0 ? [sum] : []), ...others.flatMap(({ seconds }) => seconds ?? [])];
  return {
    from: extreme(
      stays.map(({ from }) => from),
      Math.min,
    ),
    to: extreme(
      stays.map(({ to }) => to),
      Math.max,
    ),
    seconds: extreme(known, Math.max),
  };
}

function isTimed(stay: Stay): stay is TimedStay {
  return stay.from !== null && stay.to !== null && stay.seconds !== null;
}

function overlapping(stays: TimedStay[]): TimedStay[][] {
  const groups: TimedStay[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const stay of stays.toSorted((a, b) => a.from - b.from)) {
    if (stay.from < end) groups.at(-1)?.push(stay);
    else groups.push([stay]);
    end = Math.max(end, stay.to);
  }
  return groups;
}

/** Stays without a break are there from the first to the last; of others only the longest is certain. */
function secondsIn(group: TimedStay[]): number {
  const isWhole = group.every(({ from, to, seconds }) => seconds === to - from);
  const ends = group.map(({ to }) => to);
  return isWhole
    ? Math.max(...ends) - (group[0]?.from ?? 0)
    : Math.max(...group.map(({ seconds }) => seconds));
}

function extreme(numbers: (number | null)[], choose: (...numbers: number[]) => number): number | null {
  const known = numbers.filter((number) => number !== null);
  return known.length > 0 ? known.reduce((one, other) => choose(one, other)) : null;
}
