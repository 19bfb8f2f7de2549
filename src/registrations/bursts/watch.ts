import { Types } from 'mongoose';
import type { Context } from '../../base/context.ts';
import { insertRows } from '../../base/database.ts';
import { sign } from '../../base/keys.ts';
import type { Settings } from '../../base/settings.ts';
import { type Event, EventModel } from '../../events/event.ts';
import type { Registration } from '../registration.ts';
import { type Burst, BurstModel } from './burst.ts';
import { type Origin, OriginModel } from './origin.ts';

/** More new people than this in ten minutes, from one network or for one event, are unusual. */
export const usual = 20;
const tenMinutes = 10 * 60_000;
const hour = 3600_000;

type WatchedSignUp = { context: Context; registration: Registration };

/**
 * Notes where visitors' sign-ups for an event came from, and if they are unusually many. In the transaction of the
 * sign-ups; nobody is refused for it. What organisers enter does not count.
 */
export async function watchSpeed(event: Event, signUps: WatchedSignUp[]): Promise<void> {
  const rows = signUps.filter(({ context }) => !context.by.organiser).map((one) => originOf(event, one));
  const latest = rows.at(-1);
  if (!latest) return;
  await insertRows(OriginModel, rows);
  if (!latest.isWatched) return;
  const networks = new Set(rows.flatMap(({ network }) => network ?? []));
  let isNoted = false;
  for (const network of networks) isNoted = (await watch(event, latest.at, { network })) || isNoted;
  if (!isNoted) await watch(event, latest.at, { event: event._id });
}

function originOf(event: Event, { context, registration }: WatchedSignUp): Origin {
  const { _id, createdAt: at } = registration;
  const { by, settings } = context;
  const network = by.network && networkHash(by.network, settings);
  return { _id, event: event._id, at, isWatched: !isFirstHour(event, at), ...(network && { network }) };
}

/** A network as it can be kept: only to be compared with others. */
export function networkHash(network: string, { secret }: Pick<Settings, 'secret'>): string {
  return sign('sign-up network', network, secret).toString('base64url');
}

/** Many sign up in the hour after an event can first be signed up for. */
function isFirstHour({ opensAt, publishedAt }: Event, now: Date): boolean {
  return +now < Math.max(Number(opensAt ?? 0), Number(publishedAt ?? 0)) + hour;
}

/** @returns true if they are unusually many, which has been noted for this event */
async function watch(
  { _id }: Event,
  now: Date,
  where: Pick<Origin, 'event'> | { network: string },
): Promise<boolean> {
  const lately = { ...where, isWatched: true, at: { $gt: new Date(+now - tenMinutes), $lte: now } };
  if ((await OriginModel.countDocuments(lately, { limit: usual + 1 })) <= usual) return false;
  // Each further sign-up of a burst writes one row, however many events it has reached.
  if (await goesOn({ event: _id, ...where }, now)) return true;
  // Those of one network may have gone to several events, whose organisers are told alike.
  const events = await EventModel.find({ _id: { $in: await OriginModel.distinct('event', lately) } }).lean<
    Event[]
  >();
  const first = await OriginModel.findOne(lately).sort({ at: 1 }).orFail().lean<Origin>();
  for (const event of events) await noteBurst(event, { startedAt: first.at, lastAt: now, ...where });
  return true;
}

/** One burst of an event goes on, or begins. */
async function noteBurst(
  { _id, authority }: Event,
  { startedAt, lastAt, ...where }: { startedAt: Date; lastAt: Date; network?: string },
): Promise<void> {
  if (await goesOn({ event: _id }, lastAt)) return;
  const network = where.network && { network: where.network };
  await insertRows(BurstModel, [
    { _id: new Types.ObjectId(), event: _id, authority, startedAt, lastAt, ...network },
  ]);
}

/** @returns true if there is such a burst that has not ended, and then it lasts until now */
async function goesOn(burst: Pick<Burst, 'event' | 'network'>, now: Date): Promise<boolean> {
  const current = { ...burst, lastAt: { $gt: new Date(+now - hour) } };
  const { matchedCount } = await BurstModel.updateOne(current, { $max: { lastAt: now } });
  return matchedCount > 0;
}
