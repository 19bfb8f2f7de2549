import type { Request, Response } from 'express';
import type { Event, Mode } from '../../events/event.ts';
import { cancelRegistration } from '../../registrations/changes/cancel.ts';
import type { Registration } from '../../registrations/registration.ts';
import { sendPage } from '../../web/pages.ts';
import { ownParticipant } from '../parts/guard.ts';
import { listAfter } from '../parts/notices.ts';

/** Asks before a participant loses the place, or the place in the queue. */
export async function showCancelParticipant(req: Request, res: Response): Promise<void> {
  const { event, registration } = await ownParticipant(req, res);
  sendQuestion(res, event, registration);
}

/** Cancels a participant, with the letter that says so. */
export async function submitCancelParticipant(req: Request, res: Response): Promise<void> {
  const { event, registration } = await ownParticipant(req, res);
  const result = await cancelRegistration(res.locals.context, registration._id);
  if ('refused' in result) return sendQuestion(res, event, registration, result.refused);
  const klart = registration.status === 'waiting' ? 'borttagen' : 'avbokad';
  res.redirect(303, listAfter(event, klart, result.promoted));
}

const refusals: Record<string, string> = {
  over: 'Evenemanget är över, så det går inte längre att avboka.',
  cancelled: 'Evenemanget är inställt, så ingen behöver avbokas.',
};

function sendQuestion(res: Response, event: Event, registration: Registration, refused = ''): void {
  const name = `${registration.givenName} ${registration.familyName}`;
  const waits = registration.status === 'waiting';
  const heading = waits ? `Vill du ta bort ${name} från väntelistan?` : `Vill du avboka ${name}?`;
  const title = waits ? 'Ta bort från väntelistan' : 'Avboka en deltagare';
  const freed = freedWords(event, registration.mode);
  const locals = { title, heading, current: 'events', event, registration, waits, freed };
  sendPage(res, 'office/participants/cancel', { ...locals, refusal: refusals[refused] }, refused ? 422 : 200);
}

/** What happens to the seat: the waiting list is only for ways that have a limit. */
function freedWords({ seats, waiting }: Event, mode: Mode): string {
  if (seats[mode] === null) return 'Ingen annan berörs, eftersom platserna inte är begränsade.';
  return waiting[mode] > 0
    ? 'Platsen går till den som står först på väntelistan.'
    : 'Platsen blir ledig för någon annan.';
}
