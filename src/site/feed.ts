import type { RequestHandler } from 'express';
import { listAuthorities } from '../authorities/authority.ts';
import type { Language } from '../base/dates.ts';
import { inLanguage, paths } from '../base/paths.ts';
import { feed } from '../calendar/publication.ts';
import { eventsToFollow } from '../events/feed.ts';
import type { Narrowing } from '../events/public-events.ts';
import { textsIn } from '../texts/texts.ts';
import { answerPoll } from '../web/polls.ts';
import { publicEntry } from './event/calendar-file.ts';
import { narrowingOf, queryOf } from './parts/filters.ts';

/** The public calendar for programs that fetch it again and again, narrowed as the list is (R43, R44). */
export const sendFeed: RequestHandler = async (req, res) => {
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
};

/** Where a program finds the feed that shows what the list shows: `webcal` opens one, `https` is for pasting into one (R44). */
export function subscriptionTo(
  chosen: Narrowing,
  baseUrl: string,
  lang: Language,
): { webcal: string; https: string } {
  const https = baseUrl + inLanguage(paths.feed(), lang) + queryOf(chosen);
  return { https, webcal: https.replace(/^https?:/, 'webcal:') };
}
