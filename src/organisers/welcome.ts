import type { Context } from '../base/context.ts';
import { normalisedAddress } from '../base/form/addresses.ts';
import { nameFrom, type Organiser, OrganiserModel } from './organiser.ts';
import { invite, printedLink } from './sign-in.ts';

/**
 * Lets the first organiser in: in a database without organisers, the one of FIRST_ORGANISER gets a link by letter
 * (to the terminal where no letter can leave). Without that setting the terminal says what to do.
 */
export async function welcomeFirstOrganiser(context: Context): Promise<void> {
  const email = normalisedAddress(context.settings.firstOrganiser ?? '');
  if (await OrganiserModel.exists({})) return;
  if (!email) process.stdout.write(nobodyThere);
  else await invite(context, context.settings.firstAuthority, { name: nameFrom(email), email });
}

const nobodyThere =
  'There is no organiser yet, so nobody can sign in. Start again with your address in FIRST_ORGANISER, for example FIRST_ORGANISER=maja.lindgren@example.se npm start\n';

/** The sign-in link that every start outside production prints; undefined where there is no example county. */
export async function exampleLink(context: Context): Promise<string | undefined> {
  const organiser = await OrganiserModel.findOne({ example: true }).sort({ authority: -1 }).lean<Organiser>();
  return organiser && !context.settings.production ? printedLink(context, organiser) : undefined;
}
