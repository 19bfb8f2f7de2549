import type { Request, Response } from 'express';
import { lookUp } from '../../base/form/look-up.ts';
import { paths } from '../../base/paths.ts';
import { sharedNames } from '../../speakers/duplicates.ts';
import { speakerDetails, speakerForm, speakerRows } from '../../speakers/entries/form.ts';
import { countAppearances } from '../../speakers/entries/sessions.ts';
import { addSpeaker, listSpeakers } from '../../speakers/register.ts';
import { type FormAnswers, hasErrors, readForm } from '../../web/forms.ts';
import { sendPage } from '../../web/pages.ts';
import { ownBoard } from '../parts/guard.ts';
import { asked, askedPage, withQuery } from '../parts/query-string.ts';

/** What was done, by the word in the address. */
const done: Record<string, string> = {
  borttagen: 'Personen är borttagen ur registret.',
  raderad: 'Personen är raderad.',
};

/** The county board's register of speakers, searched by name, title, organisation and address. */
export async function showSpeakers(req: Request, res: Response): Promise<void> {
  await sendSpeakers(req, res);
}

/** Puts somebody into the register, before they stand in any programme. */
export async function submitSpeaker(req: Request, res: Response): Promise<void> {
  const answers = await readForm(req, speakerForm());
  if (hasErrors(answers)) return sendSpeakers(req, res, answers);
  const entry = await addSpeaker(res.locals.context, ownBoard(res)._id, speakerDetails(req.body));
  res.redirect(303, withQuery(paths.speaker(entry._id), { klart: 'ny' }));
}

async function sendSpeakers(
  req: Request,
  res: Response,
  { values, errors }: FormAnswers = { values: { language: 'sv' }, errors: {} },
): Promise<void> {
  const authority = ownBoard(res)._id;
  const q = asked(req, 'q');
  const page = askedPage(req);
  const list = await listSpeakers(authority, q ?? '', page);
  const [appearances, shared] = await Promise.all([
    countAppearances(list.rows.map(({ _id }) => _id)),
    sharedNames(authority),
  ]);
  const error = hasErrors({ errors });
  const shown = {
    title: 'Medverkande',
    current: 'speakers',
    ...{ list, page, shared, values, errors, error, rows: speakerRows },
    answers: { q },
    appearances,
    done: lookUp(done, asked(req, 'klart')),
    pageLink: (number: number) => withQuery(paths.speakers(), { q, page: number }),
  };
  sendPage(res, 'office/speakers/list', shown, error ? 422 : 200);
}
