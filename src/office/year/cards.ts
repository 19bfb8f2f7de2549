import type { Authority } from '../../authorities/authority.ts';
import { inStockholm } from '../../base/dates.ts';
import { paths } from '../../base/paths.ts';
import { type Event, factorNames, kindNames, modeNames, modes } from '../../events/event.ts';
import { hindrances } from '../../events/planning/publish-check.ts';
import { offeredModes, statusOf } from '../../events/rules.ts';
import type { Turnout } from '../../statistics/turnout.ts';
import { capital, counted, listed } from '../../texts/grammar.ts';
import { type State, stateOf } from '../parts/event-state.ts';

/** An event on the year's page. */
type Card = {
  when: string;
  title: string;
  href: string;
  isBoostDay: boolean;
  tags: State[];
  text: string;
  /** How full it is, where its seats are limited. */
  bar: { value: number; max: number } | undefined;
};

/** What the year's page says of one event: its day, its state and the figures that matter now. */
export function cardOf(event: Event, turnout: Turnout, board: Authority, now: Date): Card {
  const day = inStockholm(event.start).setLocale('sv').toFormat('cccc d MMMM');
  const ways = offeredModes(event).map((mode) => modeNames[mode].toLowerCase());
  const subjects = event.factors.map((factor) => ({ text: factorNames[factor], color: 'info' as const }));
  const kind = { text: kindNames[event.kind], color: 'neutral' as const };
  return {
    when: [capital(day), listed(ways)].filter(Boolean).join(' · '),
    title: event.title,
    href: paths.officeEvent(event._id),
    isBoostDay: event.kind === 'boostdag',
    tags: [stateOf(event, now), kind, ...subjects],
    text: figures(event, turnout, board, now),
    bar: isFilling(event, now) ? fullness(event) : undefined,
  };
}

function figures(event: Event, turnout: Turnout, board: Authority, now: Date): string {
  const status = statusOf(event, now);
  if (event.state === 'recorded') return recorded(turnout, board);
  if (status === 'cancelled') return event.cancelReason;
  if (status === 'draft') {
    const matters = hindrances(event, now).map((one) => one.matter);
    return matters.length > 0 ? `Saknas: ${matters.join(', ')}` : 'Klart att publicera';
  }
  if (status === 'past' && turnout.unmarked < turnout.registered)
    return `${turnout.present} av ${turnout.registered} anmälda kom`;
  if (status === 'upcoming' && turnout.registered === 0) return 'Ingen är anmäld än';
  const queue = turnout.waiting > 0 ? `, ${turnout.waiting} på väntelistan` : '';
  return `${seats(event, turnout)}${queue} · ${reached(turnout, board)} av ${board.municipalities.length} kommuner`;
}

/** Of an event that was recorded afterwards, only who came is known. */
function recorded(turnout: Turnout, board: Authority): string {
  if (turnout.present === 0) return 'Inga antal är inmatade';
  return `${counted(turnout.present, 'deltagare', 'deltagare')} från ${reached(turnout, board)} av ${board.municipalities.length} kommuner`;
}

/** "82 av 120 platser", or "40 av 40 på plats, 42 digitalt", or "82 anmälda" where nothing is limited. */
function seats(event: Event, turnout: Turnout): string {
  const offered = offeredModes(event);
  const [only] = offered;
  if (offered.every((mode) => event.seats[mode] === null))
    return counted(turnout.registered, 'anmäld', 'anmälda');
  if (only && offered.length === 1)
    return `${event.taken[only]} av ${counted(event.seats[only] ?? 0, 'plats', 'platser')}`;
  return offered
    .map(
      (mode) =>
        `${event.taken[mode]}${event.seats[mode] === null ? '' : ` av ${event.seats[mode]}`} ${modeNames[mode].toLowerCase()}`,
    )
    .join(', ');
}

/** From how many of the county's own municipalities somebody is registered or came. */
function reached(turnout: Turnout, board: Authority): number {
  return board.municipalities.filter(({ code }) => turnout.municipalities.includes(code)).length;
}

function fullness(event: Event): Card['bar'] {
  const limited = modes.filter((mode) => event.seats[mode]);
  if (limited.length === 0) return undefined;
  const sum = (count: (mode: (typeof modes)[number]) => number) =>
    limited.reduce((total, mode) => total + count(mode), 0);
  return { value: sum((mode) => event.taken[mode]), max: sum((mode) => event.seats[mode] ?? 0) };
}

function isFilling(event: Event, now: Date): boolean {
  return ['open', 'full', 'closed'].includes(statusOf(event, now));
}
