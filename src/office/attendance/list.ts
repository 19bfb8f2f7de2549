import type { Request, Response } from 'express';
import { municipalityName } from '../../authorities/authority.ts';
import { roleNames } from '../../authorities/roles.ts';
import { isoDay } from '../../base/dates.ts';
import { paths } from '../../base/paths.ts';
import { type Event, type Mode, modes } from '../../events/event.ts';
import { offeredModes } from '../../events/rules.ts';
import { countArrivals, countAttendance, takeMark } from '../../registrations/participants/attendance.ts';
import type { Mark, SentMark } from '../../registrations/participants/marks.ts';
import { findParticipant, listParticipants } from '../../registrations/participants/participants.ts';
import type { Registration } from '../../registrations/registration.ts';
import { BadRequest, NotFound } from '../../web/errors.ts';
import type { FormAnswers } from '../../web/forms.ts';
import { sendPage } from '../../web/pages.ts';
import { offerOf, rowsOf } from '../participants/form.ts';
import { stateOf } from '../parts/event-state.ts';
import { ownBoard, ownEvent } from '../parts/guard.ts';
import { asked, askedOneOf, askedPage, withQuery } from '../parts/query-string.ts';
import { withScript } from './script.ts';
import { answerSentMark, readSentMark } from './sent-mark.ts';
import { arrivalRows, headings, saidOf } from './words.ts';

/** Which part of the list is shown, as the address names it; `early`: marking before the day has been agreed to. */
type ListShown = { q: string | undefined; mode: Mode | undefined; page: number; early: string | undefined };

/** The attendance list for the entrance: who has come, and one large button for each person. */
export async function showAttendance(req: Request, res: Response): Promise<void> {
  await sendList(req, res, await ownEvent(req, res));
}

/** Those on site unless the address says otherwise; those online if there is no other way. */
function shownIn(req: Request, event: Event): ListShown {
  const mode = askedOneOf(req, 'mode', [...modes, 'alla'] as const) ?? offeredModes(event)[0] ?? 'plats';
  return {
    q: asked(req, 'q'),
    mode: mode === 'alla' ? undefined : mode,
    page: askedPage(req),
    early: asked(req, 'early'),
  };
}

/** @param walkIn the form for somebody who had not signed up, as it was sent, if it was not taken */
export async function sendList(
  req: Request,
  res: Response,
  event: Event,
  walkIn?: FormAnswers,
): Promise<void> {
  const board = ownBoard(res);
  const { q, mode, page, early } = shownIn(req, event);
  const confirmed = { q, status: 'confirmed' as const };
  const marked = asked(req, 'marked');
  const [list, elsewhere, counts, arrivals, person] = await Promise.all([
    listParticipants(event._id, { ...confirmed, mode }, page),
    q && mode ? foundElsewhere(event, q, mode) : 0,
    countAttendance(event._id, mode),
    countArrivals(event._id, mode),
    marked ? findParticipant(event._id, marked) : null,
  ]);
  const address = (changes: object) =>
    withQuery(paths.attendance(event._id), {
      q,
      mode: req.query.mode ? (mode ?? 'alla') : undefined,
      early,
      ...changes,
    });
  sendPage(
    res,
    'office/attendance/list',
    {
      title: `Närvaro: ${event.title}`,
      current: 'events',
      heading: headings[mode ?? 'alla'],
      ...{
        event,
        board,
        q,
        mode,
        page,
        early,
        list,
        counts,
        elsewhere,
        roleNames,
        municipalityName,
        address,
      },
      state: stateOf(event, res.locals.now),
      modes: offeredModes(event).length > 1 || elsewhere > 0 ? modes : [],
      arrivals: arrivalRows(board, arrivals),
      said: person && saidOf(person),
      ...withScript(res, event),
      usual: offeredModes(event)[0] ?? 'plats',
      waits: event.end > res.locals.now && modes.some((one) => event.waiting[one] > 0),
      pageLink: (number: number) => address({ page: number }),
      ...walkInParts(res, event, { values: { mode: mode ?? '' }, errors: {}, ...walkIn }),
      error: walkIn !== undefined,
    },
    walkIn ? 422 : 200,
  );
}

/** The form for somebody who had not signed up, which is there from the event's day on. The address comes last: most give none. */
function walkInParts(res: Response, event: Event, answers: FormAnswers) {
  if (isoDay(res.locals.now) < isoDay(event.start) || event.state !== 'published')
    return { ...answers, rows: [] };
  const rows = rowsOf(offerOf(res, event), 'Dit kommer mejlet efter evenemanget.').map((row) =>
    row.map(shorter),
  );
  const isLast = (row: { name: string }[]) => row.some(({ name }) => name === 'email');
  return { ...answers, rows: [...rows.filter((row) => !isLast(row)), ...rows.filter(isLast)] };
}

/** A list to choose from is shorter than a button for each role. */
function shorter<Row extends { name: string; control: string }>(question: Row) {
  if (question.name === 'email') return { ...question, optional: '(behövs inte)' };
  return question.name === 'role' ? { ...question, control: 'select' } : question;
}

/** How many who attend in another way are found by the same words. */
async function foundElsewhere(event: Event, q: string, mode: Mode): Promise<number> {
  const other = modes.find((one) => one !== mode);
  const filter = { q, mode: other, status: 'confirmed' as const };
  return (await listParticipants(event._id, filter, 1)).total;
}

const marks = new Map<unknown, Mark>([
  ['ja', true],
  ['nej', false],
  ['', null],
  ...modes.map((mode): [Mode, Mode] => [mode, mode]),
]);

/** Marks one person and goes back to the same person in the same list. Before the day it asks first, once. */
export async function submitAttendance(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const { registration: id, present, q, mode, page, early } = req.body;
  if (present === undefined) throw new BadRequest();
  const mark = marks.get(present);
  const registration = await findParticipant(event._id, id);
  const { nonce, ...about } = readSentMark(req, res.locals.now);
  if (nonce && mark !== undefined) return takeSent(res, event, registration, { mark, nonce, ...about });
  if (!registration || mark === undefined) throw new NotFound();
  const kept = { q: q || undefined, mode: mode || undefined, page: page || undefined };
  const isEarly = isoDay(res.locals.now) < isoDay(event.start);
  if (isEarly && mark && early !== 'ja')
    return sendPage(res, 'office/attendance/early', {
      title: 'Vill du markera redan nu?',
      ...{ event, registration, hidden: { registration: id, present, ...kept } },
      current: 'events',
      back: withQuery(paths.attendance(event._id), kept),
    });
  await takeMark(res.locals.context, event, registration._id, { mark, ...about });
  const back = { ...kept, early: isEarly ? early || undefined : undefined, marked: id };
  res.redirect(303, `${withQuery(paths.attendance(event._id), back)}#p-${id}`);
}

/** Takes a mark that the page's script sends. */
async function takeSent(
  res: Response,
  event: Event,
  registration: Registration | null,
  sent: SentMark & { at: Date },
): Promise<void> {
  const result = registration && (await takeMark(res.locals.context, event, registration._id, sent));
  answerSentMark(res, event, registration, { result, mark: sent.mark });
}
