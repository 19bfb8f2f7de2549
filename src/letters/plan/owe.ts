import { model, Schema } from 'mongoose';
import { authorityOf } from '../../authorities/authority.ts';
import type { Context } from '../../base/context.ts';
import { logger } from '../../base/log.ts';
import { type Event, EventModel } from '../../events/event.ts';
import { dropOutdated, owe } from '../../outbox/outbox.ts';
import type { More } from '../../registrations/letter-facts.ts';
import { inTurns } from '../../registrations/locked.ts';
import { letterRow } from '../../registrations/owed-letter.ts';
import { type Registration, RegistrationModel } from '../../registrations/registration.ts';
import type { Planned } from '../writing/step.ts';
import { alreadyTold, markOf, planReceivers, planRevision } from './receivers.ts';
import { planDays, scheduleOf } from './schedule.ts';

/** When somebody last looked for letters by plan. One row for all workers. */
const LookModel = model<{ _id: 'plan'; at: Date }>(
  'Look',
  new Schema<{ _id: 'plan'; at: Date }>(
    { _id: { type: String, required: true }, at: { type: Date, required: true } },
    { versionKey: false },
  ),
  'looks',
);

/**
 * Owes every letter by plan that is due. What fell due while no worker ran is owed as long as it is of use, and else noted
 * on its event. It may be done again, by several workers at once, and after a crash at any point: nobody is left out, and
 * nobody gets a letter twice.
 */
export async function oweByPlan(context: Context): Promise<void> {
  const last = (await LookModel.findById('plan').lean())?.at;
  await dropOutdated(context.now);
  for (const event of await eventsAround(context.now, last ?? context.now)) {
    for (const planned of scheduleOf(event)) await lookAfter(context, event, planned, last);
  }
  await LookModel.updateOne({ _id: 'plan' }, { $max: { at: context.now } }, { upsert: true });
}

const day = 24 * 3600_000;

/** The events whose letters can be due now, or were while nobody looked. */
async function eventsAround(now: Date, last: Date): Promise<Event[]> {
  const earliest = Math.min(+now, +last) - (planDays.after + 1) * day;
  return EventModel.find({
    state: 'published',
    start: { $lt: new Date(+now + (planDays.before + 1) * day) },
    end: { $gt: new Date(earliest) },
  })
    .sort({ start: 1 })
    .lean<Event[]>();
}

/** One letter of one event; trouble with it does not hold up the others. */
async function lookAfter(
  context: Context,
  event: Event,
  planned: Planned,
  last: Date | undefined,
): Promise<void> {
  if (context.now < planned.dueAt) return;
  try {
    if (context.now < planned.until)
      await inTurns(event._id, (most) => oweSome(context, event._id, planned.step, most));
    else if (last && last < planned.dueAt) await noteMissed(event, planned);
  } catch (error) {
    const { stack } = error as Error;
    logger.error(
      { event: event._id, step: planned.step, error: stack },
      'Letters by plan could not be written. They are tried again in a minute.',
    );
  }
}

/** @returns whether there may be more to do */
async function oweSome(context: Context, id: Event['_id'], step: string, most: number): Promise<boolean> {
  const event = await EventModel.findById(id).orFail().lean<Event>();
  // It may have been moved or cancelled since.
  const planned = scheduleOf(event).find((one) => one.step === step);
  const isDue = planned && planned.dueAt <= context.now && context.now < planned.until;
  if (!isDue || event.state !== 'published' || planned.lacks?.(event)) return false;

  const people = await RegistrationModel.find(planReceivers(event, planned))
    .sort({ _id: 1 })
    .limit(most)
    .lean<Registration[]>();
  if (people.length === 0) return false;
  const ids = people.map(({ _id }) => _id);
  // First: here two workers meet, and one of them begins again.
  await RegistrationModel.updateMany(
    { _id: { $in: ids } },
    { $addToSet: { planned: markOf(event, planned) } },
  );
  const told = await alreadyTold(event, planned, ids);
  const authority = await authorityOf(event);
  const receivers = people.filter(({ _id }) => !told.has(String(_id)));
  const more = moreOf(event, planned);
  await owe(
    receivers.map((receiver) => letterRow(context, { receiver, event, authority }, planned.kind, more)),
  );
  return people.length === most;
}

function moreOf(event: Event, planned: Planned): More {
  const { step, until, more } = planned;
  return { step, until, revision: planRevision(event, planned), ...more?.(event) };
}

/** Nobody looked while the letter was of use. The office says so if somebody should have had it. */
async function noteMissed(event: Event, planned: Planned): Promise<void> {
  const { step, dueAt, until } = planned;
  if (!event.publishedAt || event.publishedAt >= until) return;
  if (!(await RegistrationModel.exists(planReceivers(event, planned)))) return;
  await EventModel.updateOne({ _id: event._id }, { $addToSet: { missedLetters: { step, dueAt } } });
}
