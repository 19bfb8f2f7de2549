import type { Types } from 'mongoose';
import { authorityOf } from '../../authorities/authority.ts';
import type { Context } from '../../base/context.ts';
import { transaction } from '../../base/database.ts';
import { type Event, EventModel } from '../../events/event.ts';
import { signUpEnd, statusOf } from '../../events/rules.ts';
import { owe } from '../../outbox/outbox.ts';
import type { Receiver } from '../../registrations/letter-facts.ts';
import {
  moveReminders,
  type OpeningReminder,
  OpeningReminderModel,
} from '../../registrations/openings/reminder.ts';
import { letterRow } from '../../registrations/owed-letter.ts';

/** How many letters are owed in one transaction. */
const most = 200;

/** Owes a letter to everybody who wanted to know when sign-up opens, where it has opened. */
export async function tellOfOpenings(context: Context): Promise<void> {
  const due = { dueAt: { $lte: context.now } };
  for (;;) {
    const next = await OpeningReminderModel.findOne(due, { event: 1 }).sort({ dueAt: 1 }).lean();
    if (!next) return;
    await transaction(() => tellSome(context, next.event));
  }
}

/** The address is erased with the act that owes the letter, and the letter as soon as it has left. */
async function tellSome(context: Context, id: Types.ObjectId): Promise<void> {
  const event = await EventModel.findById(id).lean<Event>();
  const status = event ? statusOf(event, context.now) : undefined;
  if (event && status === 'upcoming') return moveReminders(context, event);
  const all = OpeningReminderModel.find({ event: id }).sort({ dueAt: 1 }).limit(most);
  const waiting = await all.lean<OpeningReminder[]>();
  await OpeningReminderModel.deleteMany({ _id: { $in: waiting.map(({ _id }) => _id) } });
  if (event && (status === 'open' || status === 'full')) await oweAll(context, event, waiting);
}

async function oweAll(context: Context, event: Event, waiting: OpeningReminder[]): Promise<void> {
  const authority = await authorityOf(event);
  const until = signUpEnd(event);
  const rows = waiting.map((one) => {
    const subject = { receiver: receiverOf(one, event), event, authority };
    const more = { erase: one.mark, revision: 'opening', until };
    const { registration: _none, ...row } = letterRow(context, subject, 'sign-up-open', more);
    return { ...row, isErasedOnceSent: true };
  });
  await owe(rows);
}

/** Of anyone who asked, only the address is known. */
function receiverOf({ _id, email, language }: OpeningReminder, { example }: Event): Receiver {
  const nobody = { givenName: '', familyName: '', uid: '', sequence: 0 };
  return { ...nobody, _id, email, language, mode: 'plats', example };
}
