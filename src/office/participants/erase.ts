import type { Request, Response } from 'express';
import { paths } from '../../base/paths.ts';
import { sendEraseQuestion, submitErased, type ToErase } from '../parts/erase.ts';
import { ownBoard, ownParticipant } from '../parts/guard.ts';
import { listAfter } from '../parts/notices.ts';

/** Asks before a participant is erased at their request. */
export async function showErase(req: Request, res: Response): Promise<void> {
  await sendEraseQuestion(res, await toErase(req, res));
}

/** Erases a participant at all events of the county board, and as a speaker. */
export async function submitErase(req: Request, res: Response): Promise<void> {
  await submitErased(req, res, await toErase(req, res));
}

async function toErase(req: Request, res: Response): Promise<ToErase> {
  const { event, registration } = await ownParticipant(req, res);
  const { _id: record, email, givenName, familyName } = registration;
  return {
    person: { authority: ownBoard(res)._id, email, record },
    name: `${givenName} ${familyName}`,
    back: paths.participant(event._id, record),
    done: listAfter(event, 'raderad'),
    current: 'events',
  };
}
