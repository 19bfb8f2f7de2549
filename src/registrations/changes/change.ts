import type { Types } from 'mongoose';
import { authorityOf } from '../../authorities/authority.ts';
import type { Context } from '../../base/context.ts';
import { isDuplicate } from '../../base/database.ts';
import { newUid } from '../../base/uid.ts';
import type { Event, Mode } from '../../events/event.ts';
import { hasSeat, isChangeable, offeredModes, waitingListEnd } from '../../events/rules.ts';
import { logActs } from '../acts/log-acts.ts';
import { type Found, findWithEvent, inTurnOf } from '../locked.ts';
import { type Answers, questions } from '../questions.ts';
import { changedAfter, type Registration, RegistrationModel, raised } from '../registration.ts';
import { searchWords } from '../search.ts';
import { recount } from '../seats.ts';
import { promote } from '../waiting-list/promote.ts';
import { tellOfChange } from './tell-of-change.ts';

/** The answers that change. `modes` are all that somebody who waits would attend in, if that is more than `mode`. */
export type Changes = Partial<Answers> & { modes?: Mode[] };

/** `promoted`: who got a seat from the waiting list by the change. */
type ChangedRegistration = { registration: Registration; promoted: Types.ObjectId[] };
type ChangeRefusal =
  | { refused: 'closed' | 'full' | 'cancelled' | 'known' }
  | { refused: 'conflict'; registration: Registration };

/**
 * Changes a person's answers until the event's last moment for it; an organiser changes them as long as the event is
 * published. Another mode takes its seat, gives the old one to the first who waits for it and sends an updated invitation.
 * Somebody who waits keeps their place through every change. Another address takes the entry out of the old address's
 * calendar and gets an entry of its own; an address that is registered already is refused as `known`. Other changes
 * send nothing.
 * @param seen when the registration that an organiser saw was last changed; if it was another moment: `conflict`
 * @param moment what the last moment is held against: earlier than now for a form that was begun in time
 */
export async function changeRegistration(
  context: Context,
  id: Types.ObjectId,
  changes: Changes,
  { seen, moment = context.now }: { seen?: number; moment?: Date } = {},
): Promise<ChangedRegistration | ChangeRefusal> {
  const mayChange = (event: Event) =>
    context.by.organiser ? event.state === 'published' : isChangeable(event, moment);
  try {
    return await inTurnOf(id, async (found): Promise<ChangedRegistration | ChangeRefusal> => {
      const { registration, event } = found;
      if (registration.status === 'cancelled') return { refused: 'cancelled' };
      if (seen !== undefined && seen !== +registration.changedAt)
        return { refused: 'conflict', registration };
      if (!mayChange(event)) return { refused: 'closed' };
      const changed = changedBy(context, registration, changes);
      const search = searchWords(changed, await authorityOf(event));
      return save(context, found, { ...changed, search });
    });
  } catch (error) {
    // The unique index of active registrations knows the address.
    if (changes.email !== undefined && isDuplicate(error)) return { refused: 'known' };
    throw error;
  }
}

async function save(
  context: Context,
  { registration: before, event }: Found,
  changed: Registration,
): Promise<ChangedRegistration | ChangeRefusal> {
  const waits = before.status === 'waiting';
  const isMoved = waits
    ? await moveOnWaitingLists(context, event, before, changed)
    : await moveSeat(context, event, before.mode, changed.mode);
  if (!isMoved) return { refused: 'full' };
  // What is known of the old address says nothing of the new one.
  const forgotten = changed.uid === before.uid ? {} : { $unset: { bouncedAt: 1, answer: 1 } };
  await RegistrationModel.updateOne({ _id: before._id }, { $set: changed, ...forgotten });
  await logActs(context, event, [
    { action: 'registration.changed', registration: before._id, fields: changedFields(before, changed) },
  ]);
  await tellOfChange(context, event, before, changed);
  if (!waits && changed.mode === before.mode) return { registration: changed, promoted: [] };
  const promoted = await promote(context, event._id);
  return { registration: (await findWithEvent(before._id)).registration, promoted };
}

/** The names of the answers that are others now. */
function changedFields(before: Registration, changed: Registration): string[] {
  return questions.map(({ name }) => name).filter((name) => before[name] !== changed[name]);
}

/** @returns false if the other mode has no seat */
async function moveSeat(context: Context, event: Event, from: Mode, to: Mode): Promise<boolean> {
  if (from === to) return true;
  if (!offeredModes(event).includes(to) || !hasSeat(event, to)) return false;
  await recount(context, event._id, { taken: [to], freed: [from] });
  return true;
}

/** @returns false if a waiting list that would be joined is closed */
async function moveOnWaitingLists(
  context: Context,
  event: Event,
  { waitsFor: before }: Registration,
  { waitsFor }: Registration,
): Promise<boolean> {
  const joined = waitsFor.filter((mode) => !before.includes(mode));
  const left = before.filter((mode) => !waitsFor.includes(mode));
  const isOpen =
    context.now < waitingListEnd(event) && joined.every((mode) => offeredModes(event).includes(mode));
  if (joined.length > 0 && !isOpen) return false;
  if (joined.length + left.length > 0) await recount(context, event._id, { joined, left });
  return true;
}

/**
 * A new address has a calendar entry of its own; its revisions go on counting, since letters are known by them. Only
 * organisers enter one, which proves it.
 */
function changedBy(context: Context, registration: Registration, changes: Changes): Registration {
  const { modes, ...answers } = changes;
  const waits = registration.status === 'waiting';
  const { mode, email } = { ...registration, ...answers };
  const isReaddressed = email !== registration.email;
  const { bouncedAt: _bouncedAt, answer: _answer, ...kept } = registration;
  const changed = {
    ...(isReaddressed ? kept : registration),
    ...answers,
    ...(waits && { waitsFor: modes ?? [mode] }),
    ...(isReaddressed && { uid: newUid(context.settings.mailFrom), provenAt: context.now }),
  };
  if (isReaddressed || (mode !== registration.mode && !waits)) return raised(changed, context.now);
  return { ...changed, changedAt: changedAfter(registration, context.now) };
}
