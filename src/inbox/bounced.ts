import type { Context } from '../base/context.ts';
import { LetterModel } from '../outbox/letter.ts';
import { markDeadAddress } from '../registrations/personal/dead-address.ts';
import { matterOf, returnedLetter } from './correlate.ts';
import { fateIn } from './delivery-report.ts';
import type { Mail } from './mail.ts';
import type { Opened } from './parse.ts';
import type { Verdict } from './save-verdict.ts';

/**
 * Reads a delivery report (RFC 3464). The address that it came to says which letter never arrived. No mail is ever sent
 * in answer to it (RFC 3834 section 2).
 */
export async function judgeReport(context: Context, mail: Mail, opened: Opened): Promise<Verdict> {
  const letter = await returnedLetter(mail, opened, context.settings);
  const matter = await matterOf(mail, opened, context.settings);
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
  await LetterModel.updateOne({ _id: letter._id }, change);
  await markDeadAddress(context, letter.to.address);
  return { outcome: 'bounced', ...matter };
}
