import type { Request, Response } from 'express';
import { idFrom } from '../../base/database.ts';
import { lookUp } from '../../base/form/look-up.ts';
import { hideKeys } from '../../base/mail/hide-keys.ts';
import { paths } from '../../base/paths.ts';
import type { Settings } from '../../base/settings.ts';
import { type Event, EventModel } from '../../events/event.ts';
import { compose, subjectLine } from '../../letters/compose.ts';
import { kinds } from '../../letters/kinds/all.ts';
import type { LetterKind } from '../../letters/writing/kind.ts';
import { type Letter, letterStates } from '../../outbox/letter.ts';
import { toBytes, type Written } from '../../outbox/message.ts';
import { readLetter } from '../../outbox/parse.ts';
import {
  countByEvent,
  countCapped,
  countLetters,
  countLost,
  findLetter,
  type LetterCount,
  type ListedLetter,
  listLetters,
} from '../../outbox/queries.ts';
import type { LetterFacts } from '../../registrations/letter-facts.ts';
import { namesOf } from '../../registrations/participants/participants.ts';
import { NotFound } from '../../web/errors.ts';
import { sendPage } from '../../web/pages.ts';
import type { State } from '../parts/event-state.ts';
import { ownBoard } from '../parts/guard.ts';
import { asked, askedOneOf, askedPage, withQuery } from '../parts/query-string.ts';
import { troubleOf } from './trouble.ts';

/** What the office calls the states of a letter. */
export const states: Record<Letter['state'], State> = {
  kept: { text: 'Sparat (skickas inte)', color: 'neutral' },
  queued: { text: 'Väntar', color: 'info' },
  sending: { text: 'Skickas', color: 'info' },
  sent: { text: 'Skickat', color: 'success' },
  failed: { text: 'Kom inte fram', color: 'danger' },
  bounced: { text: 'Kom tillbaka', color: 'danger' },
  dropped: { text: 'Ersatt', color: 'neutral' },
  held: { text: 'Väntar på ert ja', color: 'warning' },
};

/** The state that a list of letters is narrowed to. */
export const stateChoice = {
  name: 'state',
  label: 'Läge',
  prompt: 'Alla',
  options: letterStates.map((one) => ({ value: one, label: states[one].text })),
};

/** What the office calls a kind of letter. */
function kindName(kind: string): string {
  const byHand = kind === 'mailing' ? 'Utskick' : 'Till organisatörerna';
  const known: LetterKind | undefined = lookUp(kinds, kind);
  return known?.office?.name ?? byHand;
}

/** The kind that a list of letters is narrowed to. */
export const kindKeys = Object.keys(kinds);
export const kindChoice = {
  name: 'kind',
  label: 'Mejl',
  prompt: 'Alla',
  options: kindKeys.map((value) => ({ value, label: kindName(value) })),
};

/** The county board's letters; those of one of its events are on that event's own page. */
export async function showLetters(req: Request, res: Response): Promise<void> {
  const board = ownBoard(res);
  const event = await askedEvent(req, board._id);
  const state = askedOneOf(req, 'state', letterStates);
  if (event) return res.redirect(303, withQuery(paths.eventLetters(event._id), { state }));
  const page = askedPage(req);
  const [{ letters, pages }, counts, lost, capped, groups, events] = await Promise.all([
    listLetters(board._id, { state }, page),
    countLetters(board._id),
    countLost(board._id),
    countCapped(board._id),
    countByEvent(board._id),
    EventModel.find({ authority: board._id, state: { $ne: 'draft' } }, { title: 1, start: 1 })
      .sort({ start: -1 })
      .lean(),
  ]);
  sendPage(res, 'office/letters/list', {
    title: 'Mejl',
    current: 'letters',
    ...(await tableOf(letters)),
    ...{ pages, page, lost, capped },
    groups: state || page > 1 ? [] : groupsOf(groups, events),
    queued: withQuery(paths.letters(), { state: 'queued' }),
    answers: { state },
    held: counts.get('held') ?? 0,
    waiting: (counts.get('queued') ?? 0) + (counts.get('sending') ?? 0),
    choices: [
      stateChoice,
      {
        name: 'event',
        label: 'Evenemang',
        prompt: 'Alla',
        options: events.map((one) => ({ value: String(one._id), label: one.title })),
      },
    ],
    pageLink: (page: number) => withQuery(paths.letters(), { state, page }),
  });
}

