import type { Authority } from '../../authorities/authority.ts';
import { inOrder } from '../../authorities/municipalities.ts';
import type { Context } from '../../base/context.ts';
import { paths } from '../../base/paths.ts';
import { eventsSince } from '../../events/authority-events.ts';
import type { Event } from '../../events/event.ts';
import { sessionsOutside } from '../../events/planning/programme-check.ts';
import { hindrances } from '../../events/planning/publish-check.ts';
import { statusOf, waitingListEnd } from '../../events/rules.ts';
import { countOpenMails } from '../../inbox/queries.ts';
import { scheduleOf, stepNames } from '../../letters/plan/schedule.ts';
import type { Planned } from '../../letters/writing/step.ts';
import { countHeld } from '../../outbox/held.ts';
import { countCapped, countLost } from '../../outbox/queries.ts';
import { openBursts } from '../../registrations/bursts/groups.ts';
import { type Turnout, turnoutOf } from '../../statistics/turnout.ts';
import { byNumber, counted, listed, people } from '../../texts/grammar.ts';
import { burstLink, burstWords } from '../parts/bursts.ts';
import { withQuery } from '../parts/query-string.ts';
import { comingLetters } from './coming-letters.ts';
import { speakerTasks } from './speaker-tasks.ts';
import { dayOf, lastMoment, type Task } from './task.ts';

const day = 24 * 3600_000;
const week = 7 * day;

/** How near an opening or a closing is mentioned, and how long a missing attendance list is asked for. */
const soon = 14 * day;
const lately = 365 * day;

/** What the organisers of a county board have to do, the most urgent first. */
export async function todoOf(board: Authority, context: Context): Promise<Task[]> {
  const { now } = context;
  const events = await eventsSince(board._id, new Date(+now - lately));
  const turnout = await turnoutOf(events, board, now);
  const tasks = events.flatMap((event) => [
    ...tasksOf(event, turnout(event._id), now),
    ...lettersOf(event, now),
  ]);
  const all = [
    ...settingsTask(board, now),
    ...(await failures(board, now)),
    ...(await held(board, now)),
    ...(await capped(board, now)),
    ...(await mail(board, context)),
    ...(await bursts(events, now)),
    ...(await speakerTasks(events, now)),
    ...tasks,
    ...(await comingLetters(events, now)),
    ...unreached(events, turnout, board, context),
  ];
  return all.sort((a, b) => +a.at - +b.at);
}

/** Visitors ask the unit where an event names nobody, so its address must not be missing. */
function settingsTask({ contactEmail }: Authority, now: Date): Task[] {
  const link = { text: 'Fyll i den', href: `${paths.ownSettings()}#contactEmail` };
  const what =
    'Enhetens e-postadress saknas i inställningarna. Den står i sidfoten och i redogörelsen för tillgänglighet';
  return contactEmail ? [] : [{ at: now, when: 'nu', what, link }];
}

async function failures(board: Authority, now: Date): Promise<Task[]> {
  const count = await countLost(board._id);
  const link = { text: 'Se vad du kan göra', href: paths.lostLetters() };
  return count ? [{ at: now, when: 'i dag', what: `${count} mejl kom inte fram`, link }] : [];
}

async function held(board: Authority, now: Date): Promise<Task[]> {
  const count = await countHeld(board._id);
  const link = { text: 'Bestäm', href: paths.heldLetters() };
  return count
    ? [{ at: now, when: 'i dag', what: `${count} mejl väntar på ert ja efter en återläsning`, link }]
    : [];
}

/** Somebody may be filling a stranger's mailbox by the form. */
async function capped(board: Authority, now: Date): Promise<Task[]> {
  const count = await countCapped(board._id);
  const what = `${count} mejl väntar på sin tur, eftersom brevlådan redan har fått tio på ett dygn`;
  const link = { text: 'Se mejlen', href: withQuery(paths.letters(), { state: 'queued' }) };
  return count ? [{ at: now, when: 'i dag', what, link }] : [];
}

