import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { holdsKey, paths } from '../base/paths.ts';
import type { Settings } from '../base/settings.ts';
import { prefixOf } from '../texts/addresses.ts';
import { languages } from '../texts/texts.ts';
import { Forbidden, UnsupportedMediaType } from './errors.ts';
import { takesFiles } from './files/upload.ts';

/** Mail programs post here for their readers, some from a browser (RFC 8058): the address itself is the secret. */
const oneClick = new RegExp(`^(${languages.map(prefixOf).join('|')})/anmalan/[\\w-]+/paminnelser$`);

/**
 * Refuses a form that another site sends (OWASP: Cross-Site Request Forgery Prevention, Fetch Metadata headers).
 * Sec-Fetch-Site decides. A browser that is too old to send it sends an Origin: a foreign one is refused, and so is
 * `null` where a cookie counts, unless there is a key in the address: those pages tell nobody where they are, so their own
 * forms send `null`, and hold a token or a mark of their browser if a cookie counts. Programs that send neither are let through: they carry nobody's cookies, and where a cookie counts
 * the form's own token is needed as well.
 */
export function sameSiteOnly({ baseUrl }: Pick<Settings, 'baseUrl'>): RequestHandler {
  return (req, _res, next) => {
    const isFree = changesNothing(req) || oneClick.test(req.path);
    next(isFree || isFromHere(req, baseUrl) ? undefined : new Forbidden());
  };
}

function isFromHere(req: Request, baseUrl: string): boolean {
  const site = req.get('Sec-Fetch-Site');
  if (site) return site === 'same-origin' || site === 'none';
  const origin = req.get('Origin');
  if (!origin) return true;
  if (origin === 'null') return !countsCookies(req.path) || holdsKey(req.path);
  return [new URL(baseUrl).origin, `${req.protocol}://${req.get('Host')}`].includes(origin);
}

function countsCookies(path: string): boolean {
  // Routes match in any case.
  return `${path.toLowerCase()}/`.startsWith(`${paths.office()}/`);
}

/**
 * Refuses a body that is no form's: nothing here reads it. Only some addresses take files. A one-click post may be multipart (RFC 8058, section 3.1), and
 * its body says nothing. A post without a body is a form without answers.
 */
export function formsOnly(req: Request, _res: Response, next: NextFunction): void {
  const isEmpty = req.get('Content-Length') === '0';
  const isForm = isEmpty || req.is('urlencoded') !== false || (req.is('multipart') && takesFiles(req.path));
  req.body ??= {};
  next(isForm || changesNothing(req) || oneClick.test(req.path) ? undefined : new UnsupportedMediaType());
}

function changesNothing({ method }: Request): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** Refuses what a browser fetches ahead of its user: personal data is only for somebody who asks for it. */
export function noPrefetch(req: Request, _res: Response, next: NextFunction): void {
  const purpose = ['Sec-Purpose', 'Purpose', 'X-Purpose', 'X-Moz'].map((name) => req.get(name) ?? '');
  next(/prefetch|prerender|preview/i.test(purpose.join()) ? new Forbidden() : undefined);
}

/** Posts that are not taken, from one network in so many milliseconds: many more than people make by mistake. */
const invalid = { limit: 500, windowMs: 5 * 60_000 };

/**
 * Counts the posts of a network that are not taken, apart from all other limits: they use up nothing of what valid ones
 * have, and a valid one is taken however many came before it (refuseFlood).
 */
export function countInvalid({ rateLimit: isOn }: Pick<Settings, 'rateLimit'>): RequestHandler {
  if (!isOn) return (_req, _res, next) => next();
  return rateLimit({
    ...invalid,
    standardHeaders: false,
    legacyHeaders: false,
    skipSuccessfulRequests: true,
    skip: (req) => req.method !== 'POST',
    keyGenerator: networkOf,
    handler: (_req, res, next) => {
      res.locals.isFlood = true;
      next();
    },
  });
}

/** Ends a post that is not valid, with a small page instead of the form, if its network sends a flood of them. */
export function refuseFlood(res: Response): void {
  if (res.locals.isFlood) throw tooMany(res, invalid.windowMs / 1000);
}

/** The network that a request comes from: an IPv4 address, or the /64 of an IPv6 address, which is one household or office. */
export function networkOf(req: Pick<Request, 'ip'>): string {
  return ipKeyGenerator(req.ip ?? '', 64);
}

/** The error for a post that is one too many; its page says when the next one is taken. */
export function tooMany(res: Response, seconds: number): Error {
  res.set('Retry-After', String(seconds));
  return Object.assign(new Error('Too many posts'), { status: 429 });
}
