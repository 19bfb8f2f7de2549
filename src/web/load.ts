import type { RequestHandler, Response } from 'express';

/** More requests have come than can wait for an answer. */
class Overloaded extends Error {
  readonly status = 503;
}

/** Answered however many others wait: a monitor must not take the process for dead. */
const always = new Set(['/healthz', '/readyz']);

/** When a client that was turned away may come again, in seconds. */
const again = 30;

/**
 * Keeps count of the requests under way, up to the last byte of their answers, and turns away those beyond `most` with a
 * 503. Once `stopping` is aborted, each answer tells its client that the connection ends with it.
 */
export function limitLoad(most: number, stopping: AbortSignal): RequestHandler {
  const underWay = new Set<Response>();
  stopping.addEventListener('abort', () => {
    for (const res of underWay) endConnection(res);
  });
  return (req, res, next) => {
    const isTooMany = underWay.size >= most && !always.has(req.path);
    if (stopping.aborted || isTooMany) endConnection(res);
    if (isTooMany) {
      res.set('Retry-After', String(again));
      return next(new Overloaded());
    }
    underWay.add(res);
    res.once('close', () => underWay.delete(res));
    next();
  };
}

function endConnection(res: Response): void {
  if (!res.headersSent) res.set('Connection', 'close');
}
