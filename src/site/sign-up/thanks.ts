import type { Request, Response } from 'express';
import type { Event } from '../../events/event.ts';
import { waitingListEnd } from '../../events/rules.ts';
import { linkFor, linkWords } from '../../letters/writing/phrases.ts';
import { datesIn } from '../../texts/dates.ts';
import { textsIn, type Words } from '../../texts/texts.ts';
import { sendPage } from '../../web/pages.ts';
import { eventFacts, publicEventAt } from '../parts/event-facts.ts';

type ForEvent = Request<{ slug: string }>;

/** What one of the pages says. `tellsLink`: the facts are for those who have a seat. */
type Thanks = { title: string; lead: string; steps: string[]; tellsLink: boolean };

/** What happens after a sign-up. */
export function showThanks(req: ForEvent, res: Response): Promise<void> {
  return sendThanks(req, res, (t, event) => ({
    title: t('klart.rubrik'),
    lead: t('klart.text'),
    steps: [
      t('klart.steg.bekraftelse'),
      t('klart.steg.kalender'),
      t('klart.steg.lank'),
      ...(event.seats.digitalt === 0
        ? []
        : [t('klart.steg.digitalt', { lank: linkWords(linkFor(event), t) })]),
    ],
    tellsLink: true,
  }));
}

/** What happens when somebody has come onto the waiting list. */
export function showQueueThanks(req: ForEvent, res: Response): Promise<void> {
  const { lang, now } = res.locals;
  return sendThanks(req, res, (t, event) => {
    const end = waitingListEnd(event);
    const closes = now < end ? [t('mejl.ko.slut', { slut: datesIn(lang).moment(end) })] : [];
    return {
      title: t('klart.vantelista.rubrik'),
      lead: t('klart.vantelista.text'),
      steps: [
        t('klart.vantelista.nummer'),
        t('klart.vantelista.sedan'),
        t('klart.vantelista.lank'),
        ...closes,
      ],
      tellsLink: false,
    };
  });
}

/** What happens when somebody has signed several people up; the letters say which of them have a seat. */
export function showGroupThanks(req: ForEvent, res: Response): Promise<void> {
  return sendThanks(req, res, (t, event) => ({
    title: t('klart.kollegor.rubrik'),
    lead: t('klart.kollegor.text'),
    steps: [
      t('klart.kollegor.mejl'),
      t('klart.kollegor.lank'),
      ...(event.seats.digitalt === 0 ? [] : [t('klart.kollegor.digitalt', { lank: linkFor(event) })]),
      t('klart.kollegor.lista'),
    ],
    tellsLink: true,
  }));
}

/** The page says nothing about a person: anybody can open its address. */
async function sendThanks(
  req: ForEvent,
  res: Response,
  thanksFor: (t: Words, event: Event) => Thanks,
): Promise<void> {
  const { event, authority } = await publicEventAt(req.params.slug);
  const { lang } = res.locals;
  const { tellsLink, ...thanks } = thanksFor(textsIn(lang), event);
  const [when, where] = eventFacts(event, lang, { link: tellsLink ? linkFor(event) : undefined });
  const facts = [when, where];
  sendPage(res, 'site/sign-up/thanks', { current: 'events', event, authority, facts, ...thanks });
}
