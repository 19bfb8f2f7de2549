import { model, Schema } from 'mongoose';
import type { Context } from '../../base/context.ts';
import { transaction } from '../../base/database.ts';
import { logger } from '../../base/log.ts';
import { inTurn } from '../../base/serial.ts';
import { type Event, EventModel } from '../../events/event.ts';
import { dropOutdated } from '../../outbox/outbox.ts';
import { type LetterTo, oweLetters } from '../../registrations/owed-letter.ts';
import { type Registration, RegistrationModel } from '../../registrations/registration.ts';
import { alreadyTold, markOf, receiversOf } from './receivers.ts';
import { type Planned, scheduleOf } from './schedule.ts';

/** When somebody last looked for letters by plan. One row for all workers. */
const LookModel = model<{ _id: 'plan'; at: Date }>(
  'Look',
  new Schema<{ _id: 'plan'; at: Date }>(
    { _id: { type: String, required: true }, at: { type: Date, required: true } },
    { versionKey: false },
  ),
  'looks',
);

const day = 24 * 3600_000;

/**
 * Owes every letter by plan that is due. What fell due while the house stood still is owed as long as it is of use, and
 * else noted on its event. It may be done again, by several workers at once, and after a crash at any point: nobody is
 * left out, and nobody gets a letter twice.
 */
export async function oweByPlan(context: Context): Promise<void> {
  const last = (await LookModel.findById('plan').lean())?.at;
  await dropOutdated(context.now);
  for (const event of await eventsAround(context.now, last ?? context.now)) {
    for (const planned of scheduleOf(event)) await lookAfter(context, event, planned, last);
  }
  await LookModel.updateOne({ _id: 'plan' }, { $max: { at: context.now } }, { upsert: true });
}

/** The events whose letters can be due now, or were while nobody looked. */
async function eventsAround(now: Date, last: Date): Promise<Event[]> {
  const earliest = new Date(Math.min(+now, +last) - 20 * day);
  return EventModel.find({
    state: 'published',
    start: { $lt: new Date(+now + 8 * day) },
    end: { $gt: earliest },
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
    if (context.now < planned.until) await oweAll(context, event, planned);
    else if (last && last < planned.dueAt) await noteMissed(event, planned);
  } catch (error) {
    const { stack } = error as Error;
    logger.error(
      { event: event._id, step: planned.step, error: stack },
      'Letters by plan could not be written. They are tried again in a minute.',
    );
  }
}

/** So many people share one transaction. */
const most = 500;

async function oweAll(context: Context, { _id }: Event, planned: Planned): Promise<void> {
  const batch = () => inTurn(String(_id), () => oweSome(context, _id, planned));
  while ((await batch()) === most);
}

/** @returns how many were seen to */
async function oweSome(context: Context, id: Event['_id'], { step }: Planned): Promise<number> {
  return transaction(async () => {
    const event = await EventModel.findById(id).orFail().lean<Event>();
    // It may have been moved or cancelled since.
    const planned = scheduleOf(event).find((one) => one.step === step);
    const isDue = planned && planned.dueAt <= context.now && context.now < planned.until;
    if (!isDue || event.state !== 'published' || (step === 'lank' && !event.meetingLink)) return 0;

    const people = await RegistrationModel.find(receiversOf(event, planned))
      .sort({ _id: 1 })
      .limit(most)
      .lean<Registration[]>();
    if (people.length === 0) return 0;
    const ids = people.map(({ _id }) => _id);
    // First: here two workers meet, and one of them begins again.
    await RegistrationModel.updateMany(
      { _id: { $in: ids } },
      { $addToSet: { planned: markOf(event, planned) } },
    );
    const told = await alreadyTold(event, planned, ids);
    const receivers = people.filter(({ _id }) => !told.has(String(_id)));
    await oweLetters(
      context,
      event,
      receivers.map((registration) => letterTo(registration, event, planned)),
    );
    return people.length;
  });
}

function letterTo(registration: Registration, event: Event, planned: Planned): LetterTo {
  const { step, kind, until } = planned;
  const { documentation } = event;
  const isLater = step === 'tack' || step === 'saknad';
  const revision = markOf(event, planned);
  const more = { step, until, revision, ...(isLater && documentation && { documentation }) };
  return { kind, registration, more };
}

/** Nobody looked while the letter was of use; where somebody should have had it, the office says so. */
async function noteMissed(event: Event, planned: Planned): Promise<void> {
  const { step, dueAt, until } = planned;
  if (!event.publishedAt || event.publishedAt >= until) return;
  if (!(await RegistrationModel.exists(receiversOf(event, planned)))) return;
  await EventModel.updateOne({ _id: event._id }, { $addToSet: { missedLetters: { step, dueAt } } });
}
