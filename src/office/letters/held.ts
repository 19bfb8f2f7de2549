import type { Request, Response } from 'express';
import { idFrom } from '../../base/database.ts';
import { paths } from '../../base/paths.ts';
import { subjectLine } from '../../letters/compose.ts';
import { countHeld, decideHeld } from '../../outbox/held.ts';
import { listLetters } from '../../outbox/queries.ts';
import type { LetterFacts } from '../../registrations/letter-facts.ts';
import { counted } from '../../texts/grammar.ts';
import { sendPage } from '../../web/pages.ts';
import { ownBoard } from '../parts/guard.ts';
import { asked, askedPage, withQuery } from '../parts/query-string.ts';

/** The letters that a restore holds back, with a yes and a no for each and for all. */
export async function showHeldLetters(req: Request, res: Response): Promise<void> {
  const page = askedPage(req);
  const authority = ownBoard(res)._id;
  const [{ letters, pages }, count] = await Promise.all([
    listLetters<LetterFacts>(authority, { state: 'held' }, page),
    countHeld(authority),
  ]);
  sendPage(res, 'office/letters/held', {
    title: 'Mejl som väntar på ert ja',
    current: 'letters',
    letters: letters.map((letter) => ({
      ...letter,
      subject: subjectLine(letter),
    })),
    ...{ count, pages, page },
    happened: happened(asked(req, 'klart'), Number(asked(req, 'antal'))),
    pageLink: (page: number) => withQuery(paths.heldLetters(), { page }),
  });
}

function happened(done: string | undefined, count: number): string | undefined {
  const letters = counted(count, 'mejl', 'mejl');
  if (done === 'skicka') return `${letters} är på väg.`;
  return done === 'kasta' ? `${letters} skickas inte.` : undefined;
}

/** Sends or drops one of them, or all. */
export async function submitHeldLetters(req: Request, res: Response): Promise<void> {
  const { do: decision, letter } = req.body;
  const id = idFrom(letter);
  const isDecided = (decision === 'skicka' || decision === 'kasta') && (id || letter === undefined);
  if (!isDecided) return res.redirect(303, paths.heldLetters());
  const antal = await decideHeld(res.locals.context, ownBoard(res)._id, decision === 'skicka', id);
  res.redirect(303, withQuery(paths.heldLetters(), { klart: decision, antal }));
}
