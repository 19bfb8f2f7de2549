import type { Request, Response } from 'express';
import { type Event, type Mode, modeNames } from '../../events/event.ts';
import { offeredModes } from '../../events/rules.ts';
import type { WaitingPosition } from '../../registrations/letter-facts.ts';
import type { Registration } from '../../registrations/registration.ts';
import { giveSeat } from '../../registrations/waiting-list/promote.ts';
import { positionsOf } from '../../registrations/waiting-list/waiting-list.ts';
import { counted } from '../../texts/grammar.ts';
import { sendPage } from '../../web/pages.ts';
import { ownParticipant, type Participant } from '../parts/guard.ts';
import { listAfter } from '../parts/notices.ts';

/** Asks before somebody who waits gets a seat past the queue and the seats. */
export async function showGiveSeat(req: Request, res: Response): Promise<void> {
  await ask(res, await ownParticipant(req, res), 200);
}

/** Gives the seat, with the letter and its invitation. */
export async function submitGiveSeat(req: Request, res: Response): Promise<void> {
  const place = await ownParticipant(req, res);
  const { event, registration } = place;
  const ways = waysFor(place);
  const mode = ways.length === 1 ? ways[0] : ways.find((way) => way === req.body.mode);
  if (!mode) return ask(res, place, 422, ways.length > 0 ? { mode: 'Välj hur deltagaren ska vara med' } : {});
  const result = await giveSeat(res.locals.context, registration._id, mode);
  if ('refused' in result) return ask(res, await ownParticipant(req, res), 422);
  res.redirect(303, listAfter(event, 'plats', result.promoted));
}

function waysFor({ event, registration }: Participant): Mode[] {
  return registration.waitsFor.filter((wish) => offeredModes(event).includes(wish));
}

async function ask(
  res: Response,
  { event, registration }: Participant,
  status: number,
  errors: Record<string, string> = {},
): Promise<void> {
  const name = `${registration.givenName} ${registration.familyName}`;
  const ways = waysFor({ event, registration });
  const places = (await positionsOf(registration)).filter(({ mode }) => ways.includes(mode));
  const page = {
    title: 'Ge en plats från väntelistan',
    heading: `Vill du ge ${name} en plats nu?`,
    current: 'events',
    ...{ event, registration, name, errors },
    refusal: refusalTo(event, registration, res.locals.now),
    choices: places.map((place) => ({
      value: place.mode,
      label: modeNames[place.mode],
      help: costOf(event, place),
    })),
    error: Object.keys(errors).length > 0,
  };
  sendPage(res, 'office/participants/give-seat', page, status);
}

function refusalTo(event: Event, registration: Registration, now: Date): string | undefined {
  if (registration.status === 'confirmed') return 'Personen har redan en plats.';
  if (registration.status === 'cancelled') return 'Personen står inte längre på väntelistan.';
  if (event.state === 'cancelled') return 'Evenemanget är inställt.';
  return event.end <= now ? 'Evenemanget är över.' : undefined;
}

/** Whom and what a seat passes. */
function costOf({ seats, taken }: Event, { mode, number }: WaitingPosition): string {
  const passed = number - 1;
  const queue =
    passed === 0
      ? 'Står först på väntelistan.'
      : `Går före ${counted(passed, 'annan', 'andra')} på väntelistan.`;
  const all = seats[mode];
  if (all === null || taken[mode] < all) return queue;
  return `${queue} Då är ${counted(taken[mode] + 1, 'anmäld', 'anmälda')} till ${counted(all, 'plats', 'platser')}.`;
}
