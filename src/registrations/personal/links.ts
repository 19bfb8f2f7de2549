import { Types } from 'mongoose';
import type { Context } from '../../base/context.ts';
import { isSigned, type Purpose, type Secrets, sign, signatureLength } from '../../base/keys.ts';
import { type Registration, RegistrationModel } from '../registration.ts';

const idBytes = 12;

/** Whose link it is: a new address gets a new link, and the one that went to the old address opens nothing any more. */
type Holder = Pick<Registration, '_id' | 'email'>;

/** What the link of a registration is for; each has a token of its own. */
export type LinkPurpose = Extract<Purpose, 'personal link' | 'digital door' | 'check-in'>;

/**
 * The secret part of a personal link, or of another link of a registration: the registration's id, and 144 bits of its HMAC with the application's secret.
 * Nothing of it is stored, and letters can be written again with the same link.
 */
export function tokenOf(holder: Holder, secret: string, purpose: LinkPurpose = 'personal link'): string {
  const signature = sign(purpose, textOf(holder, purpose), secret);
  const token = Buffer.concat([Buffer.from(holder._id.id), signature]).toString('base64url');
  return token.replace(/[-_]$/, `$&${closing}`);
}

/** Some programs leave a - or _ at its end out of a link, so a token does not end in one. */
const closing = 'A';

/** The registration that a token opens; null for one that was made up. */
export async function findByToken(
  token: string,
  secrets: Secrets,
  purpose: LinkPurpose = 'personal link',
): Promise<Registration | null> {
  const id = idIn(token, purpose);
  const registration = id && (await RegistrationModel.findById(id).lean<Registration>());
  return registration && isTokenOf(registration, token, secrets, purpose) ? registration : null;
}

/**
 * Notes that somebody who reads mail to the address has used its link. Programs that scan mail open links, and do not post
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
export function idIn(token: string, purpose: LinkPurpose = 'personal link'): Types.ObjectId | undefined {
  const [bytes] = asSigned(token, purpose);
  return bytes && new Types.ObjectId(bytes.subarray(0, idBytes));
}

/** True if this token was made for this holder. */
export function isTokenOf(
  holder: Holder,
  token: string,
  secrets: Secrets,
  purpose: LinkPurpose = 'personal link',
): boolean {
  return asSigned(token, purpose).some((bytes) =>
    isSigned(purpose, textOf(holder, purpose), bytes.subarray(idBytes), secrets),
  );
}

/** What a token may be as it was signed: without its closing, or with the end that a program has left out. */
function asSigned(token: string, purpose: LinkPurpose): Buffer[] {
  const length = idBytes + signatureLength(purpose);
  const lacking = Math.ceil((length * 4) / 3) - token.length;
  const whole = lacking === -1 && /[-_]A$/.test(token) ? token.slice(0, -1) : token;
  return (lacking === 1 ? [`${token}-`, `${token}_`] : [whole]).flatMap((text) => {
    const bytes = Buffer.from(text, 'base64url');
    return bytes.length === length && bytes.toString('base64url') === text ? [bytes] : [];
  });
}

/** For so many days after the event a personal link can change something. */
export const actDays = 30;

/** From then on a personal link only shows what is held, as long as it is held. */
export function linkOnlyShows(eventEnd: Date, now: Date): boolean {
  return now.getTime() > eventEnd.getTime() + actDays * 24 * 3600_000;
}

function textOf({ _id, email }: Holder, purpose: LinkPurpose): string {
  const what = purpose === 'personal link' ? 'registration' : purpose;
  return `${what} ${_id.toHexString()} ${email}`;
}
