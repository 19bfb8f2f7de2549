import type { Response } from 'express';
import { freeOfCharge } from '../../events/rules.ts';
import { ownBoard } from './guard.ts';

/** What the form of a new event is filled in with: what it costs, and who answers for it. */
export function usualAnswers(res: Response) {
  const { contactEmail, contactPhone } = ownBoard(res);
  return { cost: freeOfCharge, contactName: res.locals.organiser?.name ?? '', contactEmail, contactPhone };
}
