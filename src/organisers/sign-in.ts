import { randomBytes } from 'node:crypto';
import { findAuthority } from '../authorities/authority.ts';
import type { Context } from '../base/context.ts';
import { transaction } from '../base/database.ts';
import { normalisedAddress } from '../base/form/addresses.ts';
import { storedAs } from '../base/keys.ts';
import { paths } from '../base/paths.ts';
import { lettersLeave } from '../outbox/outbox.ts';
import { addOrganiser, type Organiser, OrganiserModel } from './organiser.ts';
import { oweSignInLetter } from './sign-in-letter.ts';
import { linkMinutes, type SignInLink, SignInLinkModel } from './sign-in-link.ts';

/** What a new link is: for how many minutes, and for one that was asked for the marks of the browsers that did. */
type Wanted = { minutes: number; browsers?: string[] };

/** Makes a one-time link for an organiser. @returns its address with the secret part, which is stored nowhere */
export async function makeLink(
  context: Context,
  organiser: Pick<Organiser, '_id'>,
  minutes: number,
  browsers?: string[],
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const link: SignInLink = {
    _id: storedAs(token),
    organiser: organiser._id,
    asked: browsers !== undefined,
    browsers: browsers ?? [],
    wrongTries: 0,
    createdAt: context.now,
    expiresAt: new Date(context.now.getTime() + minutes * 60_000),
    usedAt: null,
  };
  await SignInLinkModel.insertMany([link], { lean: true });
  return context.settings.baseUrl + paths.signInLink(token);
}

/** A link for the operator's terminal at the start, good for 24 hours. */
export async function printedLink(context: Context, organiser: Organiser): Promise<string> {
  return makeLink(context, organiser, linkMinutes.unasked);
}

/**
 * Sends a link to the organisers with this address, one for each county board that it plans for. A stranger gets none.
 * Part of the request's own transaction.
 * @param browsers the hashed marks of the browsers that asked
 * @returns what the terminal says if no letter can leave
 */
export async function sendLinks(context: Context, email: string, browsers: string[]): Promise<string> {
  const organisers = await OrganiserModel.find({ email }).lean<Organiser[]>();
  const lines: string[] = [];
  for (const organiser of organisers) {
    const fresh = await freshLink(context, organiser);
    if (fresh) await letOpenIn(fresh, browsers);
    else lines.push(await hand(context, organiser, { minutes: linkMinutes.asked, browsers }));
  }
  return lines.join('');
}

/** Minutes between letters to one address, and between those that follow when many were asked for within an hour. */
const apart = 5;
const many = { letters: 4, apart: 12 };

/**
 * The newest link that was asked for, if it is good and so new that no other is sent. So anyone who asks has a letter with
 * a good link, and nobody's asking can fill a mailbox or use up another's links.
 */
async function freshLink({ now, settings }: Context, organiser: Organiser): Promise<SignInLink | undefined> {
  if (!settings.rateLimit) return undefined;
  const lately = { organiser: organiser._id, asked: true, createdAt: { $gt: new Date(+now - 3600_000) } };
  const links = await SignInLinkModel.find(lately).sort({ createdAt: -1 }).lean<SignInLink[]>();
  const [newest] = links;
  const minutes = links.length < many.letters ? apart : many.apart;
  const isFresh = newest && newest.usedAt === null && +now - +newest.createdAt < minutes * 60_000;
  return isFresh ? newest : undefined;
}

/** One of several browsers that ask within minutes needs no address typed either. */
async function letOpenIn({ _id }: SignInLink, browsers: string[]): Promise<void> {
  await SignInLinkModel.updateOne({ _id }, { $push: { browsers: { $each: browsers, $slice: -5 } } });
}

/** Lets a colleague in, with a letter that says who invited and holds a first link. */
export async function invite(
  context: Context,
  authority: string,
  colleague: Pick<Organiser, 'name' | 'email'>,
): Promise<Organiser | { refused: 'known' }> {
  const organiser = await addOrganiser(context, authority, colleague);
  if (!('refused' in organiser))
    process.stdout.write(await transaction(() => hand(context, organiser, { minutes: linkMinutes.unasked })));
  return organiser;
}

/** By letter, or, as the returned line, to the terminal if no letter can leave: never to the log. */
async function hand(context: Context, organiser: Organiser, wanted: Wanted): Promise<string> {
  if (!lettersLeave(context, organiser)) return lineFor(context, organiser, wanted);
  const [authority, elsewhere] = [await findAuthority(organiser.authority), await otherBoards(organiser)];
  const url = await makeLink(context, organiser, wanted.minutes, wanted.browsers);
  await oweSignInLetter(context, { organiser, authority, elsewhere, url, minutes: wanted.minutes });
  return '';
}

/** The names of the other county boards that the same address plans for. */
async function otherBoards({ email, authority }: Organiser): Promise<string[]> {
  const codes = await OrganiserModel.find({ email, authority: { $ne: authority } }).distinct('authority');
  const names: string[] = [];
  for (const code of codes) names.push((await findAuthority(code))?.name ?? code);
  return names;
}

/** In production the terminal belongs to others as well: only the first organiser's link is printed there. */
async function lineFor(context: Context, organiser: Organiser, wanted: Wanted): Promise<string> {
  const { production, firstOrganiser } = context.settings;
  if (production && organiser.email !== normalisedAddress(firstOrganiser ?? '')) return '';
  const { minutes, browsers } = wanted;
  const url = await makeLink(context, organiser, minutes, browsers);
  const time = minutes < 60 ? `${minutes} minutes` : `${minutes / 60} hours`;
  return `Sign-in link for ${organiser.email}, good for ${time}: ${url}\n`;
}
