import { randomBytes } from 'node:crypto';
import { logAction } from '../audit/log.ts';
import { findAuthority } from '../authorities/authority.ts';
import { normalisedAddress } from '../base/addresses.ts';
import type { Context } from '../base/context.ts';
import { transaction } from '../base/database.ts';
import { paths } from '../base/paths.ts';
import { inTurn } from '../base/serial.ts';
import { lettersLeave } from '../outbox/outbox.ts';
import { addOrganiser, type Organiser, OrganiserModel } from './organiser.ts';
import { oweSignInLetter } from './sign-in-letter.ts';
import { type SignInLink, SignInLinkModel, storedAs } from './sign-in-link.ts';

/** Minutes that a link is good for: one that is asked for, and one that comes unasked (at the start, with an invitation). */
const askedFor = 15;
const unasked = 24 * 60;

/** Links that one organiser can ask for in an hour. */
const mostAnHour = 5;

/** Makes a one-time link for an organiser. @returns its address with the secret part, which is stored nowhere */
export async function makeLink(context: Context, organiser: Organiser, minutes: number): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const link: SignInLink = {
    _id: storedAs(token),
    organiser: organiser._id,
    asked: minutes === askedFor,
    createdAt: context.now,
    expiresAt: new Date(context.now.getTime() + minutes * 60_000),
    usedAt: null,
  };
  await SignInLinkModel.insertMany([link], { lean: true });
  return context.settings.baseUrl + paths.signInLink(token);
}

/** A link for the operator's terminal at the start, good for 24 hours. */
export async function printedLink(context: Context, organiser: Organiser): Promise<string> {
  return makeLink(context, organiser, unasked);
}

/** Sends a link to an organiser with this address. A stranger, or one who has asked too often, gets none; nobody is told. */
export async function askForLink(context: Context, email: string): Promise<void> {
  await inTurn(`sign-in ${email}`, async () => {
    const organiser = await OrganiserModel.findOne({ email }).lean<Organiser>();
    if (!organiser || (await hasAskedTooOften(organiser, context.now))) return;
    await hand(context, organiser, askedFor);
  });
}

async function hasAskedTooOften(organiser: Organiser, now: Date): Promise<boolean> {
  const lately = { $gt: new Date(now.getTime() - 3600_000) };
  const asked = { organiser: organiser._id, asked: true, createdAt: lately };
  return (await SignInLinkModel.countDocuments(asked)) >= mostAnHour;
}

/** Lets a colleague in, with a letter that says who invited and holds a first link. */
export async function invite(
  context: Context,
  authority: string,
  colleague: Pick<Organiser, 'name' | 'email'>,
): Promise<Organiser | { refused: 'known' }> {
  const organiser = await addOrganiser(context, authority, colleague);
  if (!('refused' in organiser)) await hand(context, organiser, unasked);
  return organiser;
}

/** By letter, or to the terminal where no letter can leave: never to the log. */
async function hand(context: Context, organiser: Organiser, minutes: number): Promise<void> {
  if (!lettersLeave(context, organiser)) return print(context, organiser, minutes);
  const authority = await findAuthority(organiser.authority);
  await transaction(async () => {
    const url = await makeLink(context, organiser, minutes);
    await oweSignInLetter(context, { organiser, authority, url, minutes });
  });
}

/** In production the terminal belongs to others as well: only the first organiser's link is printed there. */
async function print(context: Context, organiser: Organiser, minutes: number): Promise<void> {
  const { production, firstOrganiser } = context.settings;
  if (production && organiser.email !== normalisedAddress(firstOrganiser ?? '')) return;
  const url = await makeLink(context, organiser, minutes);
  process.stdout.write(
    `Sign-in link for ${organiser.email}, good for ${minutes < 60 ? `${minutes} minutes` : `${minutes / 60} hours`}: ${url}\n`,
  );
}

/** Whom a link would sign in now; null where it is unknown, used or too old. Looking uses nothing up: scanners of mail open links. */
export async function openLink(context: Context, token: string): Promise<Organiser | null> {
  const link = await SignInLinkModel.findOne(goodLink(context, token)).lean<SignInLink>();
  return link && OrganiserModel.findById(link.organiser).lean<Organiser>();
}

/** Uses a link up. @returns whom it signs in; null where it is unknown, used or too old */
export async function useLink(context: Context, token: string): Promise<Organiser | null> {
  return transaction(async () => {
    const used = { $set: { usedAt: context.now } };
    const link = await SignInLinkModel.findOneAndUpdate(goodLink(context, token), used).lean<SignInLink>();
    if (!link) return null;
    const signedIn = { $set: { signedInAt: context.now } };
    const organiser = await OrganiserModel.findOneAndUpdate(
      { _id: link.organiser },
      signedIn,
    ).lean<Organiser>();
    if (!organiser) return null;
    const by = { organiser: { id: String(organiser._id), name: organiser.name } };
    const entry = { authority: organiser.authority, action: 'organiser.signedIn', about: '' } as const;
    await logAction({ ...context, by }, entry);
    return organiser;
  });
}

function goodLink(context: Context, token: string) {
  return { _id: storedAs(token), usedAt: null, expiresAt: { $gt: context.now } };
}