/** What a table of letters needs: they name people also where the letters name nobody yet. */
export async function tableOf<Facts extends object>(letters: ListedLetter<Facts>[]) {
  const names = await namesOf(letters.flatMap(({ registration }) => registration ?? []));
  return { letters, names, states, subjectLine };
}

/** The events that letters are about, each with its kinds of letters and how many of them there are. */
function groupsOf(counts: LetterCount[], events: Pick<Event, '_id' | 'title' | 'start'>[]) {
  const byEvent = Map.groupBy(counts, ({ event }) => String(event));
  return [...byEvent].flatMap(([id, found]) => {
    const event = events.find(({ _id }) => String(_id) === id);
    const kinds = found.map(({ kind, number }) => ({
      ...{ number, name: kindName(kind) },
      href: `${withQuery(paths.eventLetters(id), { kind })}#alla-brev`,
    }));
    return event ? [{ title: event.title, start: event.start, href: paths.eventLetters(id), kinds }] : [];
  });
}

/** The event that the address asks for; undefined where it asks for none. @throws NotFound for another county board's */
export async function askedEvent(req: Request, authority: string): Promise<Event | undefined> {
  const id = asked(req, 'event');
  if (id === undefined) return undefined;
  const _id = idFrom(id);
  const event = _id && (await EventModel.findOne({ _id, authority }).lean<Event>());
  if (!event) throw new NotFound();
  return event;
}

/** What of a letter a page shows. */
export const letterParts = ['text', 'html', 'kalender'] as const;

/** One letter as it was sent, or as it would be: its heads, its words, its calendar object. */
export async function showLetter(req: Request, res: Response): Promise<void> {
  await sendLetter(req, res);
}

/** Writes that page; `refusal`: why what was asked for it was not done. */
export async function sendLetter(req: Request, res: Response, { refusal = '' } = {}): Promise<void> {
  const { letter, written } = await open(req, res);
  const part = askedOneOf(req, 'part', letterParts) ?? 'text';
  const page = {
    title: written.subject,
    current: 'letters',
    ...{ letter, written, facts: letter.facts, refusal },
    state: states[letter.state],
    trouble: troubleOf(letter),
    mayGoAgain: letter.registration && ['sent', 'failed', 'bounced'].includes(letter.state),
    part: part === 'kalender' && !written.calendar ? 'text' : part,
    masked: isMasked(res.locals.context.settings),
    partLink: (part: string) => withQuery(paths.letter(letter._id), { part }),
    htmlLink: paths.letterHtml(letter._id),
    fileLink: paths.letterFile(letter._id),
  };
  sendPage(res, 'office/letters/letter', page, refusal ? 422 : 200);
}

/** Nothing but the letter's own style may load here, and no other site may show it. */
const letterPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'";

/** The letter's HTML by itself, for the frame of its page. */
export async function showLetterHtml(req: Request, res: Response): Promise<void> {
  const { written } = await open(req, res);
  sendLetterHtml(res, written);
}

/** Answers with a letter's HTML for a frame of ours. */
export function sendLetterHtml(res: Response, { html }: Pick<Written, 'html'>): void {
  res.set({ 'Content-Security-Policy': letterPolicy, 'X-Frame-Options': 'SAMEORIGIN' });
  res.type('html').send(html);
}

/** The letter as a file for a mail program: its exact bytes, except for hidden links. */
export async function sendLetterFile(req: Request, res: Response): Promise<void> {
  const { letter, raw } = await open(req, res);
  res.attachment(`brev-${letter._id}.eml`).type('message/rfc822').send(raw);
}

/** Personal links are their receivers' own; only a developer's machine, from which no letter leaves, shows them. */
function isMasked(settings: Settings): boolean {
  return settings.production || settings.smtpUrl !== undefined;
}

/** The letter that the address names, with what its bytes say. One that has no bytes yet is written as the worker would. */
async function open(
  req: Request,
  res: Response,
): Promise<{ letter: Letter<LetterFacts>; raw: Buffer; written: Written }> {
  const { settings } = res.locals.context;
  const letter = await findLetter<LetterFacts>(ownBoard(res)._id, req.params.id);
  if (!letter) throw new NotFound();
  const whole = letter.raw ?? (await toBytes(letter, await compose(letter, settings)));
  const raw = isMasked(settings) ? hideKeys(whole).raw : whole;
  return { letter, raw, written: await readLetter(letter, raw) };
}
