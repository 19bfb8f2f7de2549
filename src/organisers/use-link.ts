import { logAction } from '../audit/log.ts';
import type { Context } from '../base/context.ts';
import { transaction } from '../base/database.ts';
import { addressIn } from '../base/form/addresses.ts';
import { storedAs } from '../base/keys.ts';
import { type Organiser, OrganiserModel } from './organiser.ts';
import { type SignInLink, SignInLinkModel } from './sign-in-link.ts';

/** Whom a link would sign in, and whether this browser has to prove it first with the address that the link went to. */
export type OpenedLink = { organiser: Organiser; needsAddress: boolean };

/**
 * What a good link opens now; null for one that is unknown, used or too old. Looking uses nothing up: scanners of mail
 * open links.
 * @param browser the mark of the browser that opens it
 */
export async function openLink(
  context: Context,
  token: string,
  browser?: string,
): Promise<OpenedLink | null> {
  const link = await SignInLinkModel.findOne(goodLink(context, token)).lean<SignInLink>();
  const organiser = link && (await OrganiserModel.findById(link.organiser).lean<Organiser>());
  return organiser && { organiser, needsAddress: !isKnown(link, browser) };
}

/** What a browser brings to prove that the link is its user's: its mark, or the address that was typed. */
export type Proof = { browser?: string | undefined; email?: unknown };

/** A link dies when a wrong address has been typed for it so often: addresses of officials can be guessed. */
const mostWrongTries = 5;

/**
 * Uses a link up. @returns whom it signs in; null if it is unknown, used or too old; a refusal, and nothing used up, if
 * it was asked for in another browser and the address that it went to was not typed
 */
export async function useLink(
  context: Context,
  token: string,
  proof: Proof = {},
): Promise<Organiser | null | { refused: 'address' }> {
  return transaction(async () => {
    const good = goodLink(context, token);
    const link = await SignInLinkModel.findOne(good).lean<SignInLink>();
    const organiser = link && (await OrganiserModel.findById(link.organiser).lean<Organiser>());
    if (!organiser) return null;
    const typed = addressIn(proof.email);
    const isOwn = 'address' in typed && typed.address === organiser.email;
    if (!isKnown(link, proof.browser) && !isOwn) {
      if ('address' in typed) await noteWrongTry(context, link);
      return { refused: 'address' };
    }
    const { modifiedCount } = await SignInLinkModel.updateOne(good, { $set: { usedAt: context.now } });
    if (modifiedCount === 0) return null;
    await noteSignIn(context, organiser);
    return organiser;
  });
}

/** The browser that asked is known by its mark. Links that were not asked for go from hand to hand on purpose. */
function isKnown({ asked, browsers }: SignInLink, browser: string | undefined): boolean {
  return !asked || (browser !== undefined && browsers.includes(storedAs(browser)));
}

async function noteWrongTry({ now }: Context, { _id, wrongTries }: SignInLink): Promise<void> {
  const isLast = wrongTries + 1 >= mostWrongTries;
  await SignInLinkModel.updateOne(
    { _id },
    { $inc: { wrongTries: 1 }, ...(isLast && { $set: { usedAt: now } }) },
  );
}

async function noteSignIn(context: Context, { _id, name, authority }: Organiser): Promise<void> {
  await OrganiserModel.updateOne({ _id }, { $set: { signedInAt: context.now } });
  const by = { organiser: { id: String(_id), name } };
  await logAction({ ...context, by }, { authority, action: 'organiser.signedIn', about: '' });
}

function goodLink(context: Context, token: string) {
  return { _id: storedAs(token), usedAt: null, expiresAt: { $gt: context.now } };
}
