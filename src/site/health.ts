import { setTimeout } from 'node:timers/promises';
import type { Request, Response } from 'express';
import { oldestUnsent } from '../outbox/outbox.ts';
import { alarms } from '../outbox/sending/alarm.ts';

/** Alive: the process answers. */
export async function answerHealth(_req: Request, res: Response): Promise<void> {
  res.json({ status: 'ok' });
}

/**
 * Ready: the database answers soon, and the process is not about to end. Tells the age in seconds of the oldest letter that
 * waits (null if none does) and what is wrong that people must see to. That does not make the process unready: with a mail
 * server in trouble visitors can still sign up, and with a full disk they can still read.
 */
export async function answerReadiness(_req: Request, res: Response): Promise<void> {
  const { now, stopping } = res.locals;
  if (stopping) return void res.status(503).json({ status: 'stopping', oldestUnsentSeconds: null });
  // The driver itself waits long for a database that is gone.
  const answer = await Promise.race([readiness(now), setTimeout(2000)]).catch(() => undefined);
  if (answer) res.json(answer);
  else res.status(503).json({ status: 'unavailable', oldestUnsentSeconds: null });
}

async function readiness(now: Date) {
  const age = await oldestUnsent(now);
  return { status: 'ok', oldestUnsentSeconds: age ?? null, alarm: await alarms(age) };
}
