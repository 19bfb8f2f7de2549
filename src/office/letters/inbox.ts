import type { Request, Response } from 'express';
import { paths } from '../../base/paths.ts';
import { EventModel } from '../../events/event.ts';
import type { Mail, MailState } from '../../inbox/mail.ts';
import { findMail, listMails, setHandled } from '../../inbox/queries.ts';
import { findParticipant } from '../../registrations/participants/participants.ts';
import { NotFound } from '../../web/errors.ts';
import { sendPage } from '../../web/pages.ts';
import type { State } from '../parts/event-state.ts';
import { ownBoard } from '../parts/guard.ts';
import { asked, askedOneOf, askedPage, withQuery } from '../parts/query-string.ts';
import { mailWords } from './inbox-words.ts';

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
  const { mails, pages } = await listMails(ownBoard(res)._id, state, page);
  sendPage(res, 'office/letters/inbox', {
    title: 'Inkommet',
    current: 'inbox',
    ...{ mails, pages, page, state, states, mailWords },
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
  const mail = await open(req, res);
  const { state, outcome = 'unreadable', event: eventId, registration: id } = mail;
  const event = eventId && (await EventModel.findById(eventId, { title: 1, start: 1 }).lean());
  const participant = event && id ? await findParticipant(event._id, String(id)) : null;
  sendPage(res, 'office/letters/inbox-mail', {
    title: 'Ett mejl som har kommit in',
    heading: mail.subject || 'Utan ämne',
    current: 'inbox',
    ...{ mail, event, participant },
    state: isShown(state) ? states[state] : undefined,
    words: mailWords[outcome],
  });
}

/** Puts a mail aside as handled, or takes it up again. */
export async function submitMail(req: Request, res: Response): Promise<void> {
  const mail = await open(req, res);
  const handled = req.body.handled !== 'nej';
  await setHandled(res.locals.context, mail, handled);
  res.redirect(303, handled ? withQuery(paths.inbox(), { klart: 'ja' }) : paths.inboxMail(mail._id));
}

/** The exact bytes, for a mail program. */
export async function sendMailFile(req: Request, res: Response): Promise<void> {
  const mail = await open(req, res);
  res.attachment(`mejl-${mail._id}.eml`).type('message/rfc822').send(mail.raw);
}

function isShown(state: MailState): state is (typeof shown)[number] {
  return state !== 'received';
}

async function open(req: Request, res: Response): Promise<Mail> {
  const mail = await findMail(ownBoard(res)._id, req.params.id);
  if (!mail || !isShown(mail.state)) throw new NotFound();
  return mail;
}
