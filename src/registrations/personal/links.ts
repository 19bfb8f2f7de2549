import { createHmac, timingSafeEqual } from 'node:crypto';
import { Types } from 'mongoose';
import { type Registration, RegistrationModel } from '../registration.ts';

const idBytes = 12;
const macBytes = 18;

/** Whose link it is: a new address gets a new link, and the one that went to the old address opens nothing any more. */
type Holder = Pick<Registration, '_id' | 'email'>;

/**
 * The secret part of a personal link: the registration's id, and 144 bits of its HMAC with the application's secret.
 * Nothing of it is stored, and letters can be written again with the same link.
 */
export function tokenOf(holder: Holder, secret: string): string {
  return Buffer.concat([Buffer.from(holder._id.id), mac(holder, secret)]).toString('base64url');
}

/** The registration that a token opens; null for one that was made up. */
export async function findByToken(token: string, secret: string): Promise<Registration | null> {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== idBytes + macBytes || bytes.toString('base64url') !== token) return null;
  const id = new Types.ObjectId(bytes.subarray(0, idBytes));
  const registration = await RegistrationModel.findById(id).lean<Registration>();
  return registration && timingSafeEqual(bytes.subarray(idBytes), mac(registration, secret))
    ? registration
    : null;
}

/** A personal link stops working 30 days after the event. */
export function linkIsTooOld(eventEnd: Date, now: Date): boolean {
  return now.getTime() > eventEnd.getTime() + 30 * 24 * 3600_000;
}

function mac({ _id, email }: Holder, secret: string): Buffer {
  const digest = createHmac('sha256', secret).update(`registration ${_id.toHexString()} ${email}`).digest();
  return digest.subarray(0, macBytes);
}

/** A text with the secret parts of the personal links in it hidden. */
export function withoutTokens(text: string): string {
  return text.replace(/(?<=\/anmalan\/)[\w-]{40}(?![\w-])/g, 'dold');
}
