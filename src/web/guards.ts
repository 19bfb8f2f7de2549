import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { Forbidden } from './errors.ts';

/** Mail programs post here for their readers, some from a browser (R62, RFC 8058): the address itself is the secret. */
const oneClick = /^(\/en)?\/anmalan\/[\w-]+\/paminnelser$/;

/**
 * Refuses a form that another site sends (browsers tell by Sec-Fetch-Site; with no-referrer their Origin is null, K2).
 * Programs that do not tell are let through: they carry nobody's cookies.
 */
export function sameSiteOnly(req: Request, _res: Response, next: NextFunction): void {
  const site = req.get('Sec-Fetch-Site');
  const forged =
    req.method !== 'GET' &&
    req.method !== 'HEAD' &&
    (site === 'cross-site' || site === 'same-site') &&
    !oneClick.test(req.path);
  next(forged ? new Forbidden() : undefined);
}

/**
 * At most `most` posts in `minutes` from one address on the net; the next ones get a 429 page. A whole municipality
 * can sit behind one address, so the limits are wide.
 */
export function limitPosts(on: boolean, most: number, minutes: number): RequestHandler {
  if (!on) return (_req, _res, next) => next();
  return rateLimit({
    windowMs: minutes * 60_000,
    limit: most,
    standardHeaders: false,
    legacyHeaders: false,
    skip: (req) => req.method !== 'POST',
    keyGenerator: (req) => ipKeyGenerator(req.ip ?? ''),
    handler: (_req, res, next) => {
      res.set('Retry-After', String(minutes * 60));
      next(Object.assign(new Error('Too many posts'), { status: 429 }));
    },
  });
}
