import type { QueryFilter, Types } from 'mongoose';
import type { Context } from '../base/context.ts';
import { idFrom, pageOf } from '../base/database.ts';
import { type Mail, MailModel, type MailState } from './mail.ts';

/** A mail without its bytes. */
export type ListedMail = Omit<Mail, 'raw'>;

const pageSize = 50;

/** The county board that looks, and the one that sees what nobody knows whose it is. */
export type Viewer = { authority: string; firstAuthority: string };

/** The mails that are a county board's to see, newest first. @param page counted from 1 */
export async function listMails(
  viewer: Viewer,
  state: MailState,
  page: number,
): Promise<{ mails: ListedMail[]; pages: number }> {
  const found = MailModel.find({ ...seenBy(viewer), state }, { raw: 0, text: 0 });
  const { rows, pages } = await pageOf<ListedMail>(found.sort({ receivedAt: -1, _id: -1 }), page, pageSize);
  return { mails: rows, pages };
}

/** How many mails wait for somebody of the county board. */
export async function countOpenMails(viewer: Viewer): Promise<number> {
  return MailModel.countDocuments({ ...seenBy(viewer), state: 'people' });
}

/** One of those mails by its id as an address brings it, with its bytes; null for another board's. */
export async function findMail(viewer: Viewer, id: unknown): Promise<Mail | null> {
  const _id = idFrom(id);
  if (!_id) return null;
  return MailModel.findOne({ _id, ...seenBy(viewer) })
    .setOptions({ promoteBuffers: true })
    .lean<Mail>();
}

/** Null stands for mails without a board too. */
function seenBy({ authority, firstAuthority }: Viewer): QueryFilter<Mail> {
  const boards = authority === firstAuthority ? [authority, null] : [authority];
  return { authority: { $in: boards } } as QueryFilter<Mail>;
}

/** Puts a mail aside as handled, or takes it up again. Twice is no error. A mail from a person is kept: it is a public document. */
export async function setHandled(
  context: Context,
  { _id }: Pick<Mail, '_id'>,
  handled: boolean,
): Promise<void> {
  const by = { handledAt: context.now, handledBy: context.by.organiser?.name ?? '' };
  if (handled) await MailModel.updateOne({ _id, state: 'people' }, { $set: { state: 'handled', ...by } });
  else
    await MailModel.updateOne(
      { _id, state: 'handled' },
      { $set: { state: 'people' }, $unset: { handledAt: 1, handledBy: 1 } },
    );
}

/** What has come in about a registration, the oldest first. */
export async function mailsAbout({ _id }: { _id: Types.ObjectId }): Promise<AboutOne[]> {
  return MailModel.find(
    { registration: _id, state: { $ne: 'received' } },
    { receivedAt: 1, outcome: 1, from: 1, subject: 1, text: 1, proposal: 1 },
  )
    .sort({ receivedAt: 1 })
    .lean<AboutOne[]>();
}

type AboutOne = Pick<Mail, '_id' | 'receivedAt' | 'outcome' | 'from' | 'subject' | 'text' | 'proposal'>;
