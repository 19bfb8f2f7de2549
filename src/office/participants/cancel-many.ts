import type { Request, Response } from 'express';
import { municipalityName } from '../../authorities/authority.ts';
import { idFrom } from '../../base/database.ts';
import { paths } from '../../base/paths.ts';
import type { Event } from '../../events/event.ts';
import {
  cancelMany,
  findActive,
  type ManyRefusal,
  mostCancelledAtOnce,
} from '../../registrations/changes/cancel-many.ts';
import { listActive, namesOf } from '../../registrations/participants/participants.ts';
import type { Registration } from '../../registrations/registration.ts';
import { byNumber, counted, listed } from '../../texts/grammar.ts';
import { BadRequest } from '../../web/errors.ts';
import { sendPage } from '../../web/pages.ts';
import { ownBoard, ownEvent } from '../parts/guard.ts';
import { listAfterMany } from '../parts/notices.ts';
import { withQuery } from '../parts/query-string.ts';
import { filterIn } from './filter.ts';

/**
 * Takes those who were chosen in the list away: first a page with their names, whose buttons send `letters`. With `all`
 * they are those whom the filter of the address shows.
 */
export async function submitCancelParticipants(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const isTold = letters.get(req.body.letters);
  const people = chosenIn(req);
  if (isTold === undefined) return sendQuestion(req, res, event, await whomToAsk(req, event, people));
  if (people.length === 0) return sendQuestion(req, res, event, { people: [] });
  const result = await cancelMany(res.locals.context, event._id, { people, isTold });
  if ('refused' in result) return sendRefusal(req, res, event, result);
  res.redirect(303, listAfterMany(event, { ...result, isTold }));
}

const letters = new Map<unknown, boolean>([
  ['ja', true],
  ['nej', false],
]);

/** @throws BadRequest for what no page of ours sends */
function chosenIn({ body }: Request): Event['_id'][] {
  const given = [body.chosen ?? []].flat();
  const ids = given.flatMap((id: unknown) => idFrom(id) ?? []);
  if (ids.length < given.length || ids.length > mostCancelledAtOnce) throw new BadRequest();
  return ids;
}

/** Whom the page asks about. `untouched`: how many more the filter shows than are cancelled at once. */
type ToAsk = { people: Registration[]; untouched?: number; stale?: string; refusal?: string | undefined };

async function whomToAsk(req: Request, event: Event, chosen: Event['_id'][]): Promise<ToAsk> {
  if (req.body.all) {
    const { filter } = await filterIn(req, event);
    const { registrations, total } = await listActive(event._id, filter, mostCancelledAtOnce);
    return { people: registrations, untouched: total - registrations.length };
  }
  const people = await findActive(event._id, chosen);
  return people.length < chosen.length ? staleAmong(event, chosen, people) : { people };
}

const refusals: Record<Exclude<ManyRefusal['refused'], 'stale'>, string> = {
  over: 'Evenemanget är över, så det går inte längre att avboka.',
  cancelled: 'Evenemanget är inställt, så ingen behöver avbokas.',
};

async function sendRefusal(req: Request, res: Response, event: Event, { refused }: ManyRefusal) {
  if (refused !== 'stale') return sendQuestion(req, res, event, { people: [], refusal: refusals[refused] });
  const chosen = chosenIn(req);
  const people = await findActive(event._id, chosen);
  await sendQuestion(req, res, event, await staleAmong(event, chosen, people));
}

/** Some have been cancelled since the list was shown: who they are, and the question about the others. */
async function staleAmong(event: Event, chosen: Event['_id'][], people: Registration[]): Promise<ToAsk> {
  const names = [...(await namesOf(chosen, { event: event._id, status: 'cancelled' })).values()];
  const strangers = chosen.length - people.length - names.length;
  const stale = [
    'Inget är ändrat.',
    ...(names.length > 0
      ? [`${shortList(names)} är redan ${byNumber(names.length, 'avbokad', 'avbokade')}.`]
      : []),
    ...(strangers > 0
      ? [`${counted(strangers, 'av dem du valde', 'av dem du valde')} finns inte i listan.`]
      : []),
  ].join(' ');
  return { people, stale };
}

function shortList(names: string[]): string {
  const more = names.length - 10;
  return more > 1 ? `${names.slice(0, 10).join(', ')} och ${more} till` : listed(names);
}

async function sendQuestion(req: Request, res: Response, event: Event, asked: ToAsk): Promise<void> {
  const { people, untouched = 0, stale, refusal } = asked;
  const seated = people.filter(({ status }) => status === 'confirmed').length;
  const status = stale ? 409 : people.length === 0 ? 422 : 200;
  const { answers } = await filterIn(req, event);
  const page = {
    title: 'Avboka flera deltagare',
    current: 'events',
    ...{ event, stale, refusal, untouched, seated },
    who: whoIn(seated, people.length - seated),
    people: people.map(({ _id, givenName, familyName, municipality, status: state }) => ({
      ...{ _id, name: `${givenName} ${familyName}`, waits: state === 'waiting' },
      place: municipalityName(ownBoard(res), municipality),
    })),
    action: withQuery(paths.cancelParticipants(event._id), answers),
    back: withQuery(paths.participants(event._id), answers),
  };
  sendPage(res, 'office/participants/cancel-many', page, status);
}

function whoIn(seated: number, waiting: number): string {
  return listed([
    ...(seated > 0 ? [counted(seated, 'är anmäld', 'är anmälda')] : []),
    ...(waiting > 0 ? [`${waiting} står på väntelistan`] : []),
  ]);
}
