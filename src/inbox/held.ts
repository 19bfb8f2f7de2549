import { logAction } from '../audit/log.ts';
import type { Context } from '../base/context.ts';
import { transaction } from '../base/database.ts';
import { linkMinutes } from '../organisers/sign-in-link.ts';
import { type Mail, MailModel } from './mail.ts';

type HeldMail = Pick<Mail, '_id' | 'held' | 'releasedAt' | 'receivedAt'>;

/** True if the bytes of a mail are shown to nobody yet, since not all of it could be searched for keys. */
export function isHeld({ held, releasedAt }: HeldMail): boolean {
  return held === true && !releasedAt;
}

/** From when on a held mail may be released: no link that signs somebody in can be good any more. */
export function releasableFrom({ receivedAt }: HeldMail): Date {
  return new Date(+receivedAt + linkMinutes.unasked * 60_000);
}

/**
 * An organiser wants to see a held mail all the same, which the log tells. Twice is no error.
 * @param authority the organiser's county board
 * @returns a refusal while a link in it may still sign somebody in
 */
export async function releaseMail(
  context: Context,
  authority: string,
  mail: HeldMail,
): Promise<'released' | { refused: 'early' }> {
  if (context.now < releasableFrom(mail)) return { refused: 'early' };
  const release = { releasedAt: context.now, releasedBy: context.by.organiser?.name ?? '' };
  await transaction(async () => {
    const held = { _id: mail._id, held: true, releasedAt: null };
    const { modifiedCount } = await MailModel.updateOne(held, { $set: release });
    if (modifiedCount === 1) await logAction(context, { authority, action: 'mail.released', about: '' });
  });
  return 'released';
}
