import type { QueryFilter, Types } from 'mongoose';
import { isoDay } from '../../base/dates.ts';
import type { Event } from '../../events/event.ts';
import { LetterModel } from '../../outbox/letter.ts';
import type { LetterKind } from '../../registrations/owed-letter.ts';
import { type Registration, RegistrationModel } from '../../registrations/registration.ts';
import { type Planned, scheduleOf } from './schedule.ts';

const hour = 3600_000;

/** What is noted on a registration that has been seen to. An event that is moved to another day begins anew. */
export function markOf(event: Event, { step }: Planned): string {
  return `${step}.${isoDay(event.start)}`;
}

/** Who is to have a letter by plan and has not been seen to: the database does the choosing. */
export function receiversOf(event: Event, planned: Planned): QueryFilter<Registration> {
  return {
    event: event._id,
    status: 'confirmed',
    bouncedAt: null,
    planned: { $ne: markOf(event, planned) },
    ...narrowing(planned),
  };
}

function narrowing({ step, dueAt }: Planned): QueryFilter<Registration> {
  const willing = { noReminders: { $ne: true } };
  switch (step) {
    case 'lank':
      // Also for those who want no reminders: without the link nobody could take part.
      return { mode: 'digitalt' };
    case 'tack':
      return { present: true, ...willing };
    case 'saknad':
      return { present: false, ...willing };
    default:
      return { createdAt: { $lte: new Date(+dueAt - hour) }, ...willing };
  }
}

const news: LetterKind[] = ['bekraftelse', 'erbjudande', 'andrat', 'paminnelse'];

/** Who of these (ids as hex) has just had a letter that says the same: the news itself, or one with the meeting link. */
export async function alreadyTold(
  event: Event,
  { step, dueAt }: Planned,
  people: Types.ObjectId[],
): Promise<Set<string>> {
  if (step === 'tack' || step === 'saknad') return new Set();
  const since = new Date(+dueAt - (step === 'lank' ? 24 : 1) * hour);
  const letters = await LetterModel.find(
    {
      registration: { $in: people },
      kind: { $in: news },
      createdAt: { $gt: since },
      state: { $nin: ['dropped', 'failed', 'bounced'] },
      ...(step === 'lank' && { 'facts.mode': 'digitalt', 'facts.place': event.meetingLink }),
    },
    { registration: 1 },
  ).lean();
  return new Set(letters.map(({ registration }) => String(registration)));
}

/** How many will have the letter, as it is now; the meeting link for itself goes to those whom no reminder will bring it. */
export async function countReceivers(event: Event, planned: Planned, now: Date): Promise<number> {
  const { step } = planned;
  const reminder = scheduleOf(event).find((one) => one.step === 'dag');
  const inReminder = step === 'lank' && event.meetingLink && reminder && now < reminder.dueAt;
  const people = await RegistrationModel.distinct('_id', {
    ...receiversOf(event, planned),
    ...(inReminder && { noReminders: true }),
  });
  const told = await alreadyTold(event, planned, people);
  return people.length - told.size;
}
