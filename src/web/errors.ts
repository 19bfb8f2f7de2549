import { randomBytes } from 'node:crypto';
import type { ErrorRequestHandler } from 'express';
import { noteFullDisk } from '../base/full-disk.ts';
import { logger } from '../base/log.ts';
import { textsIn } from '../texts/texts.ts';
import { sendPage } from './pages.ts';

/** Nothing there, or nothing that this person may see. */
export class NotFound extends Error {
  readonly status = 404;
}

/** A form that did not come from our own page. */
export class Forbidden extends Error {
  readonly status = 403;
}

/** A form that lacks a field which its page always sends, so that nobody can tell what was meant. */
export class BadRequest extends Error {
  readonly status = 400;
}

/** A body that nothing here reads. */
export class UnsupportedMediaType extends Error {
  readonly status = 415;
}

/** For every address that has no page. */
export async function notFound(): Promise<void> {
  throw new NotFound();
}

/** The errors that have words of their own. Any other 4xx is told as a request that cannot be read; 503 is said of
 * what nobody did wrong: too many are here. */
const worded = [400, 403, 404, 413, 429, 503] as const;

/**
 * The one place where errors become pages. What the client did wrong (any 4xx, also of a library's) is not logged; a 5xx
 * gets a reference that the log has too, and never a stack.
 */
export const showError: ErrorRequestHandler = (error: Error & { status?: number }, req, res, next) => {
  if (res.headersSent) return next(error);
  const t = textsIn(res.locals.lang);
  const { status = 500 } = error;
  const told = worded.find((one) => one === status) ?? (status >= 400 && status < 500 ? 400 : undefined);
  if (told) {
    const text =
      told === 429
        ? t('system.429.text', { minuter: Math.ceil(Number(res.get('Retry-After') ?? 60) / 60) })
        : t(`system.${told}.text`);
    return sendPage(res, 'problem', { title: t(`system.${told}.rubrik`), text }, status);
  }
  if (noteFullDisk(error)) {
    const title = t('system.full.rubrik');
    return sendPage(res.set('Retry-After', '300'), 'problem', { title, text: t('system.full.text') }, 503);
  }
  const reference = randomBytes(5).toString('hex').toUpperCase();
  const where = `${req.method} ${req.route?.path ?? req.baseUrl}`;
  logger.error(
    { reference, where, error: { name: error.name, stack: error.stack } },
    'A request failed. Look the reference up when a visitor quotes it.',
  );
  return sendPage(
    res,
    'problem',
    { title: t('system.500.rubrik'), text: t('system.500.text', { felkod: reference }) },
    500,
  );
};