async function mail(board: Authority, { now, settings }: Context): Promise<Task[]> {
  const { firstAuthority } = settings;
  const count = await countOpenMails({ authority: board._id, firstAuthority });
  const link = { text: 'Läs', href: paths.inbox() };
  return count
    ? [{ at: now, when: 'i dag', what: `${count} mejl har kommit in och väntar på er`, link }]
    : [];
}

/** Unusually many sign-ups in a short time, as long as some of them are still there. */
async function bursts(events: Event[], now: Date): Promise<Task[]> {
  const open = await openBursts(events.map(({ _id }) => _id));
  return open.map((burst) => {
    const event = events.find(({ _id }) => _id.equals(burst.event));
    const what = `Ovanligt många anmälningar till ”${event?.title}”: ${burstWords(burst)}`;
    return { at: now, when: 'i dag', what, link: { text: 'Se vilka de är', href: burstLink(burst) } };
  });
}

/** What one event asks for by its state. */
function tasksOf(event: Event, turnout: Turnout, now: Date): Task[] {
  const status = statusOf(event, now);
  const near = (at: Date | null) => at !== null && at > now && +at - +now < soon;
  if (status === 'draft') return [draft(event, now)];
  if (status === 'past') return afterwards(event, turnout, now);
  const outside = programmeOutside(event, now);
  const list = { text: 'Se deltagarna', href: paths.participants(event._id) };
  if (status === 'upcoming' && event.opensAt && near(event.opensAt)) {
    const link = { text: 'Granska sidan', href: paths.preview(event._id) };
    const what = `Anmälan till ”${event.title}” öppnar`;
    return [...outside, { at: event.opensAt, when: dayOf(event.opensAt), what, link }];
  }
  const tasks = [...outside, ...queue(event, turnout, now)];
  if ((status === 'open' || status === 'full') && near(event.closesAt)) {
    const what = `Anmälan till ”${event.title}” stänger. ${people(turnout.registered)} är ${byNumber(turnout.registered, 'anmäld', 'anmälda')}.`;
    return [{ at: event.closesAt, when: dayOf(lastMoment(event)), what, link: list }, ...tasks];
  }
  return tasks;
}

/** Visitors read a programme beside hours that it does not fit into, as after a move. */
function programmeOutside(event: Event, now: Date): Task[] {
  if (event.state !== 'published' || event.end <= now || sessionsOutside(event).length === 0) return [];
  const what = `Programmet för ”${event.title}” ligger utanför evenemangets tid`;
  return [{ at: now, when: 'nu', what, link: { text: 'Se över det', href: paths.programme(event._id) } }];
}

/** People wait, and there is still time for more seats. */
function queue(event: Event, { waiting }: Turnout, now: Date): Task[] {
  const at = waitingListEnd(event);
  if (waiting === 0 || event.state !== 'published' || at <= now) return [];
  const what = `${people(waiting)} står på väntelistan till ”${event.title}”. Går det att ordna fler platser?`;
  const href = withQuery(paths.participants(event._id), { status: 'waiting' });
  return [{ at, when: `före ${dayOf(at)}`, what, link: { text: 'Se väntelistan', href } }];
}

/** What letters by plan wait for, and which of them never went. */
function lettersOf(event: Event, now: Date): Task[] {
  const missed = (event.missedLetters ?? []).filter(({ dueAt }) => +now - +dueAt < soon);
  const named = `”${event.title}”`;
  return [
    ...scheduleOf(event).flatMap((planned) => lackOf(planned, event, now)),
    ...missed.map(({ step, dueAt }) => ({
      at: now,
      when: 'i dag',
      what: `Mejlet ”${stepNames[step] ?? step}” om ${named} gick aldrig ut: tjänsten var avstängd den ${dayOf(dueAt)}.`,
      link: { text: 'Se mejlen', href: paths.eventLetters(event._id) },
    })),
  ];
}

