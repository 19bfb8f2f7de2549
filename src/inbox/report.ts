import { note } from '../authorities/journal.ts';
import type { Act } from '../base/act.ts';
import type { ClientSession } from '../base/database.ts';
import { type Event, EventModel } from '../events/event.ts';
import { type Letter, LetterModel } from '../post/letter.ts';
import { active, noteOf, type Registration, RegistrationModel } from '../registrations/registration.ts';
import { fateIn } from './bounce.ts';
import type { Mail } from './mail.ts';
import { matterOf, returnedLetter } from './matter.ts';
import type { Opened } from './opened.ts';
import type { Verdict } from './settling.ts';

/** A delivery report: by the address that it came to it is known which letter never arrived (R56). Nothing is mailed because of it (R57). */
export async function judgeReport(
  act: Act,
  mail: Mail,
  opened: Opened,
  session: ClientSession,
): Promise<Verdict> {
  const letter = await returnedLetter(mail, opened, act.settings, session);
  const matter = await matterOf(mail, opened, act.settings, session);
  const fate = fateIn(opened.deliveryStatus ?? '', letter?.to.address ?? '');
  if (fate.fate === 'open') return { outcome: 'delayed', ...matter };
  if (!letter) return { outcome: 'returned', ...matter };
  const error = {
    code: fate.status,
    text: fate.text
      .slice(0, 500)
      .replace(/\S*@\S*/g, '…')
      .slice(0, 200),
  };
  const change = { $set: { state: 'bounced' as const, error }, $unset: { dueAt: 1 as const } };
  await LetterModel.updateOne({ _id: letter._id }, change, { session });
  await markAddress(act, letter, session);
  return { outcome: 'bounced', ...matter };
}

/** The address takes no mail, whatever event it is about: wherever it is registered its organisers see it. */
async function markAddress(act: Act, letter: Letter, session: ClientSession): Promise<void> {
  const unmarked = { email: letter.to.address, status: { $in: active }, bouncedAt: { $exists: false } };
  const those = await RegistrationModel.find(unmarked).session(session).lean<Registration[]>();
  for (const one of those) {
    await RegistrationModel.updateOne({ _id: one._id }, { $set: { bouncedAt: act.now } }, { session });
    const event = await EventModel.findById(one.event).session(session).lean<Event>();
    if (event) await note(act, noteOf('registration.bounced', one, event), session);
  }
}
