import type { Context } from '../../base/context.ts';
import { type FormValues, merge } from '../../base/form/merging.ts';
import { noPersonalNumber } from '../../base/form/personal-numbers.ts';
import type { Event } from '../../events/event.ts';
import { changeEvent, type Seen } from '../../registrations/changes/change-event.ts';
import { type Errors, hasErrors, readForm } from '../../web/forms.ts';
import { eventAnswers, eventFields, eventRules, planIn } from './fields.ts';

/** Two edits that cannot both stand: `typed` is what differs from the form as it came, then the fields that both changed, or why the two do not fit together. */
type EventConflict = {
  event: Event;
  now: FormValues;
  typed: FormValues;
  both?: string[];
  misfits?: string[];
};

type ChangedEvent = Exclude<Awaited<ReturnType<typeof changeEvent>>, { refused: 'conflict' }>;
/** `theirs`: the fields that somebody else changed meanwhile. */
type EventSaved =
  | { saved: ChangedEvent; theirs: string[]; conflict?: never }
  | { conflict: EventConflict; saved?: never; theirs?: never };

/**
 * Saves a valid form. If somebody else has saved since it was shown, the fields that it did not change keep what the
 * other wrote, and the two edits are checked as one.
 */
export async function saveDetails(
  context: Context,
  id: Event['_id'],
  form: Record<string, string>,
  seen: Omit<Seen, 'version'>,
): Promise<EventSaved> {
  const plan = planIn(form);
  let edit = { plan, version: Number(form.version), theirs: [] as string[] };
  for (;;) {
    const saved = await changeEvent(context, id, { ...seen, version: edit.version }, edit.plan);
    if (!('refused' in saved)) return { saved, theirs: edit.theirs };
    const now = eventAnswers(saved.event);
    const typed = eventAnswers({ ...saved.event, ...plan });
    if ('missing' in saved && edit.theirs.length > 0 && saved.missing.length > 0) {
      const misfits = saved.missing.map(({ message }) => message);
      return { conflict: { event: saved.event, now, typed, misfits } };
    }
    if (saved.refused !== 'conflict') return { saved, theirs: edit.theirs };
    if (!form.seen) return { conflict: { event: saved.event, now, typed: {} } };
    const { answers, theirs, both } = merge(String(form.seen), now, typed);
    if (both.length > 0) return { conflict: { event: saved.event, now, typed: answers, both } };
    const merged = await readMerged(answers);
    if (hasErrors(merged))
      return { conflict: { event: saved.event, now, typed, misfits: Object.values(merged.errors) } };
    edit = { plan: planIn(merged.form), version: saved.event.version, theirs };
  }
}

/** Checks both edits as one form. Each was asked about its personal numbers when it was typed. */
async function readMerged(answers: FormValues): Promise<{ form: Record<string, string>; errors: Errors }> {
  const answered = eventFields.map(({ name }) => name);
  const req = { body: { ...answers, [noPersonalNumber]: answered } };
  const { errors } = await readForm(req, eventRules());
  return { form: req.body as unknown as Record<string, string>, errors };
}