function lackOf({ lacks, concerns, dueAt, until }: Planned, event: Event, now: Date): Task[] {
  const lack = lacks?.(event);
  const isNear = +dueAt - +now < soon && now < until;
  if (!lack || !isNear || event.state !== 'published' || concerns?.(event) === false) return [];
  return [
    {
      at: dueAt,
      when: dueAt > now ? `före ${dayOf(dueAt)}` : 'i dag',
      what: `${lack.state} för ”${event.title}”. ${lack.why}`,
      link: { text: 'Fyll i den', href: `${paths.officeEvent(event._id)}#${lack.field}` },
    },
  ];
}

function draft(event: Event, now: Date): Task {
  const matters = hindrances(event, now).map((one) => one.matter);
  const at = event.opensAt ?? lastMoment(event);
  const what =
    matters.length > 0
      ? `Utkastet ”${event.title}” saknar ${listed(matters)}`
      : `Utkastet ”${event.title}” är klart att publicera`;
  const link = { text: matters.length > 0 ? 'Fyll i' : 'Publicera', href: paths.officeEvent(event._id) };
  return { at, when: at > now ? `före ${dayOf(at)}` : 'nu', what, link };
}

function afterwards(event: Event, turnout: Turnout, now: Date): Task[] {
  const isDue = turnout.registered > 0 && !turnout.isClosed && +event.end + week <= +now;
  return [...(turnout.unmarked > 0 ? [attendance(event, turnout)] : []), ...(isDue ? [closing(event)] : [])];
}

/** While it is still known who came. */
function closing(event: Event): Task {
  const link = { text: 'Avsluta', href: paths.closeEvent(event._id) };
  const what = `Avsluta ”${event.title}”, ${dayOf(event.start)}, så räknas de som kom för första gången`;
  return { at: new Date(+event.end + week), when: 'nu', what, link };
}

function attendance(event: Event, { unmarked, registered }: Turnout): Task {
  const left =
    unmarked === registered ? 'Närvaron är inte markerad' : `${unmarked} av ${registered} är inte markerade`;
  const link = { text: 'Markera närvaro', href: paths.attendance(event._id) };
  return { at: event.end, when: 'nu', what: `${left}: ”${event.title}”, ${dayOf(event.start)}`, link };
}

/** The municipalities that nobody comes from, for the next event that is open. */
function unreached(
  events: Event[],
  turnout: (event: Event['_id']) => Turnout,
  board: Authority,
  { now, settings }: Context,
): Task[] {
  const next = events.find((event) => ['open', 'full'].includes(statusOf(event, now)));
  if (!next) return [];
  const { municipalities } = turnout(next._id);
  const silent = inOrder(board.municipalities.filter(({ code }) => !municipalities.includes(code)));
  if (silent.length === 0) return [];
  const names = silent.map(({ name }) => name).join(', ');
  const link = { text: 'Se deltagarna', href: paths.participants(next._id) };
  return [
    {
      at: next.closesAt,
      when: `senast ${dayOf(lastMoment(next))}`,
      what: `${counted(silent.length, 'kommun', 'kommuner')} har ingen anmäld till ”${next.title}”: ${names}`,
      link,
      text: wordsToSilent(next, new URL(paths.event(next.slug), settings.baseUrl).href),
    },
  ];
}

/** What can be sent to a municipality that nobody comes from. */
function wordsToSilent(event: Event, address: string): string {
  return [
    'Hej!',
    `Den ${dayOf(event.start)} håller vi ”${event.title}”. Ännu är ingen från er kommun anmäld.`,
    `Anmälan är öppen till och med den ${dayOf(lastMoment(event))}: ${address}`,
    'Välkommen att anmäla dig, och att bjuda in kollegor och förtroendevalda!',
  ].join('\n\n');
}
