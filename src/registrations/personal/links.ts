import type { Types } from 'mongoose';
import type { Context } from '../../base/context.ts';
import { idFrom } from '../../base/database.ts';
import type { Purpose, Secrets } from '../../base/keys.ts';
import { idInToken, isTokenFor, tokenFor } from '../../base/tokens.ts';
import { type Registration, RegistrationModel } from '../registration.ts';

/** Whose link it is: a new address gets a new link, and the one that went to the old address opens nothing any more. */
type LinkHolder = Pick<Registration, '_id' | 'email'>;

/** What the link of a registration is for; each has a token of its own. */
export type LinkPurpose = Extract<Purpose, 'personal link' | 'digital door' | 'check-in'>;

/** The secret part of a personal link, or of another link of a registration. */
export function tokenOf(holder: LinkHolder, secret: string, purpose: LinkPurpose = 'personal link'): string {
  const subject = { id: holder._id.toHexString(), text: textOf(holder, purpose) };
  return tokenFor(subject, purpose, secret);
}

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
  return idFrom(idInToken(token, purpose));
}

/** True if this token was made for this holder. */
export function isTokenOf(
  holder: LinkHolder,
  token: string,
  secrets: Secrets,
  purpose: LinkPurpose = 'personal link',
): boolean {
  return isTokenFor(textOf(holder, purpose), token, purpose, secrets);
}

/** For so many days after the event a personal link can change something. */
export const actDays = 30;

/** From then on a personal link only shows what is held, as long as it is held. */
export function linkOnlyShows(eventEnd: Date, now: Date): boolean {
  return now.getTime() > eventEnd.getTime() + actDays * 24 * 3600_000;
}

function textOf({ _id, email }: LinkHolder, purpose: LinkPurpose): string {
  const what = purpose === 'personal link' ? 'registration' : purpose;
  return `${what} ${_id.toHexString()} ${email}`;
}
