import type { Request, Response } from 'express';
import { type BoardHead, listBoardHeads } from '../authorities/authority.ts';
import { paths } from '../base/paths.ts';
import { kinds } from '../events/event.ts';
import { countEvents, type ListedEvent, listEvents, yearsOfEvents } from '../events/public-events.ts';
import { situationOf } from '../events/situation.ts';
import { inLanguage } from '../texts/addresses.ts';
import { type Language, textsIn, type Words } from '../texts/texts.ts';
import { sendPage } from '../web/pages.ts';
import { subscriptionTo } from './feed.ts';
import { standingOf, whereWords } from './parts/event-words.ts';
import { narrowingOf, pageIn, queryOf } from './parts/filters.ts';

/** What is coming, then what has been, narrowed by the filters in the address (lan, typ, ar), page by page (sida). */
export async function showHome(req: Request, res: Response): Promise<void> {
  const { now, lang } = res.locals;
  const t = textsIn(lang);
  const chosen = narrowingOf(req);
  const page = pageIn(req);
  const isNarrowed = Object.values(chosen).some((one) => one !== undefined);
  const [events, authorities, years, total] = await Promise.all([
    listEvents(chosen, now, page),
    listBoardHeads(),
    yearsOfEvents(),
    isNarrowed ? countEvents(chosen) : 0,
  ]);
  sendPage(res, 'site/home', {
    title: t('lista.rubrik'),
    current: 'events',
    authority: authorities.find((one) => one._id === chosen.authority),
    authorities,
    addressIn: (language: Language) => inLanguage(paths.home(), language) + queryOf(chosen, page),
    ...events,
    hasExample: [...events.upcoming, ...events.earlier].some((event) => event.example),
    words: (event: ListedEvent) => standingOf(situationOf(event, now), lang),
    kindAndCounty: (event: ListedEvent) => kindAndCounty(event, chosen.authority ? [] : authorities, t),
    where: (event: ListedEvent) => whereWords(event, t),
    subscription: subscriptionTo(chosen, res.locals.context.settings.baseUrl, lang),
    ...{ isNarrowed, total, page },
    pageLink: (number: number) => inLanguage(paths.home(), lang) + queryOf(chosen, number),
    filters: {
      label: t('lista.filter.rubrik'),
      button: t('lista.filter.visa'),
      values: { lan: chosen.authority, typ: chosen.kind, ar: chosen.year },
      selects: selectsOf(res, authorities, years),
    },
  });
}

/** What kind of event it is, and whose it may be where the list shows several counties'. */
function kindAndCounty({ kind, authority }: ListedEvent, authorities: BoardHead[], t: Words): string {
  const county = authorities.find(({ _id }) => _id === authority)?.county;
  return [t(`form.${kind}`), county].filter(Boolean).join(' · ');
}

function selectsOf(res: Response, authorities: BoardHead[], years: number[]) {
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
