import type { Request, Response } from 'express';
import { idFrom } from '../../base/database.ts';
import { paths } from '../../base/paths.ts';
import { isSpeaker, resendLetter } from '../../letters/resend.ts';
import type { NotAgain } from '../../letters/writing/still-true.ts';
import { closeLetter, findLetter } from '../../outbox/queries.ts';
import { NotFound } from '../../web/errors.ts';
import { ownBoard } from '../parts/guard.ts';
import { withQuery } from '../parts/query-string.ts';
import { sendLetter } from './list.ts';

const refusals: Record<NotAgain, string> = {
  underway: 'Mejlet är redan på väg.',
  held: 'Mejlet väntar på ert ja efter en återläsning. Se under Mejl.',
  kept: 'Tjänsten har ingen e-postserver, så mejlet kan inte skickas.',
  replaced: 'Ett nyare mejl har tagit det här mejlets plats. Skicka det nyare i stället.',
  changed: 'Anmälan, inbjudan eller evenemanget har ändrats sedan mejlet skrevs, så det stämmer inte längre.',
  over: 'Det är för sent: evenemanget har varit, eller så har det mejlet handlar om passerat.',
  gone: 'Mejlet hör inte till någon anmälan eller inbjudan, så det går inte att skicka igen.',
};

/** Sends a letter again to the person's present address, and goes back to the page where the button was. */
export async function submitResend(req: Request, res: Response): Promise<void> {
  const id = idFrom(req.params.id);
  const board = ownBoard(res)._id;
  const result = id && (await resendLetter(res.locals.context, board, id));
  if (!result) throw new NotFound();
  if ('refused' in result) return sendLetter(req, res, { refusal: refusals[result.refused] });
  const own = isSpeaker(result)
    ? paths.eventSpeakers(result.event)
    : paths.participant(result.event, result._id);
  const back = req.body.list === 'ja' ? paths.lostLetters() : own;
  res.redirect(303, withQuery(back, { klart: 'igen' }));
}

/** Takes a letter that did not arrive off the list of those to see to. */
export async function submitCloseLetter(req: Request, res: Response): Promise<void> {
  const board = ownBoard(res)._id;
  const letter = await findLetter(board, req.params.id);
  if (!letter) throw new NotFound();
  await closeLetter(board, letter._id, res.locals.now);
  res.redirect(303, withQuery(paths.lostLetters(), { klart: 'ordnat' }));
}
