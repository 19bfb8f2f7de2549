import type { Request, RequestHandler, Response } from 'express';
import { type Authority, authorityOf, municipalityName } from '../../authorities/authority.ts';
import { foldedWords } from '../../base/form/folding.ts';
import { paths } from '../../base/paths.ts';
import { type Event, EventModel } from '../../events/event.ts';
import { countAttendance, type MarkResult, takeMark } from '../../registrations/participants/attendance.ts';
import {
  findHelperLink,
  type HelperLink,
  type HelperState,
  helperState,
} from '../../registrations/participants/helper-link.ts';
import type { SentMark } from '../../registrations/participants/marks.ts';
import { findParticipant, listParticipants } from '../../registrations/participants/participants.ts';
import type { Registration } from '../../registrations/registration.ts';
import { datesIn } from '../../texts/dates.ts';
import { BadRequest, NotFound } from '../../web/errors.ts';
import { sendPage } from '../../web/pages.ts';
import { withScript } from '../attendance/script.ts';
import { answerSentMark, readSentMark } from '../attendance/sent-mark.ts';
import { saidOf } from '../attendance/words.ts';
import { asked, askedPage, withQuery } from '../parts/query-string.ts';

type HelperRequest = Request<{ token: string }>;

/** What an open link leads to. */
type Help = { link: HelperLink; event: Event; board: Authority };

/** Opens a helper's link for a handler. One that is not open gets a sentence without names. */
export function asHelper(
  handle: (help: Help, req: HelperRequest, res: Response) => Promise<void>,
): RequestHandler<{ token: string }> {
  return async (req, res) => {
    const link = await findHelperLink(req.params.token);
    const event = link && (await EventModel.findById(link.event).lean<Event>());
    if (!event) return sendShut(res, 'Länken gäller inte. Be den som skickade den om en ny.', 404);
    // A mark that was made on the day is taken a little later too, if it had to wait for a network.
    const state = helperState(link, event, readSentMark(req, res.locals.now).at);
    if (state !== 'open') return sendShut(res, wordsFor(state, link), 403, event);
    await handle({ link, event, board: await authorityOf(event) }, req, res);
  };
}

/** @param event whose marks may still wait on this telephone */
function sendShut(res: Response, text: string, status: number, event?: Event): void {
  const script = event && withScript(res, event);
  sendPage(res, 'office/entrance/shut', { title: 'Hjälp vid ingången', text, event, ...script }, status);
}

function wordsFor(state: Exclude<HelperState, 'open'>, { opensAt }: HelperLink): string {
  const day = datesIn('sv').long(opensAt);
  return {
    revoked: 'Länken är indragen. Be den som skickade den om en ny.',
    notOn: 'Evenemanget är inställt.',
    early: `Länken gäller ${day}. Öppna den igen då.`,
    over: `Länken gällde ${day} och är slut.`,
  }[state];
}

/** Those who are expected on site: their names and municipalities, with one button each. A search finds those online too. */
export async function showHelper(help: Help, req: HelperRequest, res: Response): Promise<void> {
  const { link, event, board } = help;
  const q = asked(req, 'q');
  const page = askedPage(req);
  const isWhole = q || req.query.mode === 'alla';
  const filter = { q, status: 'confirmed' as const, mode: isWhole ? undefined : ('plats' as const) };
  const marked = asked(req, 'marked');
  const [list, counts, person] = await Promise.all([
    listParticipants(event._id, filter, page),
    countAttendance(event._id, 'plats'),
    marked ? findParticipant(event._id, marked) : null,
  ]);
  const address = (changes: object) => withQuery(paths.helper(req.params.token), { q, ...changes });
  sendPage(res, 'office/entrance/helper', {
    title: 'Hjälp vid ingången',
    ...{ event, authority: board, helper: link.name, q, page, counts, token: req.params.token },
    people: list.registrations.map((one) => shown(one, board)).filter((one) => isFound(one, q)),
    pages: list.pages,
    pageLink: (number: number) => address({ page: number }),
    all: address({ q: undefined }),
    said: person && saidOf(person),
    ...withScript(res, event),
  });
}

function shown(one: Registration, board: Authority) {
  const { _id, givenName, familyName, mode, present, attendedMode, presentAt, marks = [] } = one;
  const isHere = attendedMode === 'plats';
  const place = municipalityName(board, one.municipality);
  return {
    ...{ _id, givenName, familyName, place, mode, present, attendedMode, marks, isHere },
    since: isHere ? presentAt : null,
  };
}

/** The search also knows addresses and organisations, and a helper must not find out by it what they are. */
function isFound({ givenName, familyName, place }: ReturnType<typeof shown>, q = ''): boolean {
  const words = foldedWords(`${givenName} ${familyName} ${place}`);
  return foldedWords(q).every((typed) => words.some((word) => word.startsWith(typed)));
}

/** Marks one person as on site, or takes that back, and goes back to the same person in the same list. */
export async function submitHelper(help: Help, req: HelperRequest, res: Response): Promise<void> {
  const { event } = help;
  const { registration: id, present, q, page } = req.body;
  if (present !== 'ja' && present !== '') throw new BadRequest();
  const registration = await findParticipant(event._id, id);
  const sent = readSentMark(req, res.locals.now);
  const mark = present ? 'plats' : null;
  const result = registration && (await markByHelper(help, res, registration, { mark, ...sent }));
  if (sent.nonce) return answerSentMark(res, event, registration, { result, mark });
  if (!registration) throw new NotFound();
  const back = { q: q || undefined, page: page || undefined, marked: id };
  res.redirect(303, `${withQuery(paths.helper(req.params.token), back)}#p-${id}`);
}

async function markByHelper(
  { link, event }: Help,
  res: Response,
  registration: Registration,
  sent: SentMark & { at: Date },
): Promise<MarkResult> {
  // What was marked elsewhere, as by the digital door, is not a helper's to take back.
  if (!sent.mark && registration.attendedMode !== 'plats') return registration;
  const context = { ...res.locals.context, by: { helper: link.name } };
  return takeMark(context, event, registration._id, sent);
}
