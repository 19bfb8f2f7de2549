import type { Types } from 'mongoose';
import { type Action, logAction } from '../../audit/log.ts';
import type { Context } from '../../base/context.ts';
import { transaction } from '../../base/database.ts';
import { newUid } from '../../base/uid.ts';
import { type Event, EventModel } from '../../events/event.ts';
import { takeBack } from '../../outbox/outbox.ts';
import { changedTo, type Engagement, EngagementModel, type Proposal, writeEngagement } from './engagement.ts';
import { oweSpeaker } from './letters.ts';
import { type Uploads, withUploads } from './uploads.ts';

/** Why a speaker cannot answer any more: taken out of the programme, or the event is cancelled or over. */
export type NotAnswered = 'removed' | 'cancelled' | 'over';

/** What stands against an answer at this moment; undefined if nothing does. */
export function hindranceToAnswer(
  { status }: Pick<Engagement, 'status'>,
  { state, end }: Pick<Event, 'state' | 'end'>,
  now: Date,
): NotAnswered | undefined {
  if (status === 'removed') return 'removed';
  if (state === 'cancelled') return 'cancelled';
  return end <= now ? 'over' : undefined;
}

/** What a speaker sends from their personal page. `proposal`: null if it holds nothing new. */
export type SpeakersAnswer = {
  isComing: boolean;
  needs: string;
  proposal: Proposal | null;
  uploads: Uploads;
};

/**
 * Takes a speaker's answer. A yes puts their hours into their calendar, a later no takes them out again; what they write
 * waits for an organiser.
 */
export async function answerInvitation(
  context: Context,
  id: Types.ObjectId,
  answer: SpeakersAnswer,
): Promise<Engagement | { refused: NotAnswered }> {
  return transaction(async () => {
    const before = await EngagementModel.findById(id).orFail().lean<Engagement>();
    const event = await EventModel.findById(before.event).orFail().lean<Event>();
    const refused = hindranceToAnswer(before, event, context.now);
    if (refused) return { refused };
    const { isComing, needs, proposal, uploads } = answer;
    const written = { needs, answeredAt: context.now, ...(proposal && { proposal }) };
    const answered = await withUploads(context, { ...before, ...written }, uploads);
    if (proposal || uploads.portrait || uploads.slides) await log(context, event, 'speaker.proposed');
    const engagement = isComing
      ? await accept(context, event, answered)
      : await decline(context, event, answered);
    await writeEngagement(engagement);
    return engagement;
  });
}

/** After a no, somebody who comes has a new calendar entry: the old one has been cancelled. */
async function accept(context: Context, event: Event, before: Engagement): Promise<Engagement> {
  const { now, settings } = context;
  if (before.status === 'accepted') return changedTo(before, now, {});
  const anew = before.status === 'declined' && { uid: newUid(settings.mailFrom), sequence: 0 };
  const engagement = changedTo(before, now, { status: 'accepted', ...anew });
  await takeBack([engagement._id]);
  await oweSpeaker(context, { engagement, event }, 'speaker-accepted', { calendar: 'REQUEST' });
  await log(context, event, 'speaker.accepted');
  return engagement;
}

async function decline(context: Context, event: Event, before: Engagement): Promise<Engagement> {
  if (before.status === 'declined') return changedTo(before, context.now, {});
  const { sequence } = before;
  const engagement = changedTo(before, context.now, { status: 'declined', sequence: sequence + 1 });
  const calendar = await cancellationOf(engagement);
  await oweSpeaker(context, { engagement, event }, 'speaker-declined', { calendar });
  await log(context, event, 'speaker.declined');
  return engagement;
}

/** Takes back what has not left. @returns CANCEL if an invitation can have reached the calendar (RFC 5546, 3.2.5) */
export async function cancellationOf({ _id, uid }: Engagement): Promise<'CANCEL' | undefined> {
  const standing = (await takeBack([_id])).get(uid);
  return standing?.everLeft ? 'CANCEL' : undefined;
}

async function log(context: Context, { authority, _id, title }: Event, action: Action): Promise<void> {
  await logAction(context, { authority, action, event: _id, about: title });
}
