import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { MongoStore } from 'connect-mongo';
import { type NextFunction, type Request, type RequestHandler, type Response, Router } from 'express';
import session from 'express-session';
import { databaseClient } from '../base/database.ts';
import { cookieKeys } from '../base/keys.ts';
import type { Settings } from '../base/settings.ts';
import { Forbidden } from './errors.ts';

declare module 'express-session' {
  /** The id of the sign-in session, and the token that guards its forms. */
  interface SessionData {
    signIn: string;
    csrf: string;
  }
}

/**
 * A cookie ends when it has not been used for so long, in milliseconds. The sign-in session ends sooner, by its own rules;
 * until then it is known whose form comes too late.
 */
const idle = 7 * 24 * 3600_000;

/** The cookie's name; /kakor tells of it. */
export const sessionCookie = 'kontor';

/**
 * Sessions in the database, for the addresses below `path` only: visitors get no cookie, and neither does anybody who
 * has not signed in. Ids are stored hashed, so that a copy of the database opens nothing.
 */
export function sessions(settings: Settings, path: string): RequestHandler {
  const { production } = settings;
  const handler = session({
    name: sessionCookie,
    secret: cookieKeys(settings),
    store: sessionStore(),
    cookie: { path, httpOnly: true, sameSite: 'lax', secure: production, maxAge: idle },
    proxy: production,
    rolling: true,
    resave: false,
    saveUninitialized: false,
  });
  return production ? Router().use(behindTls, handler) : handler;
}

function sessionStore(): MongoStore {
  const store = MongoStore.create({
    ...databaseClient(),
    autoRemove: 'disabled',
    transformId: (id) => hash(id).toString('hex'),
  });
  const touch = store.touch.bind(store);
  // A session that another request has ended meanwhile cannot be made longer, which is nothing wrong.
  store.touch = (id, data, done) => touch(id, data, () => done?.(undefined));
  return store;
}

/** express-session withholds a Secure cookie on a plain line. In production TLS ends before us, also where no proxy says so. */
function behindTls(req: Request, _res: Response, next: NextFunction): void {
  req.headers['x-forwarded-proto'] = 'https';
  next();
}

/** Begins a session with a new id, so that an id that somebody else knows never becomes a signed-in one. */
export async function beginSession(req: Request<never> | Request, signIn: string): Promise<void> {
  await promisify(req.session.regenerate).call(req.session);
  Object.assign(req.session, { signIn, csrf: randomBytes(32).toString('base64url') });
}

/** Ends the session, here and in the database. */
export async function endSession(req: Request<never> | Request): Promise<void> {
  await promisify(req.session.destroy).call(req.session);
}

/** Refuses a post whose form did not come from one of this session's own pages. */
export function ownFormsOnly(req: Request, _res: Response, next: NextFunction): void {
  next(req.method === 'POST' && !isOwnForm(req) ? new Forbidden() : undefined);
}

/** True if a form came from one of this session's own pages. */
export function isOwnForm({ body, session }: Request): boolean {
  const given: unknown = body?.csrf;
  const expected = session?.csrf;
  return typeof given === 'string' && expected !== undefined && timingSafeEqual(hash(given), hash(expected));
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
