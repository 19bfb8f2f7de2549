import type { Request, Response } from 'express';
import type { Event } from '../../events/event.ts';
import { formMark, markField, momentOfForm } from '../../web/form-mark.ts';

/** The moment that the deadlines of an event are held against for a form that came back; no grace lasts beyond its start. */
export function momentFor(req: Request<never> | Request, event: Event, res: Response): Date {
  const { context, now } = res.locals;
  return now < event.start ? momentOfForm(req.body?.[markField], String(event._id), context) : now;
}

/** The hidden field of an event's form: the one that it came back with, where it did. */
export function markFor(event: Pick<Event, '_id'>, values: Record<string, string>, res: Response) {
  return { name: markField, value: values[markField] ?? formMark(String(event._id), res.locals.context) };
}
