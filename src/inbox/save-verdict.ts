import type { Context } from '../base/context.ts';
import { transaction } from '../base/database.ts';
import { type Mail, MailModel, type MailOutcome, openOutcomes } from './mail.ts';
import type { Opened, Unread } from './parsing/parse.ts';

/** What a mail comes to, and whose matter it is. */
export type Verdict = { outcome: MailOutcome } & Pick<
  Mail,
  'answer' | 'registration' | 'event' | 'authority'
>;

/** How long a mail that nobody need look at is kept, in milliseconds: what it said is noted. */
const keptAfterwards = 90 * 24 * 3600_000;

/** Does what a mail asks for and writes down what that was, together and once. */
export async function settle(
  context: Context,
  { _id }: Mail,
  opened: Opened | Unread,
  judge: () => Promise<Verdict>,
): Promise<void> {
  await transaction(async () => {
    if (!(await MailModel.exists({ _id, state: 'received' }))) return;
    const verdict = await judge();
    const isOpen = openOutcomes.some((one) => one === verdict.outcome);
    const change = {
      ...verdict,
      ...('problem' in opened ? {} : shownOf(opened)),
      ...(opened.keys.length > 0 && { raw: Buffer.from(opened.raw) }),
      ...((!opened.whole || ('sealed' in opened && opened.sealed)) && { held: true }),
      state: isOpen ? 'people' : 'done',
      ...(!isOpen && { expiresAt: new Date(+context.now + keptAfterwards) }),
    };
    await MailModel.updateOne({ _id }, { $set: change, $unset: { dueAt: 1 } });
  });
}

/** What the office sees of a mail. */
function shownOf({
  from,
  subject,
  text,
  messageId,
  calendar,
}: Opened): Pick<Mail, 'from' | 'subject' | 'text' | 'messageId' | 'proposal'> {
  const proposal = calendar && 'reply' in calendar ? calendar.reply.proposal : undefined;
  return {
    ...{ subject, text },
    ...(from && { from }),
    ...(messageId && { messageId }),
    ...(proposal && { proposal }),
  };
}
