import type { Request, Response } from 'express';
import { waitingListEnd } from '../../events/rules.ts';
import { datesIn } from '../../texts/dates.ts';
import { textsIn } from '../../texts/texts.ts';
import { sendPage } from '../../web/pages.ts';
import { eventFacts, publicEventAt } from '../parts/event-facts.ts';

/** What happens after a sign-up. It says nothing of a person, and neither do the other two: anybody can open them. */
export async function showThanks(req: Request<{ slug: string }>, res: Response): Promise<void> {
  const { event, authority } = await publicEventAt(req.params.slug);
  const { lang } = res.locals;
  const t = textsIn(lang);
  const [when, where] = eventFacts(event, lang);
  const online = event.seats.digitalt === 0 ? [] : [t('klart.steg.digitalt')];
  sendPage(res, 'site/sign-up/thanks', {
    title: t('klart.rubrik'),
    current: 'events',
    ...{ event, authority },
    lead: t('klart.text'),
    steps: [t('klart.steg.bekraftelse'), t('klart.steg.kalender'), t('klart.steg.lank'), ...online],
    facts: [when, where],
    hasSeat: true,
  });
}

/** What happens when somebody has come into the queue. */
export async function showQueueThanks(req: Request<{ slug: string }>, res: Response): Promise<void> {
  const { event, authority } = await publicEventAt(req.params.slug);
  const { lang, now } = res.locals;
  const t = textsIn(lang);
  const [when, where] = eventFacts(event, lang, { isSeated: false });
  const end = waitingListEnd(event);
  const closes = now < end ? [t('mejl.ko.slut', { slut: datesIn(lang).moment(end) })] : [];
  sendPage(res, 'site/sign-up/thanks', {
    title: t('klart.vantelista.rubrik'),
    current: 'events',
    ...{ event, authority },
    lead: t('klart.vantelista.text'),
    steps: [t('klart.vantelista.nummer'), t('klart.vantelista.sedan'), t('klart.vantelista.lank'), ...closes],
    facts: [when, where],
    hasSeat: false,
  });
}

/** What happens when somebody has signed several people up; who of them has a seat stands in the letters. */
export async function showGroupThanks(req: Request<{ slug: string }>, res: Response): Promise<void> {
  const { event, authority } = await publicEventAt(req.params.slug);
  const { lang } = res.locals;
  const t = textsIn(lang);
  const [when, where] = eventFacts(event, lang);
  const online = event.seats.digitalt === 0 ? [] : [t('klart.kollegor.digitalt')];
  sendPage(res, 'site/sign-up/thanks', {
    title: t('klart.kollegor.rubrik'),
    current: 'events',
    ...{ event, authority },
    lead: t('klart.kollegor.text'),
    steps: [t('klart.kollegor.mejl'), t('klart.kollegor.lank'), ...online, t('klart.kollegor.lista')],
    facts: [when, where],
    hasSeat: false,
  });
}
