import type { Request, RequestHandler, Response } from 'express';
import multer, { MulterError } from 'multer';
import { paths } from '../../base/paths.ts';

/** The largest file that is taken, in megabytes. */
export const mostMegabytes = 10;

/** The largest picture or document that is taken and kept, in megabytes. A record of the database has at most 16. */
export const keptMegabytes = 15;

/** Files are held in memory until they have been read, so only so many are taken at the same time. */
const mostAtOnce = 5;

/** A file that came with a form, or why it did not come whole: it is too large, or the form broke off. */
export type Upload = { file: Uint8Array; name: string } | { problem: 'tooLarge' | 'broken'; field: string };

declare global {
  namespace Express {
    interface Locals {
      uploadProblem?: { problem: 'tooLarge' | 'broken'; field: string } | undefined;
    }
  }
}

/** More files come than there is room for. */
class TooManyUploads extends Error {
  readonly status = 503;
}

const fileAddresses = [
  ...[paths.meetingReports, paths.eventFiles, paths.eventPicture].map((path) => path('[^/]+')),
  `(?:/[a-z]{2})?${paths.engagement('[^/]+')}`,
].map((path) => new RegExp(`^${path}$`, 'i'));

/** True for an address whose form may bring a file. */
export function takesFiles(path: string): boolean {
  return fileAddresses.some((address) => address.test(path));
}

/** Reads a form of several parts, one of which may be a file with this name; other forms are left as they are. */
export function takeFile(field: string): RequestHandler {
  return takeFiles([field], mostMegabytes);
}

/**
 * Reads a form of several parts, with at most one file for each of these names. What stands before a file that is too
 * large is read all the same, so a form has its files last.
 */
export function takeFiles(fields: string[], megabytes: number): RequestHandler {
  const take = multer({
    storage: multer.memoryStorage(),
    limits: {
      ...{ fileSize: megabytes * 1024 * 1024, files: fields.length, parts: 30 },
      // No field of ours is an object.
      ...{ fieldSize: 200_000, fieldNestingDepth: 0 },
    },
    defParamCharset: 'utf8',
  }).fields(fields.map((name) => ({ name, maxCount: 1 })));
  let underWay = 0;
  return (req, res, next) => {
    if (req.is('multipart') && underWay >= mostAtOnce) {
      res.set('Retry-After', '10');
      return next(new TooManyUploads());
    }
    underWay++;
    res.once('close', () => underWay--);
    take(req, res, (error: unknown) => {
      if (error) res.locals.uploadProblem = problemOf(error);
      req.body ??= {};
      next();
    });
  };
}

function problemOf(error: unknown): { problem: 'tooLarge' | 'broken'; field: string } {
  const isTooLarge = error instanceof MulterError && error.code === 'LIMIT_FILE_SIZE';
  const field = (error instanceof MulterError && error.field) || '';
  return { problem: isTooLarge ? 'tooLarge' : 'broken', field };
}

/** The file of a form with this name; undefined if none was chosen. */
export function uploadIn(req: Request, res: Response, field: string): Upload | undefined {
  const { uploadProblem } = res.locals;
  const [file] = (!Array.isArray(req.files) && req.files?.[field]) || [];
  return uploadProblem ?? (file && { file: file.buffer, name: file.originalname });
}
