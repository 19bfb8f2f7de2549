import type { Request, Response } from 'express';
import { paths } from '../../base/paths.ts';
import { sendEraseQuestion, submitErased, type ToErase } from '../parts/erase.ts';
import { mailWords } from '../parts/notices.ts';
import { withQuery } from '../parts/query-string.ts';
import { ownSpeaker } from './entry.ts';

/** Asks before somebody in the register is erased at their request. */
export async function showEraseSpeaker(req: Request, res: Response): Promise<void> {
  await sendEraseQuestion(res, await toErase(req, res));
}

/** Erases somebody in the register, and as a participant if they ever were one. */
export async function submitEraseSpeaker(req: Request, res: Response): Promise<void> {
  await submitErased(req, res, await toErase(req, res));
}

async function toErase(req: Request, res: Response): Promise<ToErase> {
  const entry = await ownSpeaker(req, res);
  const { _id: record, authority, email, name } = entry;
  Object.assign(res.locals, mailWords(res.locals.context, entry));
  return {
    person: { authority, email, record },
    name,
    back: paths.speaker(record),
    done: withQuery(paths.speakers(), { klart: 'raderad' }),
    current: 'speakers',
  };
}
