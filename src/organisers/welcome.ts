import type { Context } from '../base/context.ts';
import { normalisedAddress } from '../base/form/addresses.ts';
import { capital } from '../texts/grammar.ts';
import { type Organiser, OrganiserModel } from './organiser.ts';
import { invite, printedLink } from './sign-in.ts';

/**
 * Lets the first organiser in: in a database without organisers, the one of FIRST_ORGANISER gets a link by letter
 * (to the terminal where no letter can leave).
 */
export async function welcomeFirstOrganiser(context: Context): Promise<void> {
  const email = normalisedAddress(context.settings.firstOrganiser ?? '');
  if (!email || (await OrganiserModel.exists({}))) return;
  await invite(context, context.settings.firstAuthority, { name: nameFrom(email), email });
}

/** The sign-in link that every start outside production prints; undefined where there is no example county. */
export async function exampleLink(context: Context): Promise<string | undefined> {
  const organiser = await OrganiserModel.findOne({ example: true }).sort({ authority: -1 }).lean<Organiser>();
  return organiser && !context.settings.production ? printedLink(context, organiser) : undefined;
}

/** "maja.lindgren@…" is most likely Maja Lindgren. */
function nameFrom(email: string): string {
  const words = (email.split('@')[0] ?? '').split(/[._-]+/);
  return words.map(capital).join(' ');
}
