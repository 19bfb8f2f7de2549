import { keysIn } from '../base/paths.ts';
import type { Settings } from '../base/settings.ts';
import { type Letter, LetterModel } from '../outbox/letter.ts';
import { messageIdOf } from '../outbox/message.ts';
import { letterReturnedTo } from '../outbox/return-address.ts';
import { findByToken } from '../registrations/personal/links.ts';
import type { Registration } from '../registrations/registration.ts';
import type { Mail } from './mail.ts';
import type { Opened } from './parse.ts';

/** Whose matter a mail is, as far as it tells. */
export type Matter = Pick<Mail, 'registration' | 'event' | 'authority'>;

/** The envelope sender: by the SMTP line, or as a pipe's mail server has written it down. Undefined where nobody told. */
export function senderOf({ envelope }: Mail, { headers }: Opened): string | undefined {
  if (envelope.from !== undefined) return envelope.from;
  const line = headers.find(([name]) => name === 'return-path');
  return line?.[1].replace(/[<>\s]/g, '');
}

const receiverHeaders = ['x-original-to', 'delivered-to', 'envelope-to', 'to'];

/** The letter whose envelope sender this mail went to, as a bounce does; null for none of ours. */
export async function returnedLetter(
  { envelope }: Mail,
  { headers }: Opened,
  settings: Settings,
): Promise<Letter | null> {
  const written = headers.filter(([name]) => receiverHeaders.includes(name));
  const texts = [...envelope.to, ...written.flatMap(([, value]) => value.split(/[\s<>,;]+/))];
  const id = texts.map((text) => letterReturnedTo(text, settings)).find(Boolean);
  return id ? LetterModel.findById(id, { raw: 0 }).lean<Letter>() : null;
}

/** The secret parts of our links in a mail, as in a letter of ours that came back or that is quoted. */
export function tokensIn({ raw }: Mail, { text = '' }: Partial<Opened>): string[] {
  // Quoted-printable breaks long lines anywhere.
  const written = raw.toString('latin1').replace(/=\r?\n/g, '');
  return keysIn(`${written}\n${text}`).slice(0, 100);
}

/** The board's matter that a mail is about, by the letter that came back or that it answers, or a personal link in it. */
export async function matterOf(mail: Mail, opened: Opened, settings: Settings): Promise<Matter> {
  const letter =
    (await returnedLetter(mail, opened, settings)) ?? (await answeredLetter(opened.references, settings));
  // A letter that signs somebody in is nobody's matter.
  if (!letter?.listed) return linkedMatter(tokensIn(mail, opened), settings);
  const { registration, event, authority } = letter;
  return { ...(registration && { registration }), ...(event && { event }), ...(authority && { authority }) };
}

/** Whose personal link it is that a mail holds: no other board may see it. */
async function linkedMatter(tokens: string[], settings: Settings): Promise<Matter> {
  const found = await Promise.all(tokens.map((token) => findByToken(token, settings)));
  const registration = found.find((one) => one !== null);
  return registration ? matterFrom(registration) : {};
}

/** A registration as the matter of a mail. */
export function matterFrom({ _id, event, authority }: Registration): Matter {
  return { registration: _id, event, authority };
}

/** The letter that a mail answers: a letter's Message-ID is made of its key. */
async function answeredLetter(references: string[], { mailFrom }: Settings): Promise<Letter | null> {
  const keys = references.map((id) => id.slice(1, id.lastIndexOf('@')));
  const own = keys.filter((key) => references.includes(messageIdOf(key, mailFrom)));
  if (own.length === 0) return null;
  return LetterModel.findOne({ key: { $in: own } }, { raw: 0 }).lean<Letter>();
}
