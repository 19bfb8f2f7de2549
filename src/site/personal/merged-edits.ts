import type { Response } from 'express';
import { type FormValues, type Merge, marksOf, merge } from '../../base/form/merging.ts';
import { paths } from '../../base/paths.ts';
import { wordsFor } from '../../registrations/answers.ts';
import { type Changes, changeRegistration } from '../../registrations/changes/change.ts';
import { tokenOf } from '../../registrations/personal/links.ts';
import type { Own } from '../../registrations/personal/opened.ts';
import { changeable } from '../../registrations/questions.ts';
import type { Registration } from '../../registrations/registration.ts';
import { inLanguage } from '../../texts/addresses.ts';
import { type Language, textsIn } from '../../texts/texts.ts';
import { sendPage } from '../../web/pages.ts';
import { markFor } from '../sign-up/grace.ts';
import { valuesOf } from './page.ts';

type OwnOutcome = Awaited<ReturnType<typeof changeRegistration>>;
/** `now` is what is stored, `merged` what both edits make of it. */
type Conflict = { now: Registration; merged: Merge };
/** `theirs`: the fields that somebody else changed meanwhile. */
type OwnSaved =
  | { outcome: OwnOutcome; theirs: string[]; conflict?: never }
  | { conflict: Conflict; outcome?: never; theirs?: never };

/**
 * Saves a valid form of one's own registration. If somebody else, such as the organiser, has changed it since it was
 * shown, the fields that the form did not change keep what the other wrote.
 * @param seen the marks of the answers that the form was shown with; without them it is saved as it came
 */
export async function saveOwn(
  res: Response,
  { registration }: Own,
  changes: Changes,
  { seen, moment }: { seen: unknown; moment: Date },
): Promise<OwnSaved> {
  const { context } = res.locals;
  if (!seen)
    return { outcome: await changeRegistration(context, registration._id, changes, { moment }), theirs: [] };
  let now = registration;
  for (;;) {
    const merged = merge(String(seen), valuesOf(now), valuesOf(changedBy(now, changes)));
    if (merged.both.length > 0) return { conflict: { now, merged } };
    const kept = Object.entries(changes).filter(([name]) => !merged.theirs.includes(fieldOf(name)));
    const own: Changes = Object.fromEntries(kept);
    const outcome = await changeRegistration(context, now._id, own, { moment, seen: +now.changedAt });
    if (!('refused' in outcome) || outcome.refused !== 'conflict') return { outcome, theirs: merged.theirs };
    now = outcome.registration;
  }
}

/** The field that asks for it: those who wait choose all their modes in one. */
function fieldOf(name: string): string {
  return name === 'modes' ? 'mode' : name;
}

function changedBy(registration: Registration, { modes, ...changes }: Changes): Registration {
  const waits = registration.status === 'waiting' && modes;
  return { ...registration, ...changes, ...(waits && { waitsFor: modes }) };
}

/** The same field was changed by somebody else too: both answers are shown, and the person chooses. */
export function sendOwnConflict(res: Response, { event, authority }: Own, { now, merged }: Conflict): void {
  const { lang, context } = res.locals;
  const t = textsIn(lang);
  const token = tokenOf(now, context.settings.secret);
  const say = wordsFor(authority.municipalities, t);
  const stored: FormValues = valuesOf(now);
  const answers = merged.answers as Record<string, string>;
  const differences = changeable
    .filter(({ name }) => merged.both.includes(name))
    .map(({ name, label }) => ({
      label: t(label),
      now: say(name, String(stored[name])).join(', '),
      typed: say(name, answers[name] ?? '').join(', '),
    }));
  const page = {
    title: t('min.krock.rubrik'),
    addressIn: (language: Language) => inLanguage(paths.registration(token), language),
    error: true,
    ...{ event, token, differences, seen: marksOf(stored) },
    hidden: Object.entries(answers).flatMap(([name, answer]) =>
      (name === 'mode' ? answer.split(',') : [answer]).map((value) => ({ name, value })),
    ),
    mark: markFor(event, answers, res),
  };
  sendPage(res, 'site/personal/edit-conflict', page, 409);
}
