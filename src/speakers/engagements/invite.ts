import type { Types } from 'mongoose';
import { logAction } from '../../audit/log.ts';
import type { Context } from '../../base/context.ts';
import { idFrom, transaction } from '../../base/database.ts';
import { inTurn } from '../../base/serial.ts';
import { type Event, EventModel } from '../../events/event.ts';
import { sessionsOf } from '../entries/sessions.ts';
import { type SpeakerEntry, SpeakerModel } from '../entries/speaker.ts';
import { type Engagement, EngagementModel, expected, newEngagement } from './engagement.ts';
import { removeEngagement } from './follow.ts';
import { oweSpeaker } from './letters.ts';

/** Why somebody cannot be invited: already invited, no address, not in the programme; or the event is over or cancelled. */
export type NotInvited = 'invited' | 'noAddress' | 'notInProgramme' | 'over' | 'cancelled';

/** Somebody in the programme of an event, with the invitation that counts, if there is one. */
export type Expected = { entry: SpeakerEntry; engagement: Engagement | undefined };

/** Everybody in the programme of an event, in its order, and those who were and have an invitation that counts. */
export async function speakersOf(event: Event): Promise<Expected[]> {
  const engagements = await EngagementModel.find({ event: event._id, status: { $ne: 'removed' } })
    .sort({ invitedAt: 1 })
    .lean<Engagement[]>();
  const named = event.sessions.flatMap(({ speakers }) => speakers.flatMap(({ entry }) => entry ?? []));
  const ids = [...new Set([...named, ...engagements.map(({ speaker }) => speaker)].map(String))];
  const entries = await SpeakerModel.find({ _id: { $in: ids } }).lean<SpeakerEntry[]>();
  return ids.flatMap((id) => {
    const entry = entries.find(({ _id }) => String(_id) === id);
    return entry ? { entry, engagement: engagements.find(({ speaker }) => speaker.equals(id)) } : [];
  });
}

/** Why an organiser cannot invite somebody now; undefined if nothing stands against it. */
export function hindranceToInvite(
  event: Event,
  { entry, engagement }: Expected,
  now: Date,
): NotInvited | undefined {
  if (event.state === 'cancelled') return 'cancelled';
  if (event.end <= now) return 'over';
  if (engagement && engagement.status !== 'declined') return 'invited';
  if (sessionsOf(event, entry._id).length === 0) return 'notInProgramme';
  return entry.email ? undefined : 'noAddress';
}

/**
 * Invites people in the programme by letter; all of them or nobody. Anyone who has said no can be asked again, by a new
 * invitation.
 */
export async function inviteSpeakers(
  context: Context,
  id: Types.ObjectId,
  chosen: Types.ObjectId[],
): Promise<{ invited: Engagement[] } | { refused: NotInvited; entry: SpeakerEntry }> {
  return inTurn(`speakers ${id}`, () =>
    transaction(async () => {
      const event = await EventModel.findById(id).orFail().lean<Event>();
      const all = (await speakersOf(event)).filter(({ entry }) =>
        chosen.some((one) => one.equals(entry._id)),
      );
      for (const one of all) {
        const refused = hindranceToInvite(event, one, context.now);
        if (refused) return { refused, entry: one.entry };
      }
      const invited = [];
      for (const { entry, engagement: former } of all) {
        if (former) await EngagementModel.updateOne({ _id: former._id }, { $set: { status: 'removed' } });
        invited.push(await invite(context, event, entry));
      }
      return { invited };
    }),
  );
}

async function invite(context: Context, event: Event, entry: SpeakerEntry): Promise<Engagement> {
  const engagement = newEngagement(context, event, entry);
  await EngagementModel.insertMany([engagement], { lean: true });
  await oweSpeaker(context, { engagement, event }, 'speaker-invitation', { until: event.end });
  const { authority, _id, title } = event;
  await logAction(context, { authority, action: 'speaker.invited', event: _id, about: title });
  return engagement;
}

/** An invitation to an event by the id that an address brings; null if there is none. */
export async function findEngagement(event: Types.ObjectId, id: unknown): Promise<Engagement | null> {
  const _id = idFrom(id);
  return _id ? EngagementModel.findOne({ _id, event }).lean<Engagement>() : null;
}

/** Takes back an invitation that counts; the speaker is told. Twice is no error. */
export async function takeBackInvitation(context: Context, id: Types.ObjectId): Promise<void> {
  await transaction(async () => {
    const engagement = await EngagementModel.findOne({
      _id: id,
      status: { $in: expected },
    }).lean<Engagement>();
    const event = engagement && (await EventModel.findById(engagement.event).lean<Event>());
    if (event && event.end > context.now) await removeEngagement(context, event, engagement);
  });
}

/** How many of a county board's speakers have not answered, by the event. */
export async function countUnanswered(events: Types.ObjectId[]): Promise<Map<string, number>> {
  return countBy({ event: { $in: events }, status: 'invited' });
}

const waiting = [{ proposal: { $ne: null } }, { portrait: { $ne: null } }];

/** How many have written something that waits for an organiser's decision, by the event. */
export async function countProposals(events: Types.ObjectId[]): Promise<Map<string, number>> {
  return countBy({ event: { $in: events }, status: { $in: expected }, $or: waiting });
}

async function countBy($match: Record<string, unknown>): Promise<Map<string, number>> {
  const found = await EngagementModel.aggregate<{ _id: Types.ObjectId; number: number }>([
    { $match },
    { $group: { _id: '$event', number: { $sum: 1 } } },
  ]);
  return new Map(found.map(({ _id, number }) => [String(_id), number]));
}
