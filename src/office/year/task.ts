import { inStockholm } from '../../base/dates.ts';
import type { Event } from '../../events/event.ts';

/** One thing to do: until when or from when, what, and the one link that leads there; `text` is one to copy and send. */
export type Task = {
  at: Date;
  when: string;
  what: string;
  link: { text: string; href: string };
  text?: string;
};

/** The last moment at which people can sign up by its closing day. */
export function lastMoment(event: Event): Date {
  return new Date(+event.closesAt - 1);
}

/** "5 februari 2027" */
export function dayOf(instant: Date): string {
  return inStockholm(instant).setLocale('sv').toFormat('d MMMM yyyy');
}
