import type { Context } from '../../base/context.ts';
import { type Letter, LetterModel } from '../../outbox/letter.ts';
import { markDeadAddress } from '../../registrations/personal/dead-address.ts';
import type { Opened } from '../parsing/parse.ts';
import type { Verdict } from '../save-verdict.ts';
import { fateIn } from './delivery-report.ts';

/**
 * Reads a delivery report (RFC 3464). No mail is ever sent in answer to it (RFC 3834 section 2).
 * @param letter the one that never arrived, by the address that the report came to
 */
export async function judgeReport(context: Context, opened: Opened, letter: Letter | null): Promise<Verdict> {
  const fate = fateIn(opened.deliveryStatus ?? '', letter?.to.address ?? '');
  if (fate.fate === 'open') return { outcome: 'delayed' };
  if (!letter) return { outcome: 'returned' };
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
  return { outcome: 'bounced' };
}
