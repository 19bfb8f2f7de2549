import type { Request } from 'express';
import { type Event, type Mode, modes } from '../../events/event.ts';
import { hasSeat, offeredModes, seatsLeft, waitingListEnd, waitingListModes } from '../../events/rules.ts';
import type { WaitingPosition } from '../../registrations/letter-facts.ts';
import type { Choice } from '../../registrations/question-kinds.ts';
import type { Registration } from '../../registrations/registration.ts';
import type { Words } from '../../texts/texts.ts';

/** What a form asks of how somebody would attend. */
export type Ways = {
  /** Empty where the form does not ask. */
  ways: Choice<Mode>[];
  /** Several may be chosen. */
  together: boolean;
  waysHelp: string;
  preset: Record<string, string>;
  /** The ways that the form shows as full, with their waiting lists. */
  wait: Mode[];
  /** There is nothing but waiting lists to choose from. */
  queueOnly: boolean;
};

/** The ways that one can sign up for: with a seat, or else with an open waiting list. What is neither is told, not offered. */
export function waysToSignUp(event: Event, t: Words, now: Date): Ways {
  const wait = waitingListModes(event, now);
  const free = freeModes(event);
  const ways = offeredModes(event).filter((mode) => free.includes(mode) || wait.includes(mode));
  const together = free.length === 0 && wait.length > 1;
  const choiceOf = (mode: Mode) =>
    wait.includes(mode) ? queueChoice(event, mode, t, !together) : seatChoice(event, mode, t);
  const [only = '', ...more] = ways;
  return {
    ways: asked(event, ways.map(choiceOf)),
    together,
    waysHelp: together ? t('falt.deltagande.ko.bada') : goneWords(event, ways, t),
    preset: more.length === 0 ? { mode: only } : {},
    wait,
    queueOnly: free.length === 0 && wait.length > 0,
  };
}

/** The ways that somebody with a seat can change to: their own, and those with a seat. */
export function waysToMoveTo(event: Event, mine: Mode, t: Words): Ways {
  const possible = waysOfSeated(event, mine);
  const ways = possible.filter((mode) => mode === mine || hasSeat(event, mode));
  const choices = ways.map((mode) => (mode === mine ? ownChoice(mode, t) : seatChoice(event, mode, t)));
  return {
    ways: possible.length > 1 ? choices : [],
    waysHelp: goneWords(event, ways, t),
    ...{ together: false, preset: {}, wait: [], queueOnly: false },
  };
}

/** The ways that are offered, and that of somebody who has kept a seat in one that is not offered any more. */
export function waysOfSeated(event: Event, mine: Mode): Mode[] {
  return modes.filter((mode) => mode === mine || offeredModes(event).includes(mode));
}

/** The ways that somebody who waits can wait for, or have at once; once the list is closed, those they wait for. */
export function waysToWaitFor(
  event: Event,
  { waitsFor }: Registration,
  places: WaitingPosition[],
  t: Words,
  now: Date,
): Ways {
  const isOpen = now < waitingListEnd(event);
  const ways = offeredModes(event).filter((mode) => isOpen || waitsFor.includes(mode));
  const choiceOf = (mode: Mode): Choice<Mode> => {
    const mine = places.find((place) => place.mode === mode);
    const satt = t(`falt.deltagande.${mode}`);
    if (mine) return { value: mode, label: t('falt.deltagande.ko.min', { satt, nummer: mine.number }) };
    if (!hasSeat(event, mode)) return queueChoice(event, mode, t);
    return { value: mode, label: satt, help: t('falt.deltagande.ko.ledig') };
  };
  const together = ways.length > 1;
  return {
    ways: asked(event, ways.map(choiceOf)),
    together,
    waysHelp: together ? t('falt.deltagande.ko.bada') : '',
    ...{ preset: {}, wait: [], queueOnly: false },
  };
}

/** The ways that a form was shown as full, with their waiting lists (hidden `wait`). */
export function waitIn(req: { body?: Request['body'] }): string[] {
  return [req.body?.wait ?? []].flat();
}

/** Who chooses only ways that the form has shown as full wants to wait for them; only a waiting list is asked for in several. */
export function agreesToWait(req: { body?: Request['body'] }, ways: Mode[]): boolean {
  return ways.length > 1 || ways.every((mode) => waitIn(req).includes(mode));
}

/** The ways of attending in which there is a seat. */
export function freeModes(event: Event): Mode[] {
  return offeredModes(event).filter((mode) => hasSeat(event, mode));
}

/** Where the event has one way nobody is asked. */
function asked(event: Event, choices: Choice<Mode>[]): Choice<Mode>[] {
  return offeredModes(event).length > 1 ? choices : [];
}

function seatChoice(event: Event, mode: Mode, t: Words): Choice<Mode> {
  const antal = seatsLeft(event, mode);
  const { help: link = '', ...choice } = ownChoice(mode, t);
  const seats = antal === undefined ? '' : `${t('evenemang.platserkvar', { antal })}.`;
  return { ...choice, help: [seats, link].filter(Boolean).join(' ') || undefined };
}

/** A way in which somebody has a seat: how many are left is nothing to them. */
function ownChoice(mode: Mode, t: Words): Choice<Mode> {
  const help = mode === 'digitalt' ? t('falt.deltagande.digitalt.hjalp') : undefined;
  return { value: mode, label: t(`falt.deltagande.${mode}`), help };
}

function queueChoice(event: Event, mode: Mode, t: Words, explained = true): Choice<Mode> {
  const satt = t(`falt.deltagande.${mode}`);
  return {
    value: mode,
    label: t('falt.deltagande.ko', { satt, antal: event.waiting[mode] }),
    help: explained ? t('falt.deltagande.ko.hjalp') : undefined,
  };
}

function goneWords(event: Event, ways: Mode[], t: Words): string {
  const gone = offeredModes(event).filter((mode) => !ways.includes(mode));
  return gone.map((mode) => t(`anmalan.fullt.${mode}`)).join(' ');
}
