import { logAction } from '../../audit/log.ts';
import type { Context } from '../../base/context.ts';
import { transaction } from '../../base/database.ts';
import type { Event } from '../../events/event.ts';
import { deleteDraft } from '../../events/planning/publish.ts';
import { dropped, LetterModel } from '../../outbox/letter.ts';
import { takeBack } from '../../outbox/outbox.ts';
import { sessionsOf } from '../entries/sessions.ts';
import { cancellationOf } from './answer.ts';
import { changedTo, type Engagement, EngagementModel, expected, writeEngagement } from './engagement.ts';
import { type MoreToSpeaker, oweSpeaker } from './letters.ts';
import { isSameSlot, slotOf } from './slot.ts';

/** What a letter that waits knows of its calendar entry. */
type Waiting = { uid: string; before?: MoreToSpeaker['before'] };

/**
 * Tells the speakers of an event what a change of it means for them, in the running transaction: another time or place by
 * an update of their calendar entry (RFC 5546, 2.1.4), and that they are not in the programme any more.
 * @param words the organiser's own about the change
 */
export async function tellSpeakers(
  context: Context,
  before: Event,
  event: Event,
  words?: string,
): Promise<void> {
  if (event.state === 'cancelled' || context.now >= event.end) return;
  for (const engagement of await expectedAt(event)) {
    const isGone = sessionsOf(event, engagement.speaker).length === 0;
    if (isGone) await removeEngagement(context, event, engagement);
    else await tellOfMove(context, { engagement, before, event, words });
  }
}

/** The names of the speakers who would be told of a change of an event. */
export async function movedSpeakers(before: Event, planned: Event, now: Date): Promise<string[]> {
  if (planned.state === 'cancelled' || now >= planned.end) return [];
  const all = await expectedAt(before);
  const moved = all.filter(({ speaker }) => !isSameSlot(slotOf(before, speaker), slotOf(planned, speaker)));
  return moved.map(({ name }) => name);
}

/** The names of the speakers who would be told if an event were cancelled. */
export async function expectedSpeakers(event: Event): Promise<string[]> {
  return (await expectedAt(event)).map(({ name }) => name);
}

async function expectedAt({ _id }: Event): Promise<Engagement[]> {
  return EngagementModel.find({ event: _id, status: { $in: expected } }).lean<Engagement[]>();
}

type Move = { engagement: Engagement; before: Event; event: Event; words: string | undefined };

async function tellOfMove(context: Context, { engagement, before, event, words }: Move): Promise<void> {
  const { speaker, sequence, status, uid } = engagement;
  const was = slotOf(before, speaker);
  const is = slotOf(event, speaker);
  if (isSameSlot(was, is)) return;
  const revised = changedTo(engagement, context.now, { sequence: sequence + 1 });
  await writeEngagement(revised);
  const appearance = { engagement: revised, event };
  const moved = { before: was, ...(words && { words }) };
  if (status === 'invited') {
    const kind = (await isInvitationUnsent(engagement)) ? 'speaker-invitation' : 'speaker-changed';
    return oweSpeaker(context, appearance, kind, kind === 'speaker-changed' ? moved : {});
  }
  const standing = (await takeBack<Waiting>([engagement._id])).get(uid);
  if (standing && !standing.everLeft)
    return oweSpeaker(context, appearance, 'speaker-accepted', { calendar: 'REQUEST' });
  // Whoever has not been told of the last change yet is told of both in one, and of nothing if all is as they know it.
  const known = standing?.unsent[0]?.facts.before ?? was;
  if (isSameSlot(known, is)) return;
  const more = { ...moved, before: known, calendar: 'REQUEST' as const };
  await oweSpeaker(context, appearance, 'speaker-changed', more);
}

/** Takes back an invitation that has not left, as a newer one takes its place. */
async function isInvitationUnsent({ _id }: Engagement): Promise<boolean> {
  const waiting = { registration: _id, kind: 'speaker-invitation', state: 'queued' as const };
  const { modifiedCount } = await LetterModel.updateMany(waiting, dropped);
  return modifiedCount > 0;
}

/** Takes back an invitation: the speaker is told, and the entry goes out of their calendar. */
export async function removeEngagement(
  context: Context,
  event: Event,
  engagement: Engagement,
): Promise<void> {
  await end(context, event, engagement);
  const { authority, _id, title } = event;
  await logAction(context, { authority, action: 'speaker.uninvited', event: _id, about: title });
}

/** Tells the speakers of an event that is cancelled, with its reason, in the running transaction. */
export async function cancelSpeakers(context: Context, event: Event, reason: string): Promise<void> {
  for (const engagement of await expectedAt(event)) await end(context, event, engagement, reason);
}

/** @param reason why the event is cancelled; left out if only the speaker is taken out of it */
async function end(context: Context, event: Event, engagement: Engagement, reason?: string): Promise<void> {
  const isRemoved = reason === undefined;
  const sequence = engagement.sequence + 1;
  const status = isRemoved ? 'removed' : engagement.status;
  const ended = changedTo(engagement, context.now, { sequence, status });
  await writeEngagement(ended);
  const calendar = engagement.status === 'accepted' ? await cancellationOf(ended) : undefined;
  const kind = isRemoved ? 'speaker-removed' : 'speaker-event-cancelled';
  await oweSpeaker(context, { engagement: ended, event }, kind, { calendar, ...(reason && { reason }) });
}

/** Takes a draft away, and tells those who were to speak at it. @returns false for what has been published, which stays */
export async function discardDraft(context: Context, event: Event): Promise<boolean> {
  return transaction(async () => {
    const isGone = await deleteDraft(context, event._id);
    if (isGone)
      for (const engagement of await expectedAt(event)) await removeEngagement(context, event, engagement);
    return isGone;
  });
}
