import type { Context } from '../../base/context.ts';
import type { Event } from '../../events/event.ts';
import { takeBack } from '../../outbox/outbox.ts';
import { closeLost } from '../../outbox/queries.ts';
import { type LetterTo, oweLetters } from '../owed-letter.ts';
import type { Registration } from '../registration.ts';
import { positionsOf } from '../waiting-list/waiting-list.ts';
import { oweRevisions, toldOf } from './calendar-updates.ts';

/** Owes the letters about a person's change: another address, or another mode with a seat. Nobody is invited to what has ended. */
export async function tellOfChange(
  context: Context,
  event: Event,
  before: Registration,
  changed: Registration,
): Promise<void> {
  if (context.now >= event.end) return;
  if (changed.email !== before.email) await tellBothAddresses(context, event, before, changed);
  else if (changed.mode !== before.mode && changed.status === 'confirmed')
    await oweRevisions(context, event, [{ registration: changed, before: toldOf(event, before) }]);
}

/**
 * The new address gets what it would have got at the sign-up. The old one hears of it only if an invitation can have
 * arrived there, since it may be a stranger's.
 */
async function tellBothAddresses(
  context: Context,
  event: Event,
  before: Registration,
  changed: Registration,
): Promise<void> {
  await closeLost(before._id, context.now);
  const standing = (await takeBack([before._id])).get(before.uid);
  const { sequence, changedAt } = changed;
  const farewell: LetterTo = {
    kind: 'new-address',
    registration: { ...before, sequence, changedAt },
    more: { calendar: 'CANCEL' },
  };
  await oweLetters(context, event, [await welcome(changed), ...(standing?.everLeft ? [farewell] : [])]);
}

async function welcome(registration: Registration): Promise<LetterTo> {
  if (registration.status !== 'waiting') return { kind: 'confirmation', registration };
  return { kind: 'waiting-list', registration, more: { queue: await positionsOf(registration) } };
}
