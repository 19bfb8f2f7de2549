import type { Request, Response } from 'express';
import { type Authority, listAuthorities } from '../authorities/authority.ts';
import { paths } from '../base/paths.ts';
import { kinds } from '../events/event.ts';
import { type ListedEvent, listEvents, yearsOfEvents } from '../events/public-events.ts';
import { situationOf } from '../events/situation.ts';
import { inLanguage } from '../texts/addresses.ts';
import { type Language, textsIn } from '../texts/texts.ts';
import { sendPage } from '../web/pages.ts';
import { subscriptionTo } from './feed.ts';
import { notesOf, tagsOf, whereWords } from './parts/event-words.ts';
import { narrowingOf, queryOf } from './parts/filters.ts';

/** What is coming, then what has been, narrowed by the filters in the address (lan, typ, ar). */
export async function showHome(req: Request, res: Response): Promise<void> {
  const { now, lang } = res.locals;
  const t = textsIn(lang);
  const chosen = narrowingOf(req);
  const [events, authorities, years] = await Promise.all([
    listEvents(chosen, now),
    listAuthorities(),
    yearsOfEvents(),
  ]);
  sendPage(res, 'site/home', {
    title: t('lista.rubrik'),
    current: 'events',
    authority: authorities.find((one) => one._id === chosen.authority),
    authorities,
    addressIn: (language: Language) => inLanguage(paths.home(), language) + queryOf(chosen),
    ...events,
    hasExample: [...events.upcoming, ...events.earlier].some((event) => event.example),
    words: (event: ListedEvent) => {
      const situation = situationOf(event, now);
      return { tags: tagsOf(situation, lang), notes: notesOf(situation, lang) };
    },
    where: (event: ListedEvent) => whereWords(event, t),
    subscription: subscriptionTo(chosen, res.locals.context.settings.baseUrl, lang),
    isNarrowed: Object.values(chosen).some((one) => one !== undefined),
    filters: {
      label: t('lista.filter.rubrik'),
      button: t('lista.filter.visa'),
      values: { lan: chosen.authority, typ: chosen.kind, ar: chosen.year },
      selects: selectsOf(res, authorities, years),
    },
  });
}

function selectsOf(res: Response, authorities: Authority[], years: number[]) {
  const t = textsIn(res.locals.lang);
  const prompt = t('lista.filter.alla');
  const counties = authorities.map((one) => ({ value: one._id, label: one.county }));
  return [
    { name: 'lan', label: t('lista.filter.lan'), prompt, options: counties },
    {
      name: 'typ',
      label: t('lista.filter.typ'),
      prompt,
      options: kinds.map((value) => ({ value, label: t(`form.${value}`) })),
    },
    {
      name: 'ar',
      label: t('lista.filter.ar'),
      prompt,
      options: years.map((value) => ({ value, label: value })),
    },
  ];
}
