import type { Event, Mode } from './event.ts';
import {
  cancellationsEnd,
  changesEnd,
  hasSeat,
  isCancellable,
  isChangeable,
  offeredModes,
  type Status,
  signUpEnd,
  statusOf,
  waitingListEnd,
  waitingListModes,
} from './rules.ts';

/** What of an event its situation depends on. */
type Situated = Pick<
  Event,
  | 'state'
  | 'start'
  | 'end'
  | 'opensAt'
  | 'closesAt'
  | 'changeUntil'
  | 'cancelUntil'
  | 'seats'
  | 'taken'
  | 'waiting'
  | 'queueHours'
>;

/** How an event stands at one moment. A request works it out once and hands it to everything that asks. */
export type Situation<E extends Situated = Event> = {
  event: E;
  now: Date;
  status: Status;
  offered: Mode[];
  /** The modes that have a seat. */
  free: Mode[];
  /** The modes that are full and whose waiting list has not closed. */
  waitable: Mode[];
  /** Those of them whose list visitors can join, since sign-up is open. */
  joinable: Mode[];
  isListOpen: boolean;
  isChangeable: boolean;
  isCancellable: boolean;
  signUpEnd: Date;
  waitingListEnd: Date;
  changesEnd: Date;
  cancellationsEnd: Date;
};

/** Works out how an event stands at a moment. */
export function situationOf<E extends Situated>(event: E, now: Date): Situation<E> {
  const status = statusOf(event, now);
  const offered = offeredModes(event);
  const waitable = waitingListModes(event, now);
  return {
    ...{ event, now, status, offered, waitable },
    free: offered.filter((mode) => hasSeat(event, mode)),
    joinable: status === 'open' || status === 'full' ? waitable : [],
    isListOpen: now < waitingListEnd(event),
    isChangeable: isChangeable(event, now),
    isCancellable: isCancellable(event, now),
    signUpEnd: signUpEnd(event),
    waitingListEnd: waitingListEnd(event),
    changesEnd: changesEnd(event),
    cancellationsEnd: cancellationsEnd(event),
  };
}

/** The mode that is full while one can sign up for the other. */
export function fullMode({
  status,
  offered,
  free,
}: Pick<Situation, 'status' | 'offered' | 'free'>): Mode | undefined {
  return status === 'open' ? offered.find((mode) => !free.includes(mode)) : undefined;
}
