import type { Request, Response } from 'express';
import { listAuthorities } from '../authorities/authority.ts';
import { paths } from '../base/paths.ts';
import { feed } from '../calendar/publication.ts';
import { eventsToFollow } from '../events/feed.ts';
import type { Narrowing } from '../events/public-events.ts';
import { inLanguage } from '../texts/addresses.ts';
import { type Language, textsIn } from '../texts/texts.ts';
import { answerPoll } from '../web/polls.ts';
import { publicEntry } from './event/calendar-file.ts';
import { narrowingOf, queryOf } from './parts/filters.ts';

/** The public calendar that programs subscribe to, filtered like the list. */
export async function sendFeed(req: Request, res: Response): Promise<void> {
  const { now, lang, context } = res.locals;
  const chosen = narrowingOf(req);
  const [{ events, changedAt }, authorities] = await Promise.all([
    eventsToFollow(chosen, now),
    listAuthorities(),
  ]);
  const entries = events.flatMap((event) => {
    const authority = authorities.find((one) => one._id === event.authority);
    return authority ? [publicEntry(event, authority, context.settings, lang)] : [];
  });
  const county = authorities.find((one) => one._id === chosen.authority)?.county;
  const name = [textsIn(lang)('gemensamt.tjanst'), county].filter(Boolean).join(' ');
  if (changedAt) res.set('Last-Modified', changedAt.toUTCString());
  res.set('Cache-Control', 'public, max-age=600');
  answerPoll(req, res, 'text/calendar; charset=utf-8', feed(name, entries));
}

/**
 * The addresses of the calendar that shows what the list shows: `webcal` opens a calendar program, `https` is pasted
 * into one.
 */
export function subscriptionTo(
  chosen: Narrowing,
  baseUrl: string,
  lang: Language,
): { webcal: string; https: string } {
  const https = baseUrl + inLanguage(paths.feed(), lang) + queryOf(chosen);
  return { https, webcal: https.replace(/^https?:/, 'webcal:') };
}
