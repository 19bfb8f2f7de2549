import type { Context } from '../base/context.ts';
import { logger } from '../base/log.ts';
import { pauseAfter } from '../outbox/sending/backoff.ts';
import { judge } from './judging/classify.ts';
import { type Mail, MailModel } from './mail.ts';
import { openMail } from './parsing/parse.ts';
import { settle } from './save-verdict.ts';

/** Mails that one round reads, at most. */
const batch = 20;

/** After so many failures a mail is left to people. */
const mostAttempts = 5;

/**
 * Reads the mails that wait for it, the oldest first. Reading the same one twice, or in two processes at once, makes no
 * difference: what it comes to is written in one transaction that only the first can make.
 * @returns how many there were
 */
export async function readInbox(context: Context): Promise<number> {
  const waiting = await MailModel.find({ dueAt: { $lte: context.now } }, { _id: 1 })
    .sort({ dueAt: 1 })
    .limit(batch)
    .lean();
  for (const { _id } of waiting) {
    const mail = await MailModel.findById(_id).setOptions({ promoteBuffers: true }).lean<Mail>();
    if (mail) await read(context, mail).catch((error: Error) => postpone(context, mail, error));
  }
  return waiting.length;
}

async function read(context: Context, mail: Mail): Promise<void> {
  const opened = await openMail(mail.raw);
  if ('problem' in opened)
    logger.warn({ mail: mail._id, problem: opened.problem }, 'A mail could not be read.');
  await settle(context, mail, opened, () => judge(context, mail, opened));
}

/** A fault of ours, or of the database: the mail is kept and tried again, and at last left to people. */
async function postpone(context: Context, { _id, attempts }: Mail, error: Error): Promise<void> {
  logger.error({ mail: _id, error: error.stack }, 'A mail could not be acted on. It is kept. Report this.');
  const change =
    attempts + 1 < mostAttempts
      ? { $set: { dueAt: new Date(+context.now + pauseAfter(attempts + 1)), attempts: attempts + 1 } }
      : { $set: { state: 'people', outcome: 'unreadable' }, $unset: { dueAt: 1 } };
  await MailModel.updateOne({ _id, state: 'received' }, change);
}
