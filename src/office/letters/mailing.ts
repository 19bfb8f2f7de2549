import type { Request, Response } from 'express';
import { paths } from '../../base/paths.ts';
import type { Event } from '../../events/event.ts';
import { mailingSubject } from '../../letters/kinds/mailing.ts';
import { findMailing } from '../../letters/mailings/drafts.ts';
import type { Mailing } from '../../letters/mailings/mailing.ts';
import { copiesOfMailing } from '../../letters/mailings/progress.ts';
import {
  findMailingReceiver,
  type ListedReceiver,
  listMailingReceivers,
  type MailingReceiver,
} from '../../letters/mailings/receivers.ts';
import { finishMailing, mailingRow, sendMailing, tryMailing } from '../../letters/mailings/send.ts';
import { composeExample } from '../../letters/previews/example.ts';
import { unsent } from '../../letters/previews/unsent.ts';
import { findOrganiser } from '../../organisers/organiser.ts';
import { toBytes } from '../../outbox/message.ts';
import { readLetter } from '../../outbox/parse.ts';
import { NotFound } from '../../web/errors.ts';
import { sendPage } from '../../web/pages.ts';
import { stateOf } from '../parts/event-state.ts';
import { ownBoard, ownEvent } from '../parts/guard.ts';
import { asked, askedOneOf, withQuery } from '../parts/query-string.ts';
import { sendLetterHtml, tableOf } from './list.ts';
import { filterInWords } from './mailing-form.ts';

/** A letter by hand, and one of its receivers. */
type ShownMailing = {
  event: Event;
  mailing: Mailing;
  people: ListedReceiver[];
  chosen: MailingReceiver | null;
};

/** How the letter will be for the chosen receiver, to how many it goes, and the buttons that lead on. */
export async function showMailing(req: Request, res: Response): Promise<void> {
  await sendMailingPage(res, await open(req, res, req.query.registration), {
    part: askedOneOf(req, 'part', ['text', 'html'] as const) ?? 'text',
    tested: asked(req, 'klart') === 'prov',
  });
}

/** Only the letter's HTML, for the frame of the page. */
export async function showMailingHtml(req: Request, res: Response): Promise<void> {
  const shown = await open(req, res, req.query.registration);
  const written = await writtenFor(shown, res);
  if (!written) throw new NotFound();
  sendLetterHtml(res, written);
}

/** Sends the letter to the organiser alone, as the chosen receiver would get it. */
export async function submitTryMailing(req: Request, res: Response): Promise<void> {
  const { event, mailing, chosen } = await open(req, res, req.body.registration);
  const organiser = await findOrganiser(res.locals.organiser?.id ?? '');
  if (!organiser || !chosen) throw new NotFound();
  const subject = { receiver: chosen, event, authority: ownBoard(res) };
  await tryMailing(res.locals.context, mailing, subject, { name: organiser.name, address: organiser.email });
  const registration = String(chosen._id);
  res.redirect(303, withQuery(paths.mailing(event._id, mailing._id), { registration, klart: 'prov' }));
}

/** Sends the letter to everybody, as it was seen: where anything is another by now, the page is shown anew and nothing is sent. */
export async function submitSendMailing(req: Request, res: Response): Promise<void> {
  const shown = await open(req, res, undefined);
  const { event, mailing } = shown;
  const { context } = res.locals;
  const seen = { version: Number(req.body.version), count: Number(req.body.count) };
  const sent = await sendMailing(context, mailing, event, seen);
  if ('refused' in sent)
    return sendMailingPage(res, await open(req, res, undefined), { part: 'text', conflict: true });
  await finishMailing(context, mailing._id, event._id);
  res.redirect(303, withQuery(paths.eventLetters(event._id), { klart: 'utskick' }));
}

/** The letter that the address names, and the receiver asked for; the first in the list where there is no such. */
async function open(req: Request, res: Response, receiver: unknown): Promise<ShownMailing> {
  const event = await ownEvent(req, res);
  const mailing = await findMailing(event._id, req.params.mailing);
  if (!mailing) throw new NotFound();
  const people = await listMailingReceivers(mailing);
  const one = people.find(({ registration }) => String(registration) === receiver) ?? people[0];
  const chosen = one ? await findMailingReceiver(mailing, one.registration) : null;
  return { event, mailing, people, chosen };
}

/** By the composer and the writer that make the real ones; the personal link opens nothing. */
async function writtenFor({ event, mailing, chosen }: ShownMailing, res: Response) {
  if (!chosen) return undefined;
  const { context } = res.locals;
  const subject = { receiver: chosen, event, authority: ownBoard(res) };
  const letter = unsent(mailingRow(context, mailing, subject));
  const raw = await toBytes(letter, await composeExample(letter, context.settings));
  return { letter, ...(await readLetter(letter, raw)) };
}

type MailingPageParts = { part: 'text' | 'html'; tested?: boolean; conflict?: boolean };

async function sendMailingPage(
  res: Response,
  shown: ShownMailing,
  { part, tested, conflict }: MailingPageParts,
): Promise<void> {
  const { event, mailing, people, chosen } = shown;
  const at = paths.mailing(event._id, mailing._id);
  const place = people.findIndex(({ registration }) => chosen && registration.equals(chosen._id));
  const linkTo = (index: number) => {
    const person = people[index];
    return person && withQuery(at, { registration: String(person.registration), part });
  };
  const registration = chosen ? String(chosen._id) : undefined;
  const page = {
    title: `Utskick: ${event.title}`,
    current: 'events',
    ...{ event, mailing, people, chosen, part, tested, conflict },
    state: stateOf(event, res.locals.now),
    ...(mailing.state === 'sent'
      ? await tableOf(await copiesOfMailing(mailing))
      : { written: await writtenFor(shown, res) }),
    subject: mailingSubject(mailing, event),
    whom: filterInWords(mailing.filter, ownBoard(res).municipalities),
    isTested: mailing.tested === mailing.version,
    place,
    previous: linkTo(place - 1),
    next: linkTo(place + 1),
    partLink: (part: string) => withQuery(at, { registration, part }),
    htmlLink: withQuery(paths.mailingHtml(event._id, mailing._id), { registration }),
  };
  sendPage(res, 'office/letters/mailing', page, conflict ? 409 : 200);
}
