import type { Request, Response } from 'express';
import { paths } from '../../base/paths.ts';
import type { Event } from '../../events/event.ts';
import type { PublicEvent } from '../../events/public-events.ts';
import { situationOf } from '../../events/situation.ts';
import { inLanguage } from '../../texts/addresses.ts';
import { datesIn } from '../../texts/dates.ts';
import { withoutMarks } from '../../texts/formatting.ts';
import { capital, shortened } from '../../texts/grammar.ts';
import { type Language, textsIn } from '../../texts/texts.ts';
import { sendPage } from '../../web/pages.ts';
import { factsOf, type Notice, noticesOf, publicEventAt } from '../parts/event-facts.ts';
import { closedWords, deadlineWords, laterWords, queueSentences, tagsOf } from '../parts/event-words.ts';
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
export function sendEventPage(res: Response, place: PublicEvent, first: Notice[] = []): void {
  const { event, authority } = place;
  const { lang, now, context } = res.locals;
  const t = textsIn(lang);
  const situation = situationOf(event, now);
  const { status, joinable } = situation;
  const mayJoin = status === 'open' || joinable.length > 0;
  const url = context.settings.baseUrl + inLanguage(paths.event(event.slug), lang);
  sendPage(res, 'site/event/page', {
    title: event.title,
    current: 'events',
    ...{ event, authority, status },
    notices: [...first.map((notice) => ({ ...notice, own: true })), ...noticesOf(situation, lang)],
    tags: tagsOf(situation, lang),
    facts: factsOf(situation, lang),
    closedText: closedWords(situation, authority, lang),
    form: mayJoin ? formPartsOf(place, waysToSignUp(situation, t), t) : undefined,
    deadline: mayJoin ? deadlineWords(situation, lang) : '',
    later: laterWords(situation, lang),
    queue: queueSentences(situation, lang),
    values: {},
    mark: markFor(event, {}, res),
    errors: {},
    share: { url, description: shareDescription(event, lang) },
    structured: structuredData(situation, authority, url),
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
