import type { Request, Response } from 'express';
import { optionsOf } from '../../base/form/fields.ts';
import { type FormValues, marksOf, merge } from '../../base/form/merging.ts';
import { paths } from '../../base/paths.ts';
import { modeNames, modes } from '../../events/event.ts';
import { offeredModes } from '../../events/rules.ts';
import { mailsAbout } from '../../inbox/queries.ts';
import { fieldsOf, readAnswers } from '../../registrations/answers.ts';
import { type Changes, changeRegistration } from '../../registrations/changes/change.ts';
import type { Offer } from '../../registrations/question-rules.ts';
import { questions } from '../../registrations/questions.ts';
import type { Registration } from '../../registrations/registration.ts';
import { personForm } from '../../registrations/sign-up/form.ts';
import { type FormAnswers, hasErrors, readForm } from '../../web/forms.ts';
import { sendPage } from '../../web/pages.ts';
import { wordsOf } from '../letters/inbox-words.ts';
import { type Compared, sendEditConflict } from '../parts/edit-conflict.ts';
import { ownBoard, ownParticipant, type Participant } from '../parts/guard.ts';
import { listAfter } from '../parts/notices.ts';
import { asked } from '../parts/query-string.ts';
import { addressOptional, rowsOf, words } from './form.ts';
import { lettersTo } from './letters.ts';
import { waitingParts, wishable, wishesBy, wishesForm, wishesIn } from './waiting.ts';
import { remarksOn } from './warnings.ts';

/** One participant's details, to be changed. */
export async function showChangeParticipant(req: Request, res: Response): Promise<void> {
  const place = await ownParticipant(req, res);
  const again = asked(req, 'klart') === 'igen';
  await sendForm(res, place, { values: valuesOf(place.registration), errors: {} }, { again });
}

/** Changes a participant's details for them, with the letters that it takes. */
export async function submitChangeParticipant(req: Request, res: Response): Promise<void> {
  const place = await ownParticipant(req, res);
  const { event, registration } = place;
  const waits = registration.status === 'waiting';
  const { changes, ...answers } = await readChange(req.body, place, res);
  if (hasErrors(answers)) return sendForm(res, place, answers);

  const save = (edit: Changes, seen: number) =>
    changeRegistration(res.locals.context, registration._id, edit, { seen });
  let result = await save(changes, Number(answers.values.version));
  let theirs: string[] = [];
  while ('refused' in result && result.refused === 'conflict') {
    const now: Participant = { event, registration: result.registration };
    const marks = now.registration.status === registration.status ? answers.values.seen : undefined;
    if (!marks) return sendChanged(res, now, answers.values);
    const typed = shownOf(changedBy(now.registration, changes));
    const merged = merge(marks, shownOf(now.registration), typed);
    if (merged.both.length > 0) return sendChanged(res, now, merged.answers, merged);
    const read = await readChange(merged.answers, now, res);
    if (hasErrors(read)) return sendChanged(res, now, typed, { misfits: Object.values(read.errors) });
    theirs = merged.theirs;
    result = await save(read.changes, +now.registration.changedAt);
  }
  if (!('refused' in result)) {
    const { registration: changed, promoted } = result;
    const writes = changed.sequence > registration.sequence && res.locals.now < event.end;
    const klart = writes ? 'andradMedBrev' : 'andrad';
    const seated = waits && changed.status === 'confirmed';
    return res.redirect(303, listAfter(event, seated ? 'plats' : klart, promoted, theirs));
  }
  if (result.refused === 'cancelled')
    return sendForm(res, await ownParticipant(req, res), answers, { status: 422 });
  const errors = (waits && result.refused === 'full' ? { waitsFor: closed } : refusals[result.refused]) ?? {};
  await sendForm(res, place, { ...answers, errors }, { status: 422 });
}

type ReadChange = FormAnswers & { changes: Changes };

/** What a form says of the participant, with what is wrong in it. */
async function readChange(body: FormValues, place: Participant, res: Response): Promise<ReadChange> {
  const { email, status, mode } = place.registration;
  const offer = offerTo(place, res);
  const waits = status === 'waiting';
  const rules = [
    ...(email ? personForm(words) : addressOptional),
    ...(waits ? wishesForm(wishable(place)) : []),
  ];
  const form = { body: body as Record<string, string> };
  const answers = await readForm(form, rules, { offer });
  const ways = waits ? wishesBy(form.body.waitsFor, place) : undefined;
  const given = readAnswers(({ name }) => form.body[name], offer);
  return { ...answers, changes: { ...given, ...(ways && { modes: ways, mode: ways[0] ?? mode }) } };
}

