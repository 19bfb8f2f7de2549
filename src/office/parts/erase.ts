import type { Request, Response } from 'express';
import { erasePerson } from '../../erasing/erase-person.ts';
import { countSpoken, entriesOf, openInvitations } from '../../erasing/erase-speaker.ts';
import { type DataSubject, holdingsOf } from '../../erasing/holdings.ts';
import { statusNames } from '../../registrations/participants/participants.ts';
import { sendPage } from '../../web/pages.ts';

/** Whom an organiser asks to erase, the page to go back to if not, and the one that says that it is done. */
export type ToErase = {
  person: DataSubject;
  name: string;
  back: string;
  done: string;
  /** Where in the menu the page belongs. */
  current: 'events' | 'speakers';
};

/** Says what goes and what stays before a person is erased at their request. */
export async function sendEraseQuestion(res: Response, asked: ToErase, status = 200): Promise<void> {
  const { person, name, back, current } = asked;
  const [held, spoken, entries, invitations] = await Promise.all([
    holdingsOf(person, res.locals.now),
    countSpoken(person),
    entriesOf(person),
    openInvitations(person),
  ]);
  const page = {
    title: 'Radera en persons uppgifter',
    ...{ current, held, spoken, statusNames, name, back, email: person.email },
    isSpeaker: entries.length > 0,
    isInvited: invitations.length > 0,
    coming: held.registrations.filter(({ isComing }) => isComing),
  };
  sendPage(res, 'office/parts/erase', page, status);
}

/** Erases the person; `letters` says whether they hear of seats and invitations that are taken back. */
export async function submitErased(req: Request, res: Response, asked: ToErase): Promise<void> {
  const { letters } = req.body;
  if (letters !== 'ja' && letters !== 'nej') return sendEraseQuestion(res, asked, 422);
  await erasePerson(res.locals.context, asked.person, letters === 'ja');
  res.redirect(303, asked.done);
}
