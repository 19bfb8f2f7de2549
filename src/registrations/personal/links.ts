import { Types } from 'mongoose';
import type { Context } from '../../base/context.ts';
import { isSigned, type Secrets, sign, signatureLength } from '../../base/keys.ts';
import { type Registration, RegistrationModel } from '../registration.ts';

const idBytes = 12;

/** Whose link it is: a new address gets a new link, and the one that went to the old address opens nothing any more. */
type Holder = Pick<Registration, '_id' | 'email'>;

/**
 * The secret part of a personal link: the registration's id, and 144 bits of its HMAC with the application's secret.
 * Nothing of it is stored, and letters can be written again with the same link.
 */
export function tokenOf(holder: Holder, secret: string): string {
  return Buffer.concat([Buffer.from(holder._id.id), sign('personal link', textOf(holder), secret)]).toString(
    'base64url',
  );
}

/** The registration that a token opens; null for one that was made up. */
export async function findByToken(token: string, secrets: Secrets): Promise<Registration | null> {
  const id = idIn(token);
  const registration = id && (await RegistrationModel.findById(id).lean<Registration>());
  return registration && isTokenOf(registration, token, secrets) ? registration : null;
}

/**
 * Notes that whoever reads mail to the address has used its link. Programs that scan mail open links, and do not post
 * forms.
 */
export async function proveAddress({ now }: Pick<Context, 'now'>, registration: Registration): Promise<void> {
  if (registration.provenAt) return;
  registration.provenAt = now;
  const { _id, email } = registration;
  await RegistrationModel.updateOne(
    { _id, email, provenAt: { $exists: false } },
    { $set: { provenAt: now } },
  );
}

/** The id in a token, which may be made up; undefined for what cannot be a token. */
export function idIn(token: string): Types.ObjectId | undefined {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== idBytes + signatureLength('personal link')) return undefined;
  if (bytes.toString('base64url') !== token) return undefined;
  return new Types.ObjectId(bytes.subarray(0, idBytes));
}

/** True if this token was made for this holder. @param token one that `idIn` finds an id in */
export function isTokenOf(holder: Holder, token: string, secrets: Secrets): boolean {
  const signature = Buffer.from(token, 'base64url').subarray(idBytes);
  return isSigned('personal link', textOf(holder), signature, secrets);
}

/** For so many days after the event a personal link can change something. */
export const actDays = 30;

/** From then on a personal link only shows what is held, as long as it is held. */
export function linkOnlyShows(eventEnd: Date, now: Date): boolean {
  return now.getTime() > eventEnd.getTime() + actDays * 24 * 3600_000;
}

function textOf({ _id, email }: Holder): string {
  return `registration ${_id.toHexString()} ${email}`;
}
