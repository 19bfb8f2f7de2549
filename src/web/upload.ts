import type { Request, RequestHandler, Response } from 'express';
import multer, { MulterError } from 'multer';
import { paths } from '../base/paths.ts';

/** The largest file that is taken, in megabytes. */
export const mostMegabytes = 10;

/** Files are held in memory until they have been read, so only so many are taken at the same time. */
const mostAtOnce = 5;

/** A file that came with a form, or why it did not come whole: it is too large, or the form broke off. */
export type Upload = { file: Uint8Array } | { problem: 'tooLarge' | 'broken' };

declare global {
  namespace Express {
    interface Locals {
      uploadProblem?: 'tooLarge' | 'broken' | undefined;
    }
  }
}

/** More files come than there is room for. */
class TooManyUploads extends Error {
  readonly status = 503;
}

const fileAddresses = [paths.meetingReports('[^/]+')].map((path) => new RegExp(`^${path}$`, 'i'));

/** True for an address whose form may bring a file. */
export function takesFiles(path: string): boolean {
  return fileAddresses.some((address) => address.test(path));
}

/** Reads a form of several parts, one of which may be a file with this name; other forms are left as they are. */
export function takeFile(field: string): RequestHandler {
  const take = multer({
    storage: multer.memoryStorage(),
    limits: {
      ...{ fileSize: mostMegabytes * 1024 * 1024, files: 1, parts: 20 },
      // No field of ours is an object.
      ...{ fieldSize: 200_000, fieldNestingDepth: 0 },
    },
    defParamCharset: 'utf8',
  }).single(field);
  let underWay = 0;
  return (req, res, next) => {
    if (req.is('multipart') && underWay >= mostAtOnce) {
      res.set('Retry-After', '10');
      return next(new TooManyUploads());
    }
    underWay++;
    res.once('close', () => underWay--);
    take(req, res, (error: unknown) => {
      if (error) res.locals.uploadProblem = isTooLarge(error) ? 'tooLarge' : 'broken';
      req.body ??= {};
      next();
    });
  };
}

function isTooLarge(error: unknown): boolean {
  return error instanceof MulterError && error.code === 'LIMIT_FILE_SIZE';
}

/** The file of a form; undefined if none was chosen. */
export function uploadIn(req: Request, res: Response): Upload | undefined {
  const { uploadProblem: problem } = res.locals;
  return problem ? { problem } : req.file && { file: req.file.buffer };
}
