import { body, type ValidationChain } from 'express-validator';
import { type Mode, modeNames } from '../../events/event.ts';
import { offeredModes } from '../../events/rules.ts';
import { positionsOf } from '../../registrations/waiting-list/waiting-list.ts';
import type { Participant } from '../parts/guard.ts';

/** The ways that somebody who waits can choose between; nobody is asked where there is only one. */
export function wishable({ event, registration }: Participant): Mode[] {
  return [...new Set([...offeredModes(event), ...registration.waitsFor])];
}

/** The rules of the question which seats somebody waits for: at least one of these ways. */
export function wishesForm(ways: Mode[]): ValidationChain[] {
  if (ways.length < 2) return [];
  const isChosen = (typed: string[]) =>
    typed.length > 0 && typed.every((one) => ways.some((way) => way === one));
  return [
    body('waitsFor').customSanitizer(wishesIn).custom(isChosen).withMessage('Välj minst ett sätt att delta'),
  ];
}

/** The answers, also where a page has sent them on with commas between them. */
export function wishesIn(typed: unknown): string[] {
  return [typed ?? []].flat().join(',').split(',').filter(Boolean);
}

/** The ways that a valid form says (wishesForm has run); those from before come first, in their order. */
export function wishesBy(typed: unknown, place: Participant): Mode[] {
  const { waitsFor } = place.registration;
  const ways = wishable(place);
  if (ways.length < 2) return waitsFor;
  const chosen = ways.filter((way) => wishesIn(typed).includes(way));
  return [
    ...waitsFor.filter((way) => chosen.includes(way)),
    ...chosen.filter((way) => !waitsFor.includes(way)),
  ];
}

/** What the page tells and asks of somebody who waits: the places in the queues, and the ways to choose between. */
export async function waitingParts(place: Participant) {
  const ways = wishable(place);
  return {
    places: (await positionsOf(place.registration)).map(({ mode, number }) => ({
      way: modeNames[mode],
      number,
    })),
    ways: ways.length > 1 ? ways.map((value) => ({ value, label: modeNames[value] })) : [],
  };
}
