import type { Request, Response } from 'express';
import { type FormValues, marksOf, merge } from '../../base/form/merging.ts';
import { paths } from '../../base/paths.ts';
import { duplicatesOf } from '../../speakers/duplicates.ts';
import {
  speakerAnswers,
  speakerDetails,
  speakerFields,
  speakerForm,
  speakerRows,
} from '../../speakers/entries/form.ts';
import { appearancesOf } from '../../speakers/entries/sessions.ts';
import type { SpeakerEntry } from '../../speakers/entries/speaker.ts';
import { changeSpeaker, findSpeaker, removeSpeaker } from '../../speakers/register.ts';
import { NotFound } from '../../web/errors.ts';
import { type Errors, hasErrors, readForm } from '../../web/forms.ts';
import { sendPage } from '../../web/pages.ts';
import { alsoChanged, sendEditConflict } from '../parts/edit-conflict.ts';
import { ownBoard } from '../parts/guard.ts';
import { asked, withQuery } from '../parts/query-string.ts';

/** Somebody of the register: what is known about them, and where they have spoken. */
export async function showSpeaker(req: Request, res: Response): Promise<void> {
  const entry = await ownSpeaker(req, res);
  const also = alsoChanged(asked(req, 'samtidigt'), speakerFields);
  await sendSpeaker(res, entry, { done: req.query.klart, also });
}

/** The entry that the address names as `:id`. @throws NotFound if there is none, or it is another county board's */
export async function ownSpeaker(req: Request, res: Response, name = 'id'): Promise<SpeakerEntry> {
  const entry = await findSpeaker(ownBoard(res)._id, req.params[name]);
  if (!entry) throw new NotFound();
  return entry;
}

/** Saves the entry, merged with what somebody else has saved meanwhile; with `remove` it is taken away. */
export async function submitSpeakerEntry(req: Request, res: Response): Promise<void> {
  const entry = await ownSpeaker(req, res);
  if (req.body.remove === 'ja') return submitRemove(res, entry);
  const { values, errors } = await readForm(req, speakerForm());
  if (hasErrors({ errors })) return sendSpeaker(res, entry, { values, errors });
  const { context } = res.locals;
  let form: FormValues = { ...req.body };
  let theirs: string[] = [];
  let saved = await changeSpeaker(context, entry._id, Number(values.version), speakerDetails(req.body));
  while ('refused' in saved) {
    const now = speakerAnswers(saved.entry);
    const merged = merge(values.seen ?? '', now, speakerAnswers(speakerDetails(req.body)));
    if (merged.both.length > 0 || !values.seen) return sendConflict(req, res, saved.entry);
    form = merged.answers;
    theirs = merged.theirs;
    await readForm({ body: form }, speakerForm());
    saved = await changeSpeaker(
      context,
      entry._id,
      saved.entry.version,
      speakerDetails(form as Record<string, string>),
    );
  }
  const samtidigt = theirs.join(',') || undefined;
  res.redirect(303, withQuery(paths.speaker(entry._id), { klart: 'sparat', samtidigt }));
}

async function submitRemove(res: Response, entry: SpeakerEntry): Promise<void> {
  const isGone = await removeSpeaker(res.locals.context, entry);
  if (isGone) return res.redirect(303, withQuery(paths.speakers(), { klart: 'borttagen' }));
  await sendSpeaker(res, entry, { errors: { name: 'Personen står i ett program och kan inte tas bort.' } });
}

function sendConflict(req: Request, res: Response, entry: SpeakerEntry): void {
  sendEditConflict(res, {
    action: paths.speaker(entry._id),
    fields: speakerFields,
    now: speakerAnswers(entry),
    typed: req.body,
    version: entry.version,
  });
}

type ShownSpeaker = { values?: Record<string, string>; errors?: Errors; done?: unknown; also?: string };

async function sendSpeaker(
  res: Response,
  entry: SpeakerEntry,
  { values, errors = {}, done, also = '' }: ShownSpeaker,
): Promise<void> {
  const shown = values ?? speakerAnswers(entry);
  const error = hasErrors({ errors });
  const [appearances, duplicates] = await Promise.all([appearancesOf(entry._id), duplicatesOf(entry)]);
  const page = {
    title: 'Någon som medverkar',
    current: 'speakers',
    ...{ entry, appearances, duplicates, errors, error, done, also, rows: speakerRows },
    values: shown,
    // A form that comes back keeps the marks that it began with.
    seen: shown.seen ?? marksOf(speakerAnswers(entry)),
    version: shown.version ?? entry.version,
  };
  sendPage(res, 'office/speakers/entry', page, error ? 422 : 200);
}
