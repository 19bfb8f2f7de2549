import type { RequestHandler } from 'express';
import { oldestUnsent } from '../post/outbox.ts';

/** Alive: the process answers. */
export const answerHealth: RequestHandler = (_req, res) => {
  res.json({ status: 'ok' });
};

/** Ready: the database answers. With the age in seconds of the oldest letter that waits, null where none does. */
export const answerReadiness: RequestHandler = async (_req, res) => {
  const ready = (age: number | undefined) => res.json({ status: 'ok', oldestUnsentSeconds: age ?? null });
  const silent = () => res.status(503).json({ status: 'unavailable', oldestUnsentSeconds: null });
  await oldestUnsent(res.locals.now).then(ready, silent);
};
