import type { Request, Response } from 'express';
import { paths } from '../../base/paths.ts';
import { EventModel } from '../../events/event.ts';
import { isHeld, releasableFrom, releaseMail } from '../../inbox/held.ts';
import type { Mail, MailState } from '../../inbox/mail.ts';
import { findMail, listMails, setHandled } from '../../inbox/queries.ts';
import { isInboxFull } from '../../inbox/quota.ts';
import { findParticipant } from '../../registrations/participants/participants.ts';
import { NotFound } from '../../web/errors.ts';
import { sendPage } from '../../web/pages.ts';
import type { State } from '../parts/event-state.ts';
import { mailViewer, ownBoard } from '../parts/guard.ts';
import { asked, askedOneOf, askedPage, withQuery } from '../parts/query-string.ts';
import { heldWords, wordsOf } from './inbox-words.ts';

const shown = ['people', 'handled', 'done'] as const;

/** What the office calls the states of a mail. */
const states: Record<(typeof shown)[number], State & { choice: string }> = {
  people: { text: 'Väntar', color: 'warning', choice: 'Väntar på er' },
  handled: { text: 'Klart', color: 'success', choice: 'Klara' },
  done: { text: 'Skött', color: 'neutral', choice: 'Sköttes av sig själva' },
};

/** Mail that has come in and that somebody must look at; or, when asked for, what is done. */
export async function showInbox(req: Request, res: Response): Promise<void> {
  const state = askedOneOf(req, 'state', shown) ?? 'people';
  const page = askedPage(req);
  const { mails, pages } = await listMails(mailViewer(res), state, page);
  sendPage(res, 'office/letters/inbox', {
    title: 'Inkommet',
    current: 'inbox',
    ...{ mails, pages, page, state, states, wordsOf },
    isFull: await isInboxFull(res.locals.context),
    happened: asked(req, 'klart') && 'Mejlet är markerat som klart.',
    answers: { state },
    choices: [
      {
        name: 'state',
        label: 'Mejl',
        options: shown.map((one) => ({ value: one, label: states[one].choice })),
      },
    ],
    pageLink: (page: number) => withQuery(paths.inbox(), { state, page }),
  });
}

/** One of those mails: whose it is, why it is here, what it says as plain text. */
export async function showMail(req: Request, res: Response): Promise<void> {
  await sendMailPage(await open(req, res), res);
}

async function sendMailPage(mail: Mail, res: Response, status = 200): Promise<void> {
  const { state, event: eventId, registration: id } = mail;
  const event = eventId && (await EventModel.findById(eventId, { title: 1, start: 1 }).lean());
  const participant = event && id ? await findParticipant(event._id, String(id)) : null;
  const isReleasable = res.locals.now >= releasableFrom(mail);
  const page = {
    title: 'Ett mejl som har kommit in',
    heading: mail.subject || 'Utan ämne',
    current: 'inbox',
    ...{ mail, event, participant, isReleasable },
    state: isShown(state) ? states[state] : undefined,
    words: wordsOf(mail),
    isSpeakers: ['speakerAccepted', 'speakerDeclined'].includes(mail.outcome ?? ''),
    held: isHeld(mail) && heldWords(releasableFrom(mail), isReleasable),
  };
  sendPage(res, 'office/letters/inbox-mail', page, status);
}

/** Puts a mail aside as handled, takes it up again, or releases one that is held. */
export async function submitMail(req: Request, res: Response): Promise<void> {
  const mail = await open(req, res);
  if (req.body.release === 'ja') return submitRelease(mail, res);
  const handled = req.body.handled !== 'nej';
  await setHandled(res.locals.context, mail, handled);
  res.redirect(303, handled ? withQuery(paths.inbox(), { klart: 'ja' }) : paths.inboxMail(mail._id));
}

async function submitRelease(mail: Mail, res: Response): Promise<void> {
  const result = await releaseMail(res.locals.context, ownBoard(res)._id, mail);
  if (result !== 'released') return sendMailPage(mail, res, 422);
  res.redirect(303, paths.inboxMail(mail._id));
}

/** The exact bytes but for hidden links, for a mail program. @throws NotFound while the mail is held */
export async function sendMailFile(req: Request, res: Response): Promise<void> {
  const mail = await open(req, res);
  if (isHeld(mail)) throw new NotFound();
  res.attachment(`mejl-${mail._id}.eml`).type('message/rfc822').send(mail.raw);
}

function isShown(state: MailState): state is (typeof shown)[number] {
  return state !== 'received';
}

async function open(req: Request, res: Response): Promise<Mail> {
  const mail = await findMail(mailViewer(res), req.params.id);
  if (!mail || !isShown(mail.state)) throw new NotFound();
  return mail;
}
