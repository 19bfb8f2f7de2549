import type { Request, Response } from 'express';
import { optionsOf } from '../../base/fields.ts';
import { paths } from '../../base/paths.ts';
import { modeNames, modes } from '../../events/event.ts';
import { offeredModes } from '../../events/rules.ts';
import { mailsAbout } from '../../inbox/queries.ts';
import { changeRegistration } from '../../registrations/changes/change.ts';
import type { Registration } from '../../registrations/registration.ts';
import { changesOf, type Offer, personForm } from '../../registrations/sign-up/form.ts';
import { type Answers, hasErrors, readForm } from '../../web/forms.ts';
import { sendPage } from '../../web/pages.ts';
import { mailWords } from '../letters/inbox-words.ts';
import { type Compared, sendEditConflict } from '../parts/edit-conflict.ts';
import { ownBoard, ownParticipant, type Participant } from '../parts/guard.ts';
import { listAfter } from '../parts/notices.ts';
import { asked } from '../parts/query-string.ts';
import { choicesOf, words } from './form.ts';
import { lettersTo } from './letters.ts';
import { waitingParts, wishable, wishesBy, wishesForm, wishesIn } from './waiting.ts';
import { remarksOn } from './warnings.ts';

/** One participant's details, to be changed. */
export async function showChangeParticipant(req: Request, res: Response): Promise<void> {
  const place = await ownParticipant(req, res);
  const again = asked(req, 'klart') === 'igen';
  await sendForm(res, place, { values: answersOf(place.registration), errors: {} }, 200, again);
}

/** Changes a participant's details for them, with the letters that it takes. */
export async function submitChangeParticipant(req: Request, res: Response): Promise<void> {
  const place = await ownParticipant(req, res);
  const { event, registration } = place;
  const offer = offerTo(place, res);
  const waits = registration.status === 'waiting';
  const answers = await readForm(req, [
    ...personForm(words, offer),
    ...(waits ? wishesForm(wishable(place)) : []),
  ]);
  if (hasErrors(answers)) return sendForm(res, place, answers);

  const ways = waits ? wishesBy(req.body.waitsFor, place) : undefined;
  const changes = {
    ...changesOf(req.body, offer),
    ...(ways && { modes: ways, mode: ways[0] ?? registration.mode }),
    email: String(req.body.email),
  };
  const seen = Number(answers.values.version);
  const result = await changeRegistration(res.locals.context, registration._id, changes, { seen });
  if (!('refused' in result)) {
    const { registration: changed, promoted } = result;
    const writes = changed.sequence > registration.sequence && res.locals.now < event.end;
    const klart = writes ? 'andradMedBrev' : 'andrad';
    const seated = waits && changed.status === 'confirmed';
    return res.redirect(303, listAfter(event, seated ? 'plats' : klart, promoted));
  }
  if (result.refused === 'conflict')
    return sendChanged(res, { event, registration: result.registration }, answers.values);
  if (result.refused === 'cancelled') return sendForm(res, await ownParticipant(req, res), answers, 422);
  const errors = (waits && result.refused === 'full' ? { waitsFor: closed } : refusals[result.refused]) ?? {};
  await sendForm(res, place, { ...answers, errors }, 422);
}

const refusals: Record<string, Answers['errors']> = {
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

function answersOf(registration: Registration): Record<string, string> {
  const { givenName, familyName, email, organisation, municipality, role, mode, changedAt } = registration;
  const details = { givenName, familyName, email, organisation, municipality, role };
  const way: Record<string, string> =
    registration.status === 'waiting' ? { waitsFor: registration.waitsFor.join(',') } : { mode };
  return { ...details, ...way, version: String(+changedAt) };
}

/** Somebody changed the same registration in between: both are shown. */
function sendChanged(
  res: Response,
  { event, registration }: Participant,
  typed: Record<string, string>,
): void {
  sendEditConflict(res, {
    event,
    fields: compared(choicesOf(offerTo({ event, registration }, res))),
    action: paths.participant(event._id, registration._id),
    now: withWishes(answersOf(registration)),
    typed: withWishes(typed),
    version: +registration.changedAt,
  });
}

/** The questions whose answers the page of an edit conflict compares. */
function compared({ municipalities, roles: roleChoices }: ReturnType<typeof choicesOf>): Compared[] {
  const modeChoices = optionsOf(modes, modeNames);
  return [
    { name: 'givenName', label: 'Förnamn' },
    { name: 'familyName', label: 'Efternamn' },
    { name: 'email', label: 'E-postadress' },
    { name: 'organisation', label: 'Organisation' },
    { name: 'municipality', label: 'Kommun', options: municipalities },
    { name: 'role', label: 'Roll', options: roleChoices },
    { name: 'mode', label: 'Deltar', options: modeChoices },
    { name: 'waitsFor', label: 'Väntar på', options: modeChoices },
  ];
}

/** The waitsFor one by one, as the page of differences names them and sends them on. */
function withWishes(answers: Record<string, string>): Record<string, string | string[]> {
  return 'waitsFor' in answers ? { ...answers, waitsFor: wishesIn(answers.waitsFor) } : answers;
}

async function sendForm(
  res: Response,
  place: Participant,
  answers: Answers,
  status = hasErrors(answers) ? 422 : 200,
  again = false,
): Promise<void> {
  const { event, registration } = place;
  sendPage(
    res,
    'office/participants/change',
    {
      title: `Ändra uppgifter: ${registration.givenName} ${registration.familyName}`,
      current: 'events',
      ...{ event, registration, ...answers },
      choices: choicesOf(offerTo(place, res)),
      mayChange: registration.status !== 'cancelled' && event.state === 'published',
      waiting: registration.status === 'waiting' ? await waitingParts(place) : undefined,
      waitsFor: wishesIn(answers.values.waitsFor),
      isOver: event.end <= res.locals.now,
      letters: await lettersTo(registration),
      ...{ remarks: remarksOn(registration), mails: await mailsAbout(registration), mailWords },
      again,
      error: status === 422,
    },
    status,
  );
}
