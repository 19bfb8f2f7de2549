import type { Request, Response } from 'express';
import { municipalityName } from '../../authorities/authority.ts';
import { idFrom } from '../../base/database.ts';
import type { FormValues } from '../../base/form/merging.ts';
import { paths } from '../../base/paths.ts';
import type { Event, Mode } from '../../events/event.ts';
import { waitingListEnd } from '../../events/rules.ts';
import type { TooFew } from '../../registrations/changes/change-event.ts';
import { lackOf } from '../../registrations/changes/too-few-seats.ts';
import { seatHolders } from '../../registrations/participants/participants.ts';
import type { Registration } from '../../registrations/registration.ts';
import { datesIn } from '../../texts/dates.ts';
import type { Errors } from '../../web/forms.ts';
import { sendPage } from '../../web/pages.ts';
import { hiddenInputs } from '../parts/edit-conflict.ts';
import { ownBoard } from '../parts/guard.ts';

/** What the page of too few seats sends besides the details: `fewer` that it was answered, `unseated` who loses the seat. */
export type SeatsDecision = { fewer: string; unseated: string[] };

/** The decision that came with the details; undefined where nobody was asked. */
export function decisionIn({ body }: Request): SeatsDecision | undefined {
  return body.fewer ? { fewer: 'ja', unseated: [body.unseated ?? []].flat().map(String) } : undefined;
}

/** Who loses the seat by that decision. What has ended takes no seats from anybody, and asks nobody. */
export function unseatedBy(decision: SeatsDecision | undefined, isOver: boolean): Event['_id'][] | undefined {
  if (isOver) return [];
  return decision?.unseated.flatMap((id) => idFrom(id) ?? []);
}

/**
 * Shown if there would be fewer seats than people: who they are, and the question who goes to the waiting list. Nothing
 * is saved yet.
 * @param typed the form as it was typed, which is sent again with the answer
 */
export async function sendFewerSeats(
  res: Response,
  { modes, event, planned }: TooFew,
  typed: FormValues,
  decision: SeatsDecision | undefined,
): Promise<void> {
  const chosen = decision?.unseated ?? [];
  const questions = await Promise.all(modes.map((mode) => questionOf(res, event, planned, mode)));
  const errors: Errors = {};
  for (const { field, people, most } of questions) {
    const number = people.filter(({ value }) => chosen.includes(value)).length;
    if (most > 0 && number > most) errors[field] = `Du har valt ${number}. Välj högst ${most}`;
  }
  const page = {
    title: 'Färre platser än anmälda',
    current: 'events',
    ...{ event, questions, chosen, errors },
    hasChoice: questions.some(({ most }) => most > 0),
    listEnd: waitingListEnd(planned) > res.locals.now ? undefined : waitingListEnd(planned),
    action: paths.officeEvent(event._id),
    hidden: hiddenInputs({ ...typed, fewer: 'ja' }),
    error: Object.keys(errors).length > 0,
  };
  sendPage(res, 'office/event/fewer-seats', page, 422);
}

async function questionOf(res: Response, event: Event, planned: Event, mode: Mode) {
  const people = await seatHolders(event._id, mode);
  return {
    field: `unseated-${mode}`,
    way: mode === 'plats' ? 'på plats' : 'digitalt',
    seats: planned.seats[mode],
    most: lackOf(planned, mode),
    queue: event.waiting[mode] > 0,
    people: people.map((one) => choiceOf(res, one)),
  };
}

function choiceOf(res: Response, { _id, givenName, familyName, municipality, createdAt }: Registration) {
  return {
    value: String(_id),
    label: `${givenName} ${familyName}, ${municipalityName(ownBoard(res), municipality)}`,
    help: `Anmälde sig ${datesIn('sv').moment(createdAt)}`,
  };
}
