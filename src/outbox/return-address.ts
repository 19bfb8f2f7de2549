import { Types } from 'mongoose';
import { isSigned, type Secrets, sign } from '../base/keys.ts';
import type { Settings } from '../base/settings.ts';
import type { Letter } from './letter.ts';

type House = Pick<Settings, 'envelopeDomain'> & Secrets;

/**
 * The envelope sender of a letter. Each letter has its own, so that a bounce tells which letter it is about, whatever
 * mail servers do to the rest of it. Only small letters and digits, since some servers change the case; it tells nobody
 * the receiver's address. The letter's From if the settings name no domain for bounces.
 */
export function returnAddress(letter: Pick<Letter, '_id' | 'from'>, house: House): string {
  if (!house.envelopeDomain) return letter.from.address;
  const id = letter._id.toHexString();
  const signature = sign('return address', textOf(id), house.secret).toString('hex');
  return `studs+${id}${signature}@${house.envelopeDomain}`;
}

/** The letter that came back to this address; undefined for one that we have not made. */
export function letterReturnedTo(address: string, house: House): Types.ObjectId | undefined {
  if (!house.envelopeDomain) return undefined;
  const [, id = '', given = '', domain] =
    /^studs\+([\da-f]{24})([\da-f]{24})@(.+)$/.exec(address.toLowerCase()) ?? [];
  const own =
    domain === house.envelopeDomain &&
    isSigned('return address', textOf(id), Buffer.from(given, 'hex'), house);
  return own ? new Types.ObjectId(id) : undefined;
}

function textOf(id: string): string {
  return `letter ${id}`;
}
