import type { Event } from '../../events/event.ts';
import { type Engagement, EngagementModel, expected } from './engagement.ts';

/** The technique that the speakers of an event need, as they have answered themselves, by their entries. */
export async function needsAt({ _id }: Pick<Event, '_id'>): Promise<Map<string, string>> {
  const found = await EngagementModel.find(
    { event: _id, status: { $in: expected }, needs: { $ne: '' } },
    { speaker: 1, needs: 1 },
  ).lean<Pick<Engagement, 'speaker' | 'needs'>[]>();
  return new Map(found.map(({ speaker, needs }) => [String(speaker), needs]));
}
