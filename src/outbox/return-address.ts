import { Types } from 'mongoose';
import { isSigned, type Secrets, sign } from '../base/keys.ts';
import type { Settings } from '../base/settings.ts';
import type { Letter } from './letter.ts';

/** The domain that mail about letters comes to, and the keys that the addresses are signed with. */
type Bounces = Pick<Settings, 'envelopeDomain'> & Secrets;

/** What an address of a letter begins with, by what it is for. */
const beginnings = { 'return address': 'studs', 'unsubscribe address': 'nej' } as const;
type Beginning = keyof typeof beginnings;

/**
 * The envelope sender of a letter. Each letter has its own, so that a bounce tells which letter it is about, whatever
 * mail servers do to the rest of it. Only small letters and digits, since some servers change the case; it tells nobody
 * the receiver's address. The letter's From if the settings name no domain for bounces.
 */
export function returnAddress(letter: Pick<Letter, '_id' | 'from'>, bounces: Bounces): string {
  return addressOf('return address', letter, bounces) ?? letter.from.address;
}

/** Where a mail says no to more letters like this one (RFC 2369, 3.2); undefined if the settings name no domain for it. */
export function unsubscribeAddress(letter: Pick<Letter, '_id'>, bounces: Bounces): string | undefined {
  return addressOf('unsubscribe address', letter, bounces);
}

/** The letter that came back to this address; undefined for one that we have not made. */
export function letterReturnedTo(address: string, bounces: Bounces): Types.ObjectId | undefined {
  return letterOf('return address', address, bounces);
}

/** The letter whose kind the receiver wants no more of; undefined for an address that we have not made. */
export function letterUnsubscribedAt(address: string, bounces: Bounces): Types.ObjectId | undefined {
  return letterOf('unsubscribe address', address, bounces);
}

function addressOf(purpose: Beginning, { _id }: Pick<Letter, '_id'>, bounces: Bounces): string | undefined {
  if (!bounces.envelopeDomain) return undefined;
  const id = _id.toHexString();
  const signature = sign(purpose, textOf(id), bounces.secret).toString('hex');
  return `${beginnings[purpose]}+${id}${signature}@${bounces.envelopeDomain}`;
}

function letterOf(purpose: Beginning, address: string, bounces: Bounces): Types.ObjectId | undefined {
  if (!bounces.envelopeDomain) return undefined;
  const [, beginning, id = '', given = '', domain] =
    /^(\w+)\+([\da-f]{24})([\da-f]{24})@(.+)$/.exec(address.toLowerCase()) ?? [];
  const own =
    beginning === beginnings[purpose] &&
    domain === bounces.envelopeDomain &&
    isSigned(purpose, textOf(id), Buffer.from(given, 'hex'), bounces);
  return own ? new Types.ObjectId(id) : undefined;
}

function textOf(id: string): string {
  return `letter ${id}`;
}
