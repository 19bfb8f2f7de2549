import { setTimeout } from 'node:timers/promises';
import type { RequestHandler } from 'express';
import { oldestUnsent } from '../post/outbox.ts';

/** Alive: the process answers. */
export const answerHealth: RequestHandler = (_req, res) => {
  res.json({ status: 'ok' });
};

/** Ready: the database answers soon. With the age in seconds of the oldest letter that waits, null where none does. */
export const answerReadiness: RequestHandler = async (_req, res) => {
  const asked = oldestUnsent(res.locals.now).then((age) => ({
    status: 'ok',
    oldestUnsentSeconds: age ?? null,
  }));
  // The driver itself waits long for a database that is gone.
  const answer = await Promise.race([asked, setTimeout(2000)]).catch(() => undefined);
  if (answer) res.json(answer);
  else res.status(503).json({ status: 'unavailable', oldestUnsentSeconds: null });
};
