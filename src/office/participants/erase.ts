import type { Request, Response } from 'express';
import { erasePerson } from '../../erasing/erase-person.ts';
import { countSpoken } from '../../erasing/erase-speaker.ts';
import { holdingsOf } from '../../erasing/holdings.ts';
import { statusNames } from '../../registrations/participants/participants.ts';
import { sendPage } from '../../web/pages.ts';
import { ownBoard, ownParticipant } from '../parts/guard.ts';
import { listAfter } from '../parts/notices.ts';

/** Says what goes and what stays before a person is erased at their request. */
export async function showErase(req: Request, res: Response): Promise<void> {
  await sendQuestion(req, res, 200);
}

/** Erases the person; `letters` says whether they hear of seats that are cancelled. */
export async function submitErase(req: Request, res: Response): Promise<void> {
  const { event, registration } = await ownParticipant(req, res);
  const { letters } = req.body;
  if (letters !== 'ja' && letters !== 'nej') return sendQuestion(req, res, 422);
  const person = { authority: ownBoard(res)._id, email: registration.email };
  await erasePerson(res.locals.context, person, letters === 'ja');
  res.redirect(303, listAfter(event, 'raderad'));
}

async function sendQuestion(req: Request, res: Response, status: number): Promise<void> {
  const { event, registration } = await ownParticipant(req, res);
  const { email, givenName, familyName } = registration;
  const person = { authority: ownBoard(res)._id, email };
  const [held, spoken] = [await holdingsOf(person, res.locals.now), await countSpoken(person)];
  const page = {
    title: 'Radera en persons uppgifter',
    current: 'events',
    ...{ event, registration, held, spoken, email, statusNames, name: `${givenName} ${familyName}` },
    coming: held.registrations.filter(({ isComing }) => isComing),
  };
  sendPage(res, 'office/participants/erase', page, status);
}
