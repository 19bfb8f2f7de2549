import type { Request, Response } from 'express';
import { paths } from '../../base/paths.ts';
import type { Place } from '../../events/public-events.ts';
import { statusOf } from '../../events/rules.ts';
import { inLanguage } from '../../texts/addresses.ts';
import { textsIn } from '../../texts/texts.ts';
import { sendPage } from '../../web/pages.ts';
import { factsOf, type Notice, noticesOf, publicEventAt } from '../parts/event-facts.ts';
import { closedWords, deadlineWords, queueSentences, queuesOf, tagsOf } from '../parts/event-words.ts';
import { formPartsOf } from '../sign-up/form.ts';
import { markFor } from '../sign-up/grace.ts';
import { waysToSignUp } from '../sign-up/modes.ts';
import { calendarFileOf } from './calendar-file.ts';
import { structuredData } from './structured-data.ts';

/** The event's page in each of its states, with the form while it is open. */
export async function showEvent(req: Request<{ slug: string }>, res: Response): Promise<void> {
  sendEventPage(res, await publicEventAt(req.params.slug));
}

/** Writes the event's page, with notices in Swedish before its own where the office shows it to organisers. */
export function sendEventPage(res: Response, place: Place, first: Notice[] = []): void {
  const { event, authority } = place;
  const { lang, now, context } = res.locals;
  const t = textsIn(lang);
  const status = statusOf(event, now);
  const mayJoin = status === 'open' || queuesOf(event, now).length > 0;
  const url = context.settings.baseUrl + inLanguage(paths.event(event.slug), lang);
  sendPage(res, 'site/event/page', {
    title: event.title,
    current: 'events',
    ...{ event, authority, status },
    notices: [...first.map((notice) => ({ ...notice, own: true })), ...noticesOf(event, lang, now)],
    tags: tagsOf(event, lang, now),
    facts: factsOf(event, lang, now),
    closedText: closedWords(event, authority, lang, now),
    form: mayJoin ? formPartsOf(place, waysToSignUp(event, t, now), t) : undefined,
    deadline: mayJoin ? deadlineWords(event, lang, now) : '',
    queue: queueSentences(event, lang),
    values: {},
    mark: markFor(event, {}, res),
    errors: {},
    structured: structuredData(event, authority, url, now),
  });
}

/** The event as a file for any calendar. */
export async function sendCalendarFile(req: Request<{ slug: string }>, res: Response): Promise<void> {
  const { event, authority } = await publicEventAt(req.params.slug);
  const file = calendarFileOf(event, authority, res.locals.context.settings, res.locals.lang);
  res.attachment(`${event.slug}.ics`).type('text/calendar; charset=utf-8; method=PUBLISH').send(file);
}