function changedBy(registration: Registration, { modes: waitsFor, ...changes }: Changes): Registration {
  return { ...registration, ...changes, ...(waitsFor && { waitsFor }) };
}

const refusals: Record<string, FormAnswers['errors']> = {
  known: { email: 'Någon annan med den här e-postadressen är redan anmäld. Skriv en annan adress' },
  full: { mode: 'Platserna är slut för det sättet. Deltagaren har kvar sin plats. Välj det sätt som var' },
};

const closed = 'Väntelistan är stängd, så det går inte att vänta på fler sätt. Välj det som var';

/** Also a way that is not offered any more, where the participant has a seat in it. Who waits is asked for waitsFor instead. */
function offerTo({ event, registration }: Participant, res: Response): Offer {
  const { mode, status } = registration;
  const modes = status === 'waiting' ? [mode] : [...new Set([...offeredModes(event), mode])];
  return { municipalities: ownBoard(res).municipalities, modes };
}

/** What the form holds, with which state of the registration it shows. */
function valuesOf(registration: Registration): Record<string, string> {
  const shown = shownOf(registration);
  return { ...shown, version: String(+registration.changedAt), seen: marksOf(shown) };
}

/** The answers as the form shows them. Somebody who waits is asked what they wait for in place of the mode. */
function shownOf(registration: Registration): Record<string, string> {
  const { mode, ...fields } = fieldsOf(registration);
  const way: Record<string, string> =
    registration.status === 'waiting' ? { waitsFor: registration.waitsFor.join(',') } : { mode };
  return { ...fields, ...way };
}

/** Somebody changed the same registration in between: both are shown. */
function sendChanged(
  res: Response,
  { event, registration }: Participant,
  typed: FormValues,
  found: { both?: string[]; misfits?: string[] } = {},
): void {
  sendEditConflict(res, {
    event,
    fields: compared(ownBoard(res).municipalities),
    action: paths.participant(event._id, registration._id),
    now: withWishes(shownOf(registration)),
    typed: withWishes({ ...unticked, ...typed }),
    version: +registration.changedAt,
    ...('both' in found && { both: found.both }),
    ...('misfits' in found && { misfits: found.misfits }),
  });
}

/** Browsers send nothing for a box that is not ticked. */
const unticked = Object.fromEntries(
  questions.flatMap(({ name, control }) => (control === 'checkbox' ? [[name, '']] : [])),
);

/** The questions whose answers the page of an edit conflict compares. */
function compared(municipalities: Offer['municipalities']): Compared[] {
  const offer = { municipalities, modes: [...modes] };
  return [
    ...questions.map(({ name, office, choices }) => ({ name, label: office, options: choices?.(offer) })),
    { name: 'waitsFor', label: 'Väntar på', options: optionsOf(modes, modeNames) },
  ];
}

/** The waitsFor one by one, as the page of differences names them and sends them on. */
function withWishes(answers: FormValues): FormValues {
  return 'waitsFor' in answers ? { ...answers, waitsFor: wishesIn(answers.waitsFor) } : answers;
}

const addressHelp: Partial<Record<Registration['status'], string>> = {
  confirmed:
    'En ny adress får en bekräftelse med inbjudan. Den gamla får ett mejl som tar bort evenemanget ur kalendern.',
  waiting: 'En ny adress får ett mejl om platsen i kön.',
};

async function sendForm(
  res: Response,
  place: Participant,
  answers: FormAnswers,
  { status = hasErrors(answers) ? 422 : 200, again = false }: { status?: number; again?: boolean } = {},
): Promise<void> {
  const { event, registration } = place;
  const isOver = event.end <= res.locals.now;
  sendPage(
    res,
    'office/participants/change',
    {
      title: 'Ändra en deltagares uppgifter',
      heading: `Ändra uppgifter: ${registration.givenName} ${registration.familyName}`,
      current: 'events',
      ...{ event, registration, ...answers },
      rows: rowsOf(offerTo(place, res), isOver ? undefined : addressHelp[registration.status]),
      mayChange: registration.status !== 'cancelled' && event.state === 'published',
      waiting: registration.status === 'waiting' ? await waitingParts(place) : undefined,
      waitsFor: wishesIn(answers.values.waitsFor),
      isOver,
      letters: await lettersTo(registration),
      ...{ remarks: remarksOn(registration), mails: await mailsAbout(registration), wordsOf },
      again,
      error: status === 422,
    },
    status,
  );
}
