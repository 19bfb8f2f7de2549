import type { Request, Response } from 'express';
import { paths } from '../../base/paths.ts';
import type { Event } from '../../events/event.ts';
import { changeDraft, findMailing, removeDraft, writeDraft } from '../../letters/mailings/drafts.ts';
import { type Mailing, speakersIn } from '../../letters/mailings/mailing.ts';
import { placeholders } from '../../letters/mailings/placeholders.ts';
import { NotFound } from '../../web/errors.ts';
import { type FormAnswers, hasErrors, readForm } from '../../web/forms.ts';
import { sendPage } from '../../web/pages.ts';
import { stateOf } from '../parts/event-state.ts';
import { ownBoard, ownEvent } from '../parts/guard.ts';
import { asked, withQuery } from '../parts/query-string.ts';
import {
  answersOf,
  filterChoices,
  filterIn,
  mailingForm,
  placeholdersFor,
  translatedFields,
  wordsIn,
} from './mailing-form.ts';

/** The form of a letter by hand: a new one to those whom the address chooses, or a draft (`?mailing=`). */
export async function showMailingForm(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const id = asked(req, 'mailing');
  const draft = id === undefined ? undefined : await openDraft(event, id);
  const {
    municipality = '',
    role = '',
    mode = '',
    status,
  } = filterIn(req.query, ownBoard(res).municipalities);
  const values = draft ? answersOf(draft) : { municipality, role, mode, status };
  sendForm(res, { event, draft }, { values, errors: {} });
}

/** Keeps the draft and leads to how it will be. Nothing is sent from here. */
export async function submitMailing(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const { mailing } = req.body;
  const draft = mailing ? await openDraft(event, mailing) : undefined;
  const answers = await readForm(req, mailingForm());
  if (hasErrors(answers)) return sendForm(res, { event, draft }, answers);
  const plan = { words: wordsIn(req.body), filter: filterIn(req.body, ownBoard(res).municipalities) };
  const { context } = res.locals;
  if (draft && answers.values.version !== String(draft.version))
    return sendForm(res, { event, draft }, answers, 409);
  const kept = draft ?? (await writeDraft(context, event, plan));
  if (draft) await changeDraft(context, draft, plan);
  res.redirect(303, paths.mailing(event._id, kept._id));
}

/** Takes a draft away. */
export async function submitRemoveMailing(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const draft = await openDraft(event, req.params.mailing);
  await removeDraft(draft._id);
  res.redirect(303, withQuery(paths.eventLetters(event._id), { klart: 'borttaget' }));
}

async function openDraft(event: Event, id: unknown): Promise<Mailing> {
  const mailing = await findMailing(event._id, id);
  if (mailing?.state !== 'draft') throw new NotFound();
  return mailing;
}

function sendForm(
  res: Response,
  { event, draft }: { event: Event; draft: Mailing | undefined },
  { values, errors }: FormAnswers,
  status = hasErrors({ errors }) ? 422 : 200,
): void {
  const filter = filterIn(values);
  const page = {
    title: `Skriv till ${speakersIn(filter) ? 'de medverkande' : 'deltagarna'}: ${event.title}`,
    current: 'events',
    ...{ event, draft, values, errors },
    toSpeakers: Boolean(speakersIn(filter)),
    placeholders: placeholdersFor(values).map((name) => ({ name, meaning: placeholders[name] })),
    state: stateOf(event, res.locals.now),
    version: status === 409 ? draft?.version : (values.version ?? draft?.version),
    conflict: status === 409,
    translatedFields,
    choices: filterChoices(event, filter, ownBoard(res).municipalities),
    error: status !== 200,
  };
  sendPage(res, 'office/letters/mailing-form', page, status);
}
