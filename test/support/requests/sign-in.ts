import { findAuthority } from '../../../src/authorities/authority.ts';
import { ensureReferenceData } from '../../../src/authorities/reference.ts';
import type { Clock } from '../../../src/base/clock.ts';
import type { Settings } from '../../../src/base/settings.ts';
import { type Organiser, OrganiserModel } from '../../../src/organisers/organiser.ts';
import { makeLink } from '../../../src/organisers/sign-in.ts';
import { SignInSessionModel } from '../../../src/organisers/sign-in-session.ts';

type App = { url: string; settings: Settings; clock: Clock };
type Fields = Record<string, string | string[]>;

/** A browser of one organiser's: it keeps the cookie and sends the token with every form. */
export type Browser = {
  cookie: string;
  csrf: string;
  get(path: string): Promise<Response>;
  post(path: string, fields?: Fields): Promise<Response>;
};

/**
 * Signs an organiser in by a real one-time link; whoever is not in the database yet is put there. Redirects are not
 * followed. The session lives on when the test's clock is moved, as if the organiser had signed in anew.
 */
export async function signIn(app: App, who: Partial<Organiser> = {}): Promise<Browser> {
  const organiser = await anOrganiser(who);
  const context = { now: app.clock(), by: {}, settings: app.settings };
  const { pathname } = new URL(await makeLink(context, organiser, 15));
  const answer = await fetch(app.url + pathname, { method: 'POST', redirect: 'manual' });
  const cookie = cookieOf(answer);
  const page = await fetch(`${app.url}/kontor`, { headers: { cookie }, redirect: 'manual' });
  const session = await SignInSessionModel.findOne({ organiser: organiser._id }).sort({ _id: -1 }).lean();
  const stayIn = async () => {
    const now = app.clock();
    // The worker may have forgotten it when the clock was moved.
    const lasting = { ...session, startedAt: now, seenAt: now };
    await SignInSessionModel.updateOne({ _id: session?._id }, { $set: lasting }, { upsert: true });
  };
  return browser(app, cookie, tokenIn(await page.text()), stayIn);
}

/** An organiser in the database, of Östergötland unless told otherwise. The address tells organisers apart. */
export async function anOrganiser(who: Partial<Organiser> = {}): Promise<Organiser> {
  const email = who.email ?? 'maja.lindgren@example.se';
  const made = {
    name: 'Maja Lindgren',
    authority: '05',
    createdAt: new Date('2026-01-02T08:00:00Z'),
    ...who,
  };
  if (!(await findAuthority(made.authority))) await ensureReferenceData();
  return OrganiserModel.findOneAndUpdate(
    { email },
    { $setOnInsert: made },
    { upsert: true, returnDocument: 'after' },
  )
    .orFail()
    .lean<Organiser>();
}

/** Sends requests as somebody with this cookie. @param before what is done before each of them */
export function browser(
  { url }: Pick<App, 'url'>,
  cookie: string,
  csrf: string,
  before = async () => {},
): Browser {
  const send = async (path: string, options: RequestInit) => {
    await before();
    const answer = await fetch(url + path, { ...options, headers: { cookie }, redirect: 'manual' });
    // To its end, so that nothing of the request is still under way when a test is over.
    await answer.clone().arrayBuffer();
    return answer;
  };
  return {
    cookie,
    csrf,
    get: (path) => send(path, {}),
    post: (path, fields = {}) => send(path, { method: 'POST', body: encoded({ csrf, ...fields }) }),
  };
}

/** A list is a field that comes several times. */
function encoded(fields: Fields): URLSearchParams {
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, one]),
  );
  return new URLSearchParams(pairs);
}

/** The session cookie that an answer sets, as a browser sends it back. */
export function cookieOf(answer: Response): string {
  return answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0])[0] ?? '';
}

/** The value of a page's hidden input, the forms' token unless another is named. */
export function tokenIn(html: string, name = 'csrf'): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
}
