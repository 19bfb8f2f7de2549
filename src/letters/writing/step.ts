import type { QueryFilter } from 'mongoose';
import { inStockholm } from '../../base/dates.ts';
import type { Event } from '../../events/event.ts';
import type { Letter } from '../../outbox/letter.ts';
import type { More } from '../../registrations/letter-facts.ts';
import type { Registration } from '../../registrations/registration.ts';

/** This hour, in Stockholm, of the day so many days after the one on which an event starts or ends. */
export type Moment = { from: 'start' | 'end'; days: number; hour: number };

/** One moment at which a letter goes by itself, to those with a seat whose address takes mail. */
export type Step = {
  /** Its key in the database: in what an event has chosen, on registrations, in letters. It never changes. */
  step: string;
  /** Its word in the event's form and in the keys of its letters, if that is another. It never changes either. */
  word?: string;
  /** What the office calls it, and says beside its box in the event's form. */
  name: string;
  help: string;
  /** An event that has chosen nothing has it. */
  usual?: true;
  due: Moment;
  /** When it is of no use any more; left out: when the event starts. */
  until?: Moment;
  /** Which of those with a seat get it. @param dueAt when it is due */
  receivers: (dueAt: Date) => QueryFilter<Registration>;
  /** Which of the letters that say when and where make it needless for their receiver; left out: none. */
  toldBy?: (event: Event, dueAt: Date) => QueryFilter<Letter>;
  /** What it tells besides. */
  more?: (event: Event) => More;
  /** False if the event has nobody who could ever get it. */
  concerns?: (event: Event) => boolean;
  /** What it waits for, while the event lacks that. */
  lacks?: (event: Event) => PlanLack | undefined;
  /** Who of the receivers will not be told by another letter before, for the office's count. @param plan the event's letters by plan */
  untold?: (event: Event, plan: Planned[], now: Date) => QueryFilter<Registration>;
  /** What the office says of it while it is planned. */
  note?: string;
  /** Whom the office says it goes to while there is nobody; left out: "Ingen ännu", and nothing once it is due. */
  nobody?: string;
  /** True if people can come to be among its receivers after it is due. */
  growsLater?: true;
};

/** What an event lacks for a letter: the field of its form, and how the office says so. */
export type PlanLack = { field: keyof Event; state: string; waits: string; why: string };

/** A step of one event's plan: when it is due, and until when it is of use if it cannot go then. */
export type Planned = Omit<Step, 'due' | 'until'> & {
  kind: string;
  optional?: true | undefined;
  dueAt: Date;
  until: Date;
};

/** The moment as an instant of this event. */
export function instantOf({ from, days, hour }: Moment, event: Pick<Event, 'start' | 'end'>): Date {
  return inStockholm(event[from]).startOf('day').plus({ days }).set({ hour }).toJSDate();
}
