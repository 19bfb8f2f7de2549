import type { ErrorRequestHandler } from 'express';
import { paths } from '../../base/paths.ts';
import { presentSlug } from '../../events/planning/address.ts';
import { NotFound } from '../../web/errors.ts';

/** Leads on from an address that an event had before, with all that stands behind it. A post is answered at both. */
export const leadOn: ErrorRequestHandler = async (error, req, res, next) => {
  const slug = String(req.params.slug);
  const present = error instanceof NotFound && req.method !== 'POST' ? await presentSlug(slug) : undefined;
  if (!present) return next(error);
  const [before, after] = [paths.event(slug), paths.event(present)];
  res.redirect(301, req.originalUrl.replace(before, after));
};
