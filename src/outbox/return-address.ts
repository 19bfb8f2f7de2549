import { Types } from 'mongoose';
import { isSigned, type Secrets, sign } from '../base/keys.ts';
import type { Settings } from '../base/settings.ts';
import type { Letter } from './letter.ts';

/** The domain that bounces come to, and the keys that the addresses are signed with. */
type Bounces = Pick<Settings, 'envelopeDomain'> & Secrets;

/**
 * The envelope sender of a letter. Each letter has its own, so that a bounce tells which letter it is about, whatever
 * mail servers do to the rest of it. Only small letters and digits, since some servers change the case; it tells nobody
 * the receiver's address. The letter's From if the settings name no domain for bounces.
 */
export function returnAddress(letter: Pick<Letter, '_id' | 'from'>, bounces: Bounces): string {
  if (!bounces.envelopeDomain) return letter.from.address;
  const id = letter._id.toHexString();
  const signature = sign('return address', textOf(id), bounces.secret).toString('hex');
  return `studs+${id}${signature}@${bounces.envelopeDomain}`;
}

/** The letter that came back to this address; undefined for one that we have not made. */
export function letterReturnedTo(address: string, bounces: Bounces): Types.ObjectId | undefined {
  if (!bounces.envelopeDomain) return undefined;
  const [, id = '', given = '', domain] =
    /^studs\+([\da-f]{24})([\da-f]{24})@(.+)$/.exec(address.toLowerCase()) ?? [];
  const own =
    domain === bounces.envelopeDomain &&
    isSigned('return address', textOf(id), Buffer.from(given, 'hex'), bounces);
  return own ? new Types.ObjectId(id) : undefined;
}

function textOf(id: string): string {
  return `letter ${id}`;
}
