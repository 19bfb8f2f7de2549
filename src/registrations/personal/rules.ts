import { type Mode, modes } from '../../events/event.ts';
import type { Situation } from '../../events/situation.ts';
import type { Registration } from '../registration.ts';

/** True for somebody who still waits when the list has closed, which the worker tells them before long. */
export function missedOut({ status }: Registration, { isListOpen }: Situation): boolean {
  return status === 'waiting' && !isListOpen;
}

/** People can cancel, or leave the waiting list, until the last moment for it. */
export function mayCancel(registration: Registration, situation: Situation): boolean {
  const isOver = registration.status === 'cancelled' || missedOut(registration, situation);
  return !isOver && situation.isCancellable;
}

/** The modes in which somebody who cancelled wanted to attend, as far as they are still offered. */
export function modesBack({ waitsFor, mode }: Registration, { offered }: Situation): Mode[] {
  const wanted = waitsFor.filter((one) => offered.includes(one));
  return wanted.length > 0 ? wanted : [mode];
}

/** The modes that are offered, and that of somebody who has kept a seat in one that is not offered any more. */
export function modesOfSeated(mine: Mode, { offered }: Situation): Mode[] {
  return modes.filter((mode) => mode === mine || offered.includes(mode));
}
