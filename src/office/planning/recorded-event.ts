import type { Request, Response } from 'express';
import { wasDeleted } from '../../audit/log.ts';
import { idFrom, newId } from '../../base/database.ts';
import { isoDay } from '../../base/dates.ts';
import { type FormValues, marksOf, merge } from '../../base/form/merging.ts';
import { paths } from '../../base/paths.ts';
import type { Event } from '../../events/event.ts';
import {
  recordedAnswers,
  recordedFields,
  recordedForm,
  recordedOf,
  recordedRows,
  sumFields,
} from '../../registrations/recorded/form.ts';
import {
  changeRecorded,
  findRecorded,
  recordEvent,
  removeRecorded,
} from '../../registrations/recorded/record.ts';
import { quoted } from '../../texts/grammar.ts';
import { NotFound } from '../../web/errors.ts';
import { type Errors, hasErrors, readForm } from '../../web/forms.ts';
import { sendPage } from '../../web/pages.ts';
import { alsoChanged, sendEditConflict } from '../parts/edit-conflict.ts';
import { anyOwnEvent, ownBoard } from '../parts/guard.ts';
import { asked, withQuery } from '../parts/query-string.ts';
import { sumTables } from './sum-tables.ts';

type RecordedForm = { event?: Event; values: FormValues; errors?: Errors; done?: unknown; also?: string };

/** The form for an event that was held before the county board used the system. */
export async function showRecordEvent(_req: Request, res: Response): Promise<void> {
  send(res, { values: { kind: 'boostdag', draft: newId() } });
}

/** Writes it down. */
export async function submitRecordEvent(req: Request, res: Response): Promise<void> {
  const { values, errors } = await readRecorded(req, res);
  if (hasErrors({ errors })) return send(res, { values, errors });
  const board = ownBoard(res);
  const recorded = recordedOf(req.body, board);
  const { _id } = await recordEvent(res.locals.context, board._id, recorded, idFrom(req.body.draft));
  res.redirect(303, withQuery(paths.recordedEvent(_id), { klart: 'inmatat' }));
}

/** What was written down, to look at and to change. */
export async function showRecorded(req: Request, res: Response): Promise<void> {
  const event = await ownRecorded(req, res);
  const fields = [...recordedFields, ...sumFields(ownBoard(res))];
  const values = { ...(await answersOf(res, event)), version: String(event.version) };
  const seen = marksOf(await answersOf(res, event));
  const also = alsoChanged(asked(req, 'samtidigt'), fields);
  send(res, { event, values: { ...values, seen }, done: req.query.klart, also });
}

/** Saves it. What somebody else changed meanwhile stands, unless both changed the same. */
export async function submitRecorded(req: Request, res: Response): Promise<void> {
  const event = await ownRecorded(req, res);
  const { values, errors } = await readRecorded(req, res);
  if (hasErrors({ errors })) return send(res, { event, values, errors });
  const board = ownBoard(res);
  const typed = recordedAnswers(recordedOf(req.body, board), board);
  await save(res, event, {
    answers: typed,
    version: Number(values.version),
    seen: String(values.seen ?? ''),
  });
}

type Edit = { answers: FormValues; version: number; seen: string; theirs?: string[] };

/** The day and its hours say something only together. */
const together = ['date', 'start', 'end'];

async function save(res: Response, { _id }: Event, edit: Edit): Promise<void> {
  const { answers, version, seen, theirs = [] } = edit;
  const board = ownBoard(res);
  const saved = await changeRecorded(res.locals.context, _id, version, recordedOf(answers, board));
  const here = paths.recordedEvent(_id);
  if (!('refused' in saved)) {
    const samtidigt = theirs.join(',') || undefined;
    return res.redirect(303, withQuery(here, { klart: 'sparat', samtidigt }));
  }
  const now = recordedAnswers({ plan: saved.event, attended: saved.attended }, board);
  const merged = merge(seen, now, answers, together);
  if (merged.both.length === 0 && seen)
    return await save(res, saved.event, { ...edit, ...merged, version: saved.event.version });
  sendEditConflict(res, {
    ...{ event: saved.event, action: here, now, typed: answers, version: saved.event.version },
    fields: [...recordedFields, ...sumFields(board)],
  });
}

/** Asks whether what was written down shall go. */
export async function showRemoveRecorded(req: Request, res: Response): Promise<void> {
  sendRemove(res, await ownRecorded(req, res));
}

/** Takes it away as it was seen. */
export async function submitRemoveRecorded(req: Request, res: Response): Promise<void> {
  const id = idFrom(req.params.id);
  // A second click comes when it is gone.
  if (id && (await wasDeleted(ownBoard(res)._id, id))) return toList(res);
  const event = await ownRecorded(req, res);
  const removed = await removeRecorded(res.locals.context, event._id, Number(req.body.version));
  if ('refused' in removed) return sendRemove(res, removed.event, true);
  toList(res);
}

function toList(res: Response): void {
  res.redirect(303, withQuery(paths.events(), { klart: 'inmatat-borta' }));
}

function sendRemove(res: Response, event: Event, error = false): void {
  const page = { title: `Ta bort ${quoted(event.title)}`, current: 'events', event, error };
  sendPage(res, 'office/planning/remove-recorded', page, error ? 409 : 200);
}

/** @throws NotFound where the address names no event of this county board that was recorded afterwards */
async function ownRecorded(req: Request, res: Response): Promise<Event> {
  const event = await anyOwnEvent(req, res);
  if (event.state !== 'recorded') throw new NotFound();
  return event;
}

async function answersOf(res: Response, event: Event): Promise<FormValues> {
  const { attended } = await findRecorded(event);
  return recordedAnswers({ plan: event, attended }, ownBoard(res));
}

async function readRecorded(req: Request, res: Response): Promise<{ values: FormValues; errors: Errors }> {
  const { values, errors } = await readForm(req, recordedForm(ownBoard(res), isoDay(res.locals.now)));
  return { values: { ...values, factors: req.body.factors }, errors };
}

function send(res: Response, { event, values, errors = {}, done, also = '' }: RecordedForm): void {
  const error = hasErrors({ errors });
  const page = {
    title: event ? event.title : 'Mata in en dag som har varit',
    current: 'events',
    rows: recordedRows,
    tables: sumTables(ownBoard(res)),
    ...{ event, values, errors, error, done, also },
  };
  sendPage(res, 'office/planning/recorded-event', page, error ? 422 : 200);
}
