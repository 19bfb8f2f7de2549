import type { RequestHandler, Response } from 'express';
import type { Authority } from '../../authorities/authority.ts';
import { paths } from '../../base/paths.ts';
import type { Event } from '../../events/event.ts';
import { type Language, languageFrom } from '../../texts/texts.ts';
import { ownBoard, ownEvent } from '../parts/guard.ts';

/** Writes the visitors' page of an event, with notices of ours first. Handed in, because site and office do not import each other. */
export type SendEventPage = (
  res: Response,
  place: { event: Event; authority: Authority },
  first: { color: 'info'; heading: string; text: string; links: { href: string; text: string }[] }[],
  fileAt: (hash: string) => string,
) => Promise<void>;

/** A draft as visitors will see it once it is published, in the language that the address asks for (`language`). */
export function showPreview(sendEventPage: SendEventPage): RequestHandler {
  return async (req, res) => {
    const event = await ownEvent(req, res);
    const lang = languageFrom(req.query.language) ?? 'sv';
    const addressIn = (language: Language) => `?language=${language}`;
    Object.assign(res.locals, { layout: 'site', lang, addressIn, inOffice: true });
    const draft = event.state === 'draft';
    const text = draft
      ? 'Så här ser sidan ut när evenemanget är publicerat. Formuläret tar inte emot anmälningar förrän då.'
      : 'Så här ser sidan ut för besökarna.';
    const links = [
      { href: paths.whatTheyGet(event._id), text: 'Se mejlen och kalenderinbjudan som de anmälda får' },
      { href: paths.officeEvent(event._id), text: 'Tillbaka till uppgifterna' },
    ];
    const place = { event: asPublished(event), authority: ownBoard(res) };
    const first = [{ color: 'info' as const, heading: 'Förhandsvisning', text, links }];
    await sendEventPage(res, place, first, (hash) => paths.eventFile(event._id, hash));
  };
}

/** A draft as it will be once it is published; any other event as it is. */
export function asPublished(event: Event): Event {
  if (event.state !== 'draft') return event;
  return { ...event, state: 'published', venue: event.venue || 'Lokal saknas' };
}
