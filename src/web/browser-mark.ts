import { createHash, randomBytes } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { paths } from '../base/paths.ts';
import { Forbidden } from './errors.ts';

/** The cookie that tells browsers apart while somebody signs in; /kakor tells of it. */
export const markCookie = 'kontor-inloggning';

/** As long as a link that is asked for, and the letter on its way, in milliseconds. */
const lifetime = 30 * 60_000;

/** The mark that this browser was given, 256 random bits; undefined if it has none. */
export function browserMark(req: Request<never> | Request): string | undefined {
  return new RegExp(`(?:^|; )${markCookie}=([\\w-]{43})(?:;|$)`).exec(req.headers.cookie ?? '')?.[1];
}

/** Gives this browser its mark, or the one that it has for longer. Only the sign-in pages get it back. */
export function markBrowser(req: Request<never> | Request, res: Response): string {
  const mark = browserMark(req) ?? randomBytes(32).toString('base64url');
  const { production } = res.locals.context.settings;
  res.cookie(markCookie, mark, {
    path: paths.signIn(),
    httpOnly: true,
    sameSite: 'lax',
    secure: production,
    maxAge: lifetime,
  });
  return mark;
}

/** Takes the mark away again. */
export function unmarkBrowser(res: Response): void {
  res.clearCookie(markCookie, { path: paths.signIn() });
}

/** What a form holds to prove that it was shown in the browser with this mark. */
export function formToken(mark: string): string {
  return createHash('sha256').update(`form ${mark}`).digest('base64url');
}

/**
 * Refuses a form without its token from a browser that does not tell where forms come from: the page of a sign-in link
 * has a key in its address, so an old browser calls its Origin `null`, as it does for another site's that hides.
 */
export function markedFormsOnly(req: Request<{ token: string }>, _res: Response, next: NextFunction): void {
  const mark = browserMark(req);
  const tellsNothing = !req.get('Sec-Fetch-Site') && req.get('Origin') === 'null';
  const isMarked = mark !== undefined && req.body.mark === formToken(mark);
  next(tellsNothing && !isMarked ? new Forbidden() : undefined);
}
