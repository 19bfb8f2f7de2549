import type { Request, RequestHandler, Response } from 'express';
import { roleNames } from '../authorities/roles.ts';
import { paths } from '../base/paths.ts';
import { type Event, modeNames } from '../events/event.ts';
import { offeredModes } from '../events/rules.ts';
import { changeRegistration } from '../registrations/change.ts';
import { changesOf, type Offer, personForm } from '../registrations/form.ts';
import { findParticipant } from '../registrations/participants.ts';
import type { Registration } from '../registrations/registration.ts';
import { NotFound } from '../web/errors.ts';
import { type Answers, hasErrors, readForm } from '../web/forms.ts';
import { sendPage } from '../web/pages.ts';
import { ownBoard, ownEvent } from './guard.ts';
import { choicesOf, words } from './participant-form.ts';
import { withQuery } from './query.ts';
import { sendStale } from './stale.ts';

type Place = { event: Event; registration: Registration };

/** One participant's details, to be changed. */
export const showChangeParticipant: RequestHandler = async (req, res) => {
  const place = await open(req, res);
  sendForm(res, place, { values: answersOf(place.registration), errors: {} });
};

/** Changes a participant's details for them, with the letters that it takes. */
export const submitChangeParticipant: RequestHandler = async (req, res) => {
  const place = await open(req, res);
  const { event, registration } = place;
  const offer = offerTo(place, res);
  const answers = await readForm(req, personForm(words, offer));
  if (hasErrors(answers)) return sendForm(res, place, answers);

  const changes = { ...changesOf(req.body, offer), email: String(req.body.email) };
  const seen = Number(answers.values.version);
  const result = await changeRegistration(res.locals.act, registration._id, ownBoard(res), changes, { seen });
  if (!('refused' in result)) {
    const writes = result.sequence > registration.sequence && res.locals.now < event.end;
    const klart = writes ? 'andradMedBrev' : 'andrad';
    return res.redirect(303, withQuery(paths.participants(event._id), { klart }));
  }
  if (result.refused === 'stale')
    return sendChanged(res, { event, registration: result.registration }, answers.values);
  if (result.refused === 'cancelled') return sendForm(res, await open(req, res), answers, 422);
  sendForm(res, place, { ...answers, errors: refusals[result.refused] ?? {} }, 422);
};

const refusals: Record<string, Answers['errors']> = {
  known: { email: 'Någon annan med den här e-postadressen är redan anmäld. Skriv en annan adress' },
  full: { mode: 'Platserna är slut för det sättet. Deltagaren har kvar sin plats. Välj det sätt som var' },
};

async function open(req: Request, res: Response): Promise<Place> {
  const event = await ownEvent(req, res);
  const registration = await findParticipant(event._id, req.params.registration);
  if (!registration) throw new NotFound();
  return { event, registration };
}

/** Also a way that is not offered any more, where the participant has a seat in it. */
function offerTo({ event, registration }: Place, res: Response): Offer {
  const modes = [...new Set([...offeredModes(event), registration.mode])];
  return { municipalities: ownBoard(res).municipalities, modes };
}

function answersOf(registration: Registration): Record<string, string> {
  const { givenName, familyName, email, organisation, municipality, role, mode, changedAt } = registration;
  const version = String(+changedAt);
  return { givenName, familyName, email, organisation, municipality, role, mode, version };
}

/** Somebody changed the same registration in between: both are shown. */
function sendChanged(res: Response, { event, registration }: Place, typed: Record<string, string>): void {
  const places = ownBoard(res).municipalities.map(({ code, name }) => [code, name]);
  sendStale(res, {
    event,
    action: paths.participant(event._id, registration._id),
    now: answersOf(registration),
    typed,
    version: +registration.changedAt,
    names: { role: roleNames, mode: modeNames, municipality: Object.fromEntries(places) },
  });
}

function sendForm(
  res: Response,
  place: Place,
  answers: Answers,
  status = hasErrors(answers) ? 422 : 200,
): void {
  const { event, registration } = place;
  sendPage(
    res,
    'office/change-participant',
    {
      title: `Ändra uppgifter: ${registration.givenName} ${registration.familyName}`,
      current: 'events',
      ...{ event, registration, ...answers },
      choices: choicesOf(offerTo(place, res)),
      mayChange: registration.status === 'confirmed' && event.state === 'published',
      isOver: event.end <= res.locals.now,
      error: status === 422,
    },
    status,
  );
}
