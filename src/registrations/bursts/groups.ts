import type { Types } from 'mongoose';
import { idFrom } from '../../base/database.ts';
import { active, RegistrationModel } from '../registration.ts';
import { type Burst, BurstModel } from './burst.ts';
import { type Origin, OriginModel } from './origin.ts';

/** People of an event who belong together by where or when they were signed up. `key` names them in an address. */
export type BurstGroup = { key: string; people: number; from: Date; to: Date; isNetwork: boolean };

/** So few from one network are nothing to look at. */
const fewest = 3;

/** The groups of an event, as long as it is kept where sign-ups came from: its bursts, and the networks that several came from. */
export async function groupsAt(event: Types.ObjectId): Promise<BurstGroup[]> {
  const bursts = await BurstModel.find({ event }).sort({ lastAt: -1 }).lean<Burst[]>();
  const counted = await Promise.all(bursts.map(groupOf));
  const networks = await OriginModel.aggregate<{ _id: string; people: number; from: Date; to: Date }>([
    { $match: { event, network: { $exists: true } } },
    { $group: { _id: '$network', people: { $sum: 1 }, from: { $min: '$at' }, to: { $max: '$at' } } },
    { $match: { people: { $gte: fewest } } },
    { $sort: { people: -1, _id: 1 } },
    { $limit: 20 },
  ]);
  return [...counted, ...networks.map(({ _id, ...group }) => ({ ...group, key: _id, isNetwork: true }))];
}

async function groupOf(burst: Burst): Promise<BurstGroup> {
  const { _id, startedAt, lastAt, network } = burst;
  const people = await OriginModel.countDocuments(inBurst(burst));
  return { key: String(_id), people, from: startedAt, to: lastAt, isNetwork: network !== undefined };
}

/** The registrations that belong to a group of an event, by its key as an address brings it; none if there is no such group. */
export async function membersOf(event: Types.ObjectId, key: string): Promise<Types.ObjectId[]> {
  const id = idFrom(key);
  if (!id) return OriginModel.distinct('_id', { event, network: key });
  const burst = await BurstModel.findOne({ _id: id, event }).lean<Burst>();
  return burst ? OriginModel.distinct('_id', inBurst(burst)) : [];
}

/** The bursts of these events that somebody has a seat or a place on the waiting list from. `people` are those. */
export async function openBursts(events: Types.ObjectId[]): Promise<(BurstGroup & Pick<Burst, 'event'>)[]> {
  const bursts = await BurstModel.find({ event: { $in: events } })
    .sort({ lastAt: 1 })
    .lean<Burst[]>();
  const open = await Promise.all(
    bursts.map(async (burst) => {
      const among = await OriginModel.distinct('_id', inBurst(burst));
      const people = await RegistrationModel.countDocuments({ _id: { $in: among }, status: { $in: active } });
      return { ...(await groupOf(burst)), people, event: burst.event };
    }),
  );
  return open.filter(({ people }) => people > 0);
}

function inBurst({ event, network, startedAt, lastAt }: Burst) {
  const span = { $gte: startedAt, $lte: lastAt };
  return { event, isWatched: true, at: span, ...(network && { network }) } satisfies Partial<
    Record<keyof Origin, unknown>
  >;
}
