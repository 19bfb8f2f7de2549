import type { RequestHandler, Response } from 'express';
import type { Authority } from '../authorities/authority.ts';
import { paths } from '../base/paths.ts';
import type { Event } from '../events/event.ts';
import { ownBoard, ownEvent } from './guard.ts';

/** Writes the visitors' page of an event, with notices of ours first. The app gives it: the doors do not know each other. */
export type SendEventPage = (
  res: Response,
  place: { event: Event; authority: Authority },
  first: { color: 'info'; heading: string; text: string; link: { href: string; text: string } }[],
) => void;

/** A draft as visitors will see it once it is published, in both languages. */
export function showPreview(sendEventPage: SendEventPage): RequestHandler {
  return async (req, res) => {
    const event = await ownEvent(req, res);
    const lang = req.query.sprak === 'en' ? 'en' : 'sv';
    Object.assign(res.locals, {
      layout: 'site',
      lang,
      languageLink: lang === 'en' ? '?sprak=sv' : '?sprak=en',
    });
    const draft = event.state === 'draft';
    const text = draft
      ? 'Så här ser sidan ut när evenemanget är publicerat. Formuläret tar inte emot anmälningar förrän då.'
      : 'Så här ser sidan ut för besökarna.';
    const link = { href: paths.officeEvent(event._id), text: 'Tillbaka till uppgifterna' };
    const shown: Event = draft
      ? { ...event, state: 'published', venue: event.venue || 'Lokal saknas' }
      : event;
    const place = { event: shown, authority: ownBoard(res) };
    sendEventPage(res, place, [{ color: 'info', heading: 'Förhandsvisning', text, link }]);
  };
}
