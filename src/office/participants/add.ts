import type { Request, Response } from 'express';
import type { Event, Mode } from '../../events/event.ts';
import { hasSeat, statusOf, waitingListModes } from '../../events/rules.ts';
import { personForm, personOf } from '../../registrations/sign-up/form.ts';
import { register } from '../../registrations/sign-up/register.ts';
import { type FormAnswers, hasErrors, readForm } from '../../web/forms.ts';
import { sendPage } from '../../web/pages.ts';
import { stateOf } from '../parts/event-state.ts';
import { ownEvent } from '../parts/guard.ts';
import { listAfter } from '../parts/notices.ts';
import { offerOf, rowsOf, words } from './form.ts';

/** What the rules of an event say against one more participant, and the leave that an organiser may give. */
type Warning = { leave: 'late' | 'beyondSeats'; text: string };

/** The form for one whom an organiser signs up. */
export async function showAddParticipant(req: Request, res: Response): Promise<void> {
  sendForm(res, await ownEvent(req, res), { values: {}, errors: {} }, { status: 200 });
}

/**
 * Signs somebody up. Past the deadline or the seats the page first says so and asks; the answer is the button: in spite
 * of it, or with `ko` into the queue.
 */
export async function submitAddParticipant(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const offer = offerOf(res, event);
  const answers = await readForm(req, personForm(words), { offer });
  if (hasErrors(answers)) return sendForm(res, event, answers);

  const person = personOf(req.body, offer, 'sv');
  const given = givenLeave(req);
  const open = warningsAbout(event, person.mode, res.locals.now).filter(
    ({ leave }) => !given.includes(leave),
  );
  if (open.length > 0)
    return sendForm(res, event, answers, { asking: [...given, ...open.map(({ leave }) => leave)] });

  const late = given.includes('late');
  const leave = req.body.ko
    ? { late, wait: true, modes: [person.mode] }
    : { late, beyondSeats: given.includes('beyondSeats') };
  const result = await register(res.locals.context, event._id, person, leave);
  if ('refused' in result)
    return sendForm(res, result.event, answers, { asking: [...given, 'late', 'beyondSeats'] });
  if (result.before) {
    const email = result.registration.status === 'waiting' ? queued : known;
    return sendForm(res, event, { ...answers, errors: { email } });
  }
  const invited = res.locals.now < event.end ? 'anmald' : 'inskriven';
  res.redirect(303, listAfter(event, result.waits ? 'vantar' : invited));
}

const known = 'Personen med den här e-postadressen är redan anmäld';
const queued = 'Personen med den här e-postadressen står redan på väntelistan';

/** The leave that the organiser has been asked for and has given with this post. */
function givenLeave(req: Request): Warning['leave'][] {
  const given = String(req.body.trots ?? '').split(',');
  return (['late', 'beyondSeats'] as const).filter((leave) => given.includes(leave));
}

function warningsAbout(event: Event, mode: Mode, now: Date): Warning[] {
  const late = {
    upcoming: 'Anmälan har inte öppnat ännu.',
    closed: 'Anmälan är stängd.',
    past: 'Evenemanget är över. Deltagaren får inget mejl.',
  };
  const status = statusOf(event, now);
  const untimely = Object.entries(late).find(([key]) => key === status);
  const way = mode === 'plats' ? 'på plats' : 'digitalt';
  const line = event.waiting[mode] > 0 ? ` ${event.waiting[mode]} står på väntelistan.` : '';
  const full = `Platserna är slut: ${event.taken[mode]} av ${event.seats[mode]} är tagna ${way}.${line}`;
  return [
    ...(untimely ? [{ leave: 'late' as const, text: untimely[1] }] : []),
    ...(hasSeat(event, mode) ? [] : [{ leave: 'beyondSeats' as const, text: full }]),
  ];
}

/** @param asking the leave that the page asks for; its warnings stand above the form */
function sendForm(
  res: Response,
  event: Event,
  answers: FormAnswers,
  { status = 422, asking = [] }: { status?: number; asking?: Warning['leave'][] } = {},
): void {
  const offer = offerOf(res, event);
  const { modes } = offer;
  const mode = modes.find((one) => one === answers.values.mode) ?? modes[0] ?? 'plats';
  const warnings = warningsAbout(event, mode, res.locals.now).filter(({ leave }) => asking.includes(leave));
  const title = 'Lägg till en deltagare';
  sendPage(
    res,
    'office/participants/add',
    {
      ...{ title, event, ...answers, warnings, rows: rowsOf(offer, 'Bekräftelsen går hit.') },
      current: 'events',
      state: stateOf(event, res.locals.now),
      mayWait:
        warnings.some(({ leave }) => leave === 'beyondSeats') &&
        waitingListModes(event, res.locals.now).includes(mode),
      trots: warnings.map(({ leave }) => leave).join(','),
      error: hasErrors(answers),
    },
    status,
  );
}
