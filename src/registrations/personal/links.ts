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
  const bytes = Buffer.concat([Buffer.from(holder._id.id), sign('personal link', textOf(holder), secret)]);
  return bytes.toString('base64url').replace(/[-_]$/, `$&${closing}`);
}

/** Some programs leave a - or _ at its end out of a link, so a token does not end in one. */
const closing = 'A';

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
  const [bytes] = asSigned(token);
  return bytes && new Types.ObjectId(bytes.subarray(0, idBytes));
}

/** True if this token was made for this holder. */
export function isTokenOf(holder: Holder, token: string, secrets: Secrets): boolean {
  return asSigned(token).some((bytes) =>
    isSigned('personal link', textOf(holder), bytes.subarray(idBytes), secrets),
  );
}

/** What a token may be as it was signed: without its closing, or with the end that a program has left out. */
function asSigned(token: string): Buffer[] {
  const length = idBytes + signatureLength('personal link');
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

function textOf({ _id, email }: Holder): string {
  return `registration ${_id.toHexString()} ${email}`;
}
