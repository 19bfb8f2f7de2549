import type { Request, Response } from 'express';
import { lookUp } from '../../base/form/look-up.ts';
import { paths } from '../../base/paths.ts';
import { EventModel } from '../../events/event.ts';
import { subjectLine } from '../../letters/compose.ts';
import { listLetters } from '../../outbox/queries.ts';
import type { LetterFacts } from '../../registrations/letter-facts.ts';
import { sendPage } from '../../web/pages.ts';
import { ownBoard } from '../parts/guard.ts';
import { asked, askedPage, withQuery } from '../parts/query-string.ts';
import { states } from './list.ts';
import { troubleOf } from './trouble.ts';

const done: Record<string, string> = {
  igen: 'Mejlet skickas igen.',
  ordnat: 'Mejlet är borttaget från listan.',
};

/** The letters that did not arrive and that nobody has seen to, with why and what to do about each. */
export async function showLostLetters(req: Request, res: Response): Promise<void> {
  const page = askedPage(req);
  const { letters, pages } = await listLetters<LetterFacts>(ownBoard(res)._id, { lost: true }, page);
  const ids = letters.flatMap(({ event }) => event ?? []);
  const events = await EventModel.find({ _id: { $in: ids } }, { title: 1 }).lean();
  sendPage(res, 'office/letters/lost', {
    title: 'Mejl som inte kom fram',
    current: 'letters',
    letters: letters.map((letter) => ({
      ...letter,
      subject: subjectLine(letter),
      trouble: troubleOf(letter),
      title: events.find(({ _id }) => letter.event?.equals(_id))?.title,
    })),
    ...{ states, pages, page },
    happened: lookUp(done, asked(req, 'klart')),
    pageLink: (page: number) => withQuery(paths.lostLetters(), { page }),
  });
}
