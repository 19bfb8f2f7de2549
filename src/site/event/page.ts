import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Stored } from '../../base/database.ts';
import { paths } from '../../base/paths.ts';
import type { Event } from '../../events/event.ts';
import { findStored, type PublicEvent, placeOf } from '../../events/public-events.ts';
import { situationOf } from '../../events/situation.ts';
import { profilesOf } from '../../speakers/profiles.ts';
import { inLanguage } from '../../texts/addresses.ts';
import { datesIn } from '../../texts/dates.ts';
import { withoutMarks } from '../../texts/formatting.ts';
import { capital, shortened } from '../../texts/grammar.ts';
import { type Language, textsIn } from '../../texts/texts.ts';
import { NotFound } from '../../web/errors.ts';
import { markField } from '../../web/form-mark.ts';
import { pageText } from '../../web/pages.ts';
import { factsOf, type Notice, noticesOf, publicEventAt } from '../parts/event-facts.ts';
import { closedWords, deadlineWords, laterWords, queueSentences, tagsOf } from '../parts/event-words.ts';
import { formPartsOf } from '../sign-up/form.ts';
import { markFor } from '../sign-up/grace.ts';
import { waysToSignUp } from '../sign-up/modes.ts';
import { calendarFileOf } from './calendar-file.ts';
import { type FileAddress, filesOf, historyOf, linksOf, sharedPicture } from './files.ts';
import { keptPage, type Page } from './kept-pages.ts';
import { programmeOf } from './programme.ts';
import { structuredData } from './structured-data.ts';

/** The event's page in each of its states, with the form while it is open. */
export async function showEvent(req: Request<{ slug: string }>, res: Response): Promise<void> {
  const stored = await findStored(req.params.slug);
  if (!stored) throw new NotFound();
  const { event, before, after } = await keptPage(res, stored, () => pageToKeep(res, stored));
  const mark = after.length > 0 ? markFor(event, {}, res).value : '';
  res.type('html').send(Buffer.concat([before, Buffer.from(mark), after]));
}

/** Where the form's mark is put into a page that is kept; nobody can type it, since each process has its own. */
const markPlace = randomUUID();

async function pageToKeep(res: Response, stored: Stored): Promise<Page> {
  const place = placeOf(stored);
  if (!place) throw new NotFound();
  const page = await eventPage(res, place, { mark: markPlace });
  const [before = '', after = ''] = page.split(markPlace);
  return { event: { _id: place.event._id }, before: Buffer.from(before), after: Buffer.from(after) };
}

/**
 * Writes the event's page as the office shows it to organisers, with notices in Swedish before its own. @param fileAt where
 * organisers have the event's files, by their hash: those of a draft are not public
 */
export async function sendEventPage(
  res: Response,
  place: PublicEvent,
  first: Notice[],
  fileAt: FileAddress,
): Promise<void> {
  const { value: mark } = markFor(place.event, {}, res);
  res.type('html').send(await eventPage(res, place, { first, mark, fileAt }));
}

async function eventPage(
  res: Response,
  place: PublicEvent,
  { first = [], mark, fileAt }: { first?: Notice[]; mark: string; fileAt?: FileAddress },
): Promise<string> {
  const { event, authority } = place;
  const { lang, now, context } = res.locals;
  const t = textsIn(lang);
  const situation = situationOf(event, now);
  const { status, joinable } = situation;
  const mayJoin = status === 'open' || joinable.length > 0;
  const { baseUrl } = context.settings;
  const url = baseUrl + inLanguage(paths.event(event.slug), lang);
  return pageText(res, 'site/event/page', {
    title: event.title,
    current: 'events',
    ...{ event, authority, status },
    notices: [...first.map((notice) => ({ ...notice, own: true })), ...noticesOf(situation, lang)],
    tags: tagsOf(situation, lang),
    facts: factsOf(situation, lang),
    programme: programmeOf(event),
    profiles: await profilesOf(event, lang),
    closedText: closedWords(situation, authority, lang),
    form: mayJoin ? formPartsOf(place, waysToSignUp(situation, t), t) : undefined,
    deadline: mayJoin ? deadlineWords(situation, lang) : '',
    later: laterWords(situation, lang),
    queue: queueSentences(situation, lang),
    values: {},
    mark: { name: markField, value: mark },
    errors: {},
    ...filesOf(event, lang, fileAt),
    links: linksOf(event, baseUrl),
    history: historyOf(event, lang),
    share: { url, description: shareDescription(event, lang), ...sharedPicture(event, baseUrl) },
    structured: structuredData(situation, authority, { url, baseUrl }),
  });
}

/** What a message that links to the page shows beneath the title: when the event is, and the invitation's first sentences. */
function shareDescription({ start, end, summary }: Event, lang: Language): string {
  return shortened(`${capital(datesIn(lang).when(start, end))}. ${withoutMarks(summary)}`, 200);
}

/** The event as a file for any calendar. */
export async function sendCalendarFile(req: Request<{ slug: string }>, res: Response): Promise<void> {
  const { event, authority } = await publicEventAt(req.params.slug);
  const file = calendarFileOf(event, authority, res.locals.context.settings, res.locals.lang);
  res.attachment(`${event.slug}.ics`).type('text/calendar; charset=utf-8; method=PUBLISH').send(file);
}
