import { normalisedAddress } from '../../base/form/addresses.ts';
import type { Settings } from '../../base/settings.ts';
import { type Letter, LetterModel } from '../../outbox/letter.ts';
import { messageIdOf } from '../../outbox/message.ts';
import { letterReturnedTo, letterUnsubscribedAt } from '../../outbox/return-address.ts';
import { findByToken } from '../../registrations/personal/links.ts';
import { type Registration, RegistrationModel } from '../../registrations/registration.ts';
import type { Mail } from '../mail.ts';
import type { Opened, Unread } from '../parsing/parse.ts';

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
  mail: Mail,
  opened: Opened | Unread,
  settings: Settings,
): Promise<Letter | null> {
  return letterAt(mail, opened, (address) => letterReturnedTo(address, settings));
}

/** The letter whose kind this mail says no to; null if it went to no address for that. */
export async function unsubscribedLetter(
  mail: Mail,
  opened: Opened | Unread,
  settings: Settings,
): Promise<Letter | null> {
  return letterAt(mail, opened, (address) => letterUnsubscribedAt(address, settings));
}

async function letterAt(
  { envelope }: Mail,
  opened: Opened | Unread,
  letterOf: (address: string) => Letter['_id'] | undefined,
): Promise<Letter | null> {
  const headers = 'problem' in opened ? [] : opened.headers;
  const written = headers.filter(([name]) => receiverHeaders.includes(name));
  const texts = [...envelope.to, ...written.flatMap(([, value]) => value.split(/[\s<>,;]+/))];
  const id = texts.map(letterOf).find(Boolean);
  return id ? LetterModel.findById(id, { raw: 0 }).lean<Letter>() : null;
}

/**
 * Whose matter a mail is: by the letter that came back or that it answers, a personal link in it, the invitation that its
 * calendar object is about, or its sender. It decides who may see the mail, for which nobody need prove to be the sender.
 * @param returned the letter that came back
 */
export async function matterOf(
  mail: Mail,
  opened: Opened | Unread,
  returned: Letter | null,
  settings: Settings,
): Promise<Matter> {
  const { references, uids, from } = 'problem' in opened ? unknown : opened;
  const letter = returned ?? (await answeredLetter(references, settings));
  // A letter that signs somebody in is nobody's matter.
  if (letter?.listed) return matterOfLetter(letter);
  const sender = normalisedAddress(from?.address ?? mail.envelope.from ?? '');
  return (
    (await linkedMatter(opened.keys, settings)) ??
    (await commonMatter({ uid: { $in: uids } })) ??
    (await commonMatter({ email: sender ?? '' })) ??
    {}
  );
}

const unknown: Pick<Opened, 'references' | 'uids' | 'from'> = { references: [], uids: [] };

/** A letter to a speaker is about no registration. */
function matterOfLetter({ facts, registration: about, event, authority }: Letter): Matter {
  const registration = facts.speaker ? undefined : about;
  return { ...(registration && { registration }), ...(event && { event }), ...(authority && { authority }) };
}

/** Whose personal link it is that a mail holds. */
async function linkedMatter(keys: string[], settings: Settings): Promise<Matter | undefined> {
  const found = await Promise.all(keys.slice(0, 100).map((key) => findByToken(key, settings)));
  const registration = found.find((one) => one !== null);
  return registration && matterFrom(registration);
}

/** The one registration that is found, or the county board that all of them are with; undefined if they are with several. */
async function commonMatter(
  filter: { email: string } | { uid: { $in: string[] } },
): Promise<Matter | undefined> {
  const found = await RegistrationModel.find(filter, { event: 1, authority: 1 }).lean<Registration[]>();
  const [first, ...more] = found;
  if (!first || more.some(({ authority }) => authority !== first.authority)) return undefined;
  return more.length === 0 ? matterFrom(first) : { authority: first.authority };
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
