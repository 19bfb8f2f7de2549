import type { QueryFilter, Types } from 'mongoose';
import { idFrom, pageOf } from '../base/database.ts';
import { type Letter, LetterModel, type LetterState } from './letter.ts';

/** Which letters to show; undefined is all of them. */
export type LetterFilter = {
  state?: LetterState | undefined;
  kind?: string | undefined;
  event?: Types.ObjectId | undefined;
  registration?: Types.ObjectId | undefined;
  /** Those that did not arrive and that nobody has seen to. */
  lost?: boolean | undefined;
};

/** A letter without its bytes. */
export type ListedLetter<Facts extends object = Record<string, unknown>> = Omit<Letter<Facts>, 'raw'>;

const pageSize = 50;

/** A county board's letters, newest first, without their bytes. Sign-in letters are nobody's but the receiver's. @param page counted from 1 */
export async function listLetters<Facts extends object>(
  authority: string,
  filter: LetterFilter,
  page: number,
): Promise<{ letters: ListedLetter<Facts>[]; pages: number }> {
  const wanted = query(authority, filter);
  const found = LetterModel.find(wanted, { raw: 0 }).sort({ createdAt: -1, _id: -1 });
  const { rows, pages } = await pageOf<ListedLetter<Facts>>(found, page, pageSize);
  return { letters: rows, pages };
}

function query(
  authority: string,
  { state, kind, event, registration, lost }: LetterFilter,
): QueryFilter<Letter> {
  return {
    authority,
    listed: true,
    ...(state && { state }),
    ...(kind && { kind }),
    ...(event && { event }),
    ...(registration && { registration }),
    ...(lost && isLost),
  };
}

const isLost = { state: { $in: ['failed' as const, 'bounced' as const] }, handledAt: null };

/** How many of a county board's letters, or those about one event, did not arrive and have been seen to by nobody. */
export async function countLost(authority: string, event?: Types.ObjectId): Promise<number> {
  return LetterModel.countDocuments(query(authority, { lost: true, event }));
}

/**
 * How many letters each of several acts has owed, by event and moment.
 * @returns a look-up that knows every act, also one without letters
 */
export async function lettersByAct(acts: { event?: Types.ObjectId; at: Date }[]) {
  const ofEvents = acts.flatMap(({ event, at }) => (event ? [{ event, at }] : []));
  const wanted = {
    event: { $in: ofEvents.map(({ event }) => event) },
    createdAt: { $in: ofEvents.map(({ at }) => at) },
  };
  const rows = await LetterModel.aggregate<{ _id: { event: Types.ObjectId; at: Date }; letters: number }>([
    { $match: wanted },
    { $group: { _id: { event: '$event', at: '$createdAt' }, letters: { $sum: 1 } } },
  ]);
  const key = ({ event, at }: { event?: Types.ObjectId; at: Date }) => `${event} ${+at}`;
  const counts = new Map(rows.map(({ _id, letters }) => [key(_id), letters]));
  return (act: { event?: Types.ObjectId; at: Date }): number => counts.get(key(act)) ?? 0;
}

/** How many of a county board's letters wait since their mailbox has had as many as it may in a day. */
export async function countCapped(authority: string): Promise<number> {
  const waits = { state: 'queued' as const, waitsUntil: { $exists: true } };
  return LetterModel.countDocuments({ ...query(authority, {}), ...waits });
}

/** An organiser has seen to a letter that did not arrive. */
export async function closeLetter(authority: string, id: Types.ObjectId, now: Date): Promise<void> {
  await LetterModel.updateOne({ _id: id, authority, listed: true }, { $set: { handledAt: now } });
}

/** Letters to an address that a person had, and that did not arrive, ask for nothing once there is another address. */
export async function closeLost(registration: Types.ObjectId, now: Date): Promise<void> {
  await LetterModel.updateMany({ registration, ...isLost }, { $set: { handledAt: now } });
}

/** One of a county board's letters by its id as an address brings it; null for another's, and for sign-in letters. */
export async function findLetter<Facts extends object>(
  authority: string,
  id: unknown,
): Promise<Letter<Facts> | null> {
  const _id = idFrom(id);
  if (!_id) return null;
  return LetterModel.findOne({ _id, authority, listed: true })
    .setOptions({ promoteBuffers: true })
    .lean<Letter<Facts>>();
}

/** How many letters of a kind are about an event. */
export type LetterCount = { event?: Types.ObjectId; kind: string; number: number };

/** How many of a county board's letters there are about each event, by kind; what was written about last comes first. */
export async function countByEvent(authority: string): Promise<LetterCount[]> {
  const groups = await LetterModel.aggregate<{ _id: Omit<LetterCount, 'number'>; number: number }>([
    { $match: query(authority, {}) },
    {
      $group: { _id: { event: '$event', kind: '$kind' }, number: { $sum: 1 }, last: { $max: '$createdAt' } },
    },
    { $sort: { last: -1 } },
  ]);
  return groups.map(({ _id, number }) => ({ ..._id, number }));
}

/** How many of a county board's letters are in each state. */
export async function countLetters(
  authority: string,
  event?: Types.ObjectId,
): Promise<Map<LetterState, number>> {
  const groups = await LetterModel.aggregate<{ _id: LetterState; number: number }>([
    { $match: query(authority, { event }) },
    { $group: { _id: '$state', number: { $sum: 1 } } },
  ]);
  return new Map(groups.map((group) => [group._id, group.number]));
}
