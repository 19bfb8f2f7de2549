import type { Request } from 'express';
import type { Event, Mode } from '../../events/event.ts';
import { seatsLeft } from '../../events/rules.ts';
import type { Situation } from '../../events/situation.ts';
import { linkFor, linkWords } from '../../letters/writing/phrases.ts';
import type { WaitingPosition } from '../../registrations/letter-facts.ts';
import { modesOfSeated } from '../../registrations/personal/rules.ts';
import type { Choice } from '../../registrations/question-kinds.ts';
import type { Words } from '../../texts/texts.ts';

/** What a form asks of how somebody would attend. */
export type ModeChoice = {
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
export function waysToSignUp(situation: Situation, t: Words): ModeChoice {
  const { event, offered, free, waitable: wait } = situation;
  const ways = offered.filter((mode) => free.includes(mode) || wait.includes(mode));
  const together = free.length === 0 && wait.length > 1;
  const choiceOf = (mode: Mode) =>
    wait.includes(mode) ? queueChoice(event, mode, t, !together) : seatChoice(event, mode, t);
  const [only = '', ...more] = ways;
  return {
    ways: asked(situation, ways.map(choiceOf)),
    together,
    waysHelp: together ? t('falt.deltagande.ko.bada') : goneWords(situation, ways, t),
    preset: more.length === 0 ? { mode: only } : {},
    wait,
    queueOnly: free.length === 0 && wait.length > 0,
  };
}

/** The ways that somebody with a seat can change to: their own, and those with a seat. */
export function waysToMoveTo(situation: Situation, mine: Mode, t: Words): ModeChoice {
  const { event, free } = situation;
  const possible = modesOfSeated(mine, situation);
  const ways = possible.filter((mode) => mode === mine || free.includes(mode));
  const choices = ways.map((mode) =>
    mode === mine ? ownChoice(event, mode, t) : seatChoice(event, mode, t),
  );
  return {
    ways: possible.length > 1 ? choices : [],
    waysHelp: goneWords(situation, ways, t),
    ...{ together: false, preset: {}, wait: [], queueOnly: false },
  };
}

/** The ways that somebody who waits can wait for, or have at once; once the list is closed, those they wait for. */
export function waysToWaitFor(situation: Situation, positions: WaitingPosition[], t: Words): ModeChoice {
  const { event, offered, free, isListOpen } = situation;
  const positionIn = (mode: Mode) => positions.find((one) => one.mode === mode);
  const ways = offered.filter((mode) => isListOpen || positionIn(mode));
  const choiceOf = (mode: Mode): Choice<Mode> => {
    const mine = positionIn(mode);
    const satt = t(`falt.deltagande.${mode}`);
    if (mine) return { value: mode, label: t('falt.deltagande.ko.min', { satt, nummer: mine.number }) };
    if (!free.includes(mode)) return queueChoice(event, mode, t);
    return { value: mode, label: satt, help: t('falt.deltagande.ko.ledig') };
  };
  const together = ways.length > 1;
  return {
    ways: asked(situation, ways.map(choiceOf)),
    together,
    waysHelp: together ? t('falt.deltagande.ko.bada') : '',
    ...{ preset: {}, wait: [], queueOnly: false },
  };
}

/** The ways that a form was shown as full, with their waiting lists (hidden `wait`). */
export function waitIn(req: { body?: Request['body'] }): string[] {
  return [req.body?.wait ?? []].flat();
}

/** Where the event has one way nobody is asked. */
function asked({ offered }: Situation, choices: Choice<Mode>[]): Choice<Mode>[] {
  return offered.length > 1 ? choices : [];
}

function seatChoice(event: Event, mode: Mode, t: Words): Choice<Mode> {
  const antal = seatsLeft(event, mode);
  const { help: link = '', ...choice } = ownChoice(event, mode, t);
  const seats = antal === undefined ? '' : `${t('evenemang.platserkvar', { antal })}.`;
  return { ...choice, help: [seats, link].filter(Boolean).join(' ') || undefined };
}

/** A way in which somebody has a seat: how many are left is nothing to them. */
function ownChoice(event: Event, mode: Mode, t: Words): Choice<Mode> {
  const help = mode === 'digitalt' ? linkWords(linkFor(event), t) : undefined;
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

function goneWords({ offered }: Situation, ways: Mode[], t: Words): string {
  const gone = offered.filter((mode) => !ways.includes(mode));
  return gone.map((mode) => t(`anmalan.fullt.${mode}`)).join(' ');
}
