import type { Request, Response } from 'express';
import { paths } from '../../base/paths.ts';
import { addWalkIn } from '../../registrations/participants/walk-in.ts';
import { personOf } from '../../registrations/sign-up/form.ts';
import { hasErrors, readForm } from '../../web/forms.ts';
import { addressOptional, offerOf } from '../participants/form.ts';
import { ownEvent } from '../parts/guard.ts';
import { withQuery } from '../parts/query-string.ts';
import { sendList } from './list.ts';

/** Writes in somebody who had not signed up, and goes back to the list at that person. */
export async function submitWalkIn(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const offer = offerOf(res, event);
  const answers = await readForm(req, addressOptional, { offer });
  if (hasErrors(answers)) return sendList(req, res, event, answers);
  const result = await addWalkIn(res.locals.context, event._id, personOf(req.body, offer, 'sv'));
  if ('refused' in result) return sendList(req, res, event, { ...answers, errors: refusals[result.refused] });
  const back = withQuery(paths.attendance(event._id), { mode: result.mode, marked: String(result._id) });
  res.redirect(303, `${back}#p-${result._id}`);
}

const refusals = {
  cancelled: { givenName: 'Evenemanget är inte öppet för närvaro. Ingen är inskriven' },
  early: { givenName: 'Det går att skriva in någon från och med evenemangets dag' },
  known: { email: 'Personen med den här e-postadressen är redan anmäld. Sök efter namnet i listan' },
};
