import { randomBytes } from 'node:crypto';
import { note } from '../audit/log.ts';
import { findAuthority } from '../authorities/authority.ts';
import { normalisedAddress } from '../base/addresses.ts';
import type { Act } from '../base/context.ts';
import { type ClientSession, transaction } from '../base/database.ts';
import { paths } from '../base/paths.ts';
import { inTurn } from '../base/serial.ts';
import { addOrganiser, type Organiser, OrganiserModel } from './organiser.ts';
import { oweSignInLetter } from './sign-in-letter.ts';
import { type SignInLink, SignInLinkModel, storedAs } from './sign-in-link.ts';

/** Minutes that a link is good for: one that is asked for, and one that comes unasked (at the start, with an invitation). */
const askedFor = 15;
const unasked = 24 * 60;

/** Links that one organiser can ask for in an hour. */
const mostAnHour = 5;

/** Makes a one-time link for an organiser. @returns its address with the secret part, which is stored nowhere */
export async function makeLink(
  act: Act,
  organiser: Organiser,
  minutes: number,
  session?: ClientSession,
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const link: SignInLink = {
    _id: storedAs(token),
    organiser: organiser._id,
    asked: minutes === askedFor,
    createdAt: act.now,
    expiresAt: new Date(act.now.getTime() + minutes * 60_000),
    usedAt: null,
  };
  await SignInLinkModel.insertMany([link], { session, lean: true });
  return act.settings.baseUrl + paths.signInLink(token);
}

/** A link for the operator's terminal at the start, good for 24 hours. */
export async function printedLink(act: Act, organiser: Organiser): Promise<string> {
  return makeLink(act, organiser, unasked);
}

/** Sends a link to an organiser with this address. A stranger, or one who has asked too often, gets none; nobody is told. */
export async function askForLink(act: Act, email: string): Promise<void> {
  await inTurn(`sign-in ${email}`, async () => {
    const organiser = await OrganiserModel.findOne({ email }).lean<Organiser>();
    if (!organiser || (await hasAskedTooOften(organiser, act.now))) return;
    await hand(act, organiser, askedFor);
  });
}

async function hasAskedTooOften(organiser: Organiser, now: Date): Promise<boolean> {
  const lately = { $gt: new Date(now.getTime() - 3600_000) };
  const asked = { organiser: organiser._id, asked: true, createdAt: lately };
  return (await SignInLinkModel.countDocuments(asked)) >= mostAnHour;
}

/** Lets a colleague in, with a letter that says who invited and holds a first link. */
export async function invite(
  act: Act,
  authority: string,
  colleague: Pick<Organiser, 'name' | 'email'>,
): Promise<Organiser | { refused: 'known' }> {
  const organiser = await addOrganiser(act, authority, colleague);
  if (!('refused' in organiser)) await hand(act, organiser, unasked);
  return organiser;
}

/** True where letters with links really leave for this organiser; otherwise links are printed to the terminal. */
export function getsLetters({ settings }: Act, organiser: Pick<Organiser, 'example'>): boolean {
  return settings.smtpUrl !== undefined && !organiser.example;
}

/** By letter, or to the terminal where no letter can leave: never to the log. */
async function hand(act: Act, organiser: Organiser, minutes: number): Promise<void> {
  if (!getsLetters(act, organiser)) return print(act, organiser, minutes);
  const authority = await findAuthority(organiser.authority);
  await transaction(async (session) => {
    const url = await makeLink(act, organiser, minutes, session);
    await oweSignInLetter(act, { organiser, authority, url, minutes }, session);
  });
}

/** In production the terminal belongs to others as well: only the first organiser's link is printed there. */
async function print(act: Act, organiser: Organiser, minutes: number): Promise<void> {
  const { production, firstOrganiser } = act.settings;
  if (production && organiser.email !== normalisedAddress(firstOrganiser ?? '')) return;
  const url = await makeLink(act, organiser, minutes);
  process.stdout.write(
    `Sign-in link for ${organiser.email}, good for ${minutes < 60 ? `${minutes} minutes` : `${minutes / 60} hours`}: ${url}\n`,
  );
}

/** Whom a link would sign in now; null where it is unknown, used or too old. Looking uses nothing up: scanners of mail open links. */
export async function openLink(act: Act, token: string): Promise<Organiser | null> {
  const link = await SignInLinkModel.findOne(goodLink(act, token)).lean<SignInLink>();
  return link && OrganiserModel.findById(link.organiser).lean<Organiser>();
}

/** Uses a link up. @returns whom it signs in; null where it is unknown, used or too old */
export async function useLink(act: Act, token: string): Promise<Organiser | null> {
  return transaction(async (session) => {
    const used = { $set: { usedAt: act.now } };
    const link = await SignInLinkModel.findOneAndUpdate(goodLink(act, token), used, {
      session,
    }).lean<SignInLink>();
    if (!link) return null;
    const signedIn = { $set: { signedInAt: act.now } };
    const organiser = await OrganiserModel.findOneAndUpdate({ _id: link.organiser }, signedIn, {
      session,
    }).lean<Organiser>();
    if (!organiser) return null;
    const by = { organiser: { id: String(organiser._id), name: organiser.name } };
    const entry = { authority: organiser.authority, deed: 'organiser.signedIn', about: '' } as const;
    await note({ ...act, by }, entry, session);
    return organiser;
  });
}

function goodLink(act: Act, token: string) {
  return { _id: storedAs(token), usedAt: null, expiresAt: { $gt: act.now } };
}
