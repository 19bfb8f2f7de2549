import type { Event, Mode } from '../../events/event.ts';
import { presentSlug } from '../../events/planning/address.ts';
import { findVisible, type PublicEvent } from '../../events/public-events.ts';
import { offeredModes } from '../../events/rules.ts';
import type { Situation } from '../../events/situation.ts';
import { type LinkState, linkFor, onlineWords } from '../../letters/writing/phrases.ts';
import { datesIn } from '../../texts/dates.ts';
import { capital } from '../../texts/grammar.ts';
import { type Language, textsIn } from '../../texts/texts.ts';
import { NotFound } from '../../web/errors.ts';
import { costWords, lastMinuteBefore, queueWords, seatsWords, whereWords } from './event-words.ts';

/** The event of a post, also at an address that it had before. @throws NotFound where there is no such event, or a draft */
export async function postedEventAt(slug: string): Promise<PublicEvent> {
  return (await findVisible(slug)) ?? publicEventAt((await presentSlug(slug)) ?? slug);
}

/** @throws NotFound where there is no such event, or a draft */
export async function publicEventAt(slug: string): Promise<PublicEvent> {
  const place = await findVisible(slug);
  if (!place) throw new NotFound();
  return place;
}

export type Notice = {
  color: 'info' | 'warning' | 'danger';
  text: string;
  heading?: string;
  own?: boolean;
  links?: { href: string; text: string }[];
};

/** What a reader must know first: cancelled, over, moved. @param signedUp when the reader signed up; who did so after the move knows no other time */
export function noticesOf({ event, status }: Situation, lang: Language, signedUp?: Date): Notice[] {
  const t = textsIn(lang);
  const date = datesIn(lang);
  if (status === 'cancelled')
    return [
      { color: 'danger', heading: t('evenemang.installt.rubrik'), text: event.cancelReason, own: true },
    ];
  if (status === 'past') {
    const text = event.documentation?.length ? 'evenemang.genomfort.dokumentation' : 'evenemang.genomfort';
    return [{ color: 'info', text: t(text) }];
  }
  if (!event.movedFrom) return [];
  const { start, end, at } = event.movedFrom;
  if (signedUp && at && signedUp > at) return [];
  return [
    {
      color: 'warning',
      text: t('evenemang.flyttat', {
        nar: date.when(event.start, event.end),
        var: whereWords(event, t),
        gammal: date.when(start, end),
      }),
    },
  ];
}

/** When, where, what it costs, and while it matters until when one can sign up and how many seats are left. */
export function factsOf(situation: Situation, lang: Language) {
  const t = textsIn(lang);
  const { event, status, signUpEnd } = situation;
  const mayCome = ['upcoming', 'open', 'full', 'closed'].includes(status);
  const seats = status === 'open' || status === 'full' ? seatsWords(situation, t) : [];
  return [
    ...eventFacts(event, lang, { link: mayCome ? linkFor(event) : undefined }),
    { term: t('evenemang.sista'), text: mayCome ? t('sista.kort', lastMinuteBefore(signUpEnd, lang)) : '' },
    { term: t('evenemang.platser'), lines: seats },
    { term: t('evenemang.ko'), lines: queueWords(situation, lang) },
  ];
}

/**
 * When, where and what it costs; `ways` where it is known how somebody attends. `link`: where those who attend online
 * find the way in, where that is of use to the reader.
 */
export function eventFacts(
  event: Event,
  lang: Language,
  { ways = offeredModes(event), link }: { ways?: Mode[]; link?: LinkState | undefined } = {},
) {
  const t = textsIn(lang);
  const date = datesIn(lang);
  const cost = costWords(event, t);
  const where = link && !ways.includes('plats') ? onlineWords(link, t) : whereWords(event, t, ways);
  return [
    { term: t('evenemang.nar'), lines: [capital(date.long(event.start)), date.span(event.start, event.end)] },
    { term: t('evenemang.var'), text: where },
    { term: t('evenemang.kostnad'), text: cost.text, lang: cost.own && lang !== 'sv' ? 'sv' : undefined },
  ];
}
