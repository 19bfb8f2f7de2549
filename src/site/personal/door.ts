import type { Request, RequestHandler, Response } from 'express';
import { paths } from '../../base/paths.ts';
import { situationOf } from '../../events/situation.ts';
import {
  type DoorState,
  doorOpensAt,
  doorState,
  enterDoor,
} from '../../registrations/personal/digital-door.ts';
import { linkOnlyShows } from '../../registrations/personal/links.ts';
import { findOwn, type Own } from '../../registrations/personal/opened.ts';
import { inLanguage } from '../../texts/addresses.ts';
import { datesIn } from '../../texts/dates.ts';
import { capital } from '../../texts/grammar.ts';
import { textsIn } from '../../texts/texts.ts';
import { NotFound } from '../../web/errors.ts';
import { sendPage } from '../../web/pages.ts';
import { noticesOf } from '../parts/event-facts.ts';

type DoorRequest = Request<{ token: string }>;

/** Opens a digital door for a handler. Its page names the event and nobody, since the link stands in shared calendars. */
export function atDoor(
  handle: (own: Own, req: DoorRequest, res: Response) => Promise<void>,
): RequestHandler<{ token: string }> {
  return async (req, res) => {
    const { context, now } = res.locals;
    res.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' });
    const found = await findOwn(req.params.token, context.settings, 'digital door');
    if (!found || found.event.state === 'draft' || linkOnlyShows(found.event.end, now)) throw new NotFound();
    await handle(found, req, res);
  };
}

/** Shows the door, which marks nothing: programs open links in letters. */
export async function showDoor(own: Own, req: DoorRequest, res: Response): Promise<void> {
  const entered = req.query.klart === 'inne' && own.registration.present === true;
  sendDoor(req, res, own, { state: doorState(own, res.locals.now), entered });
}

/**
 * Marks the person as present and answers with our page and the link to the meeting. It does not lead on by itself:
 * browsers hold the redirects of a form to `form-action`, also those of the meeting's own server to yet another one.
 */
export async function submitDoor(own: Own, req: DoorRequest, res: Response): Promise<void> {
  const state = await enterDoor(res.locals.context, own);
  if (state !== 'open') return sendDoor(req, res, own, { state, entered: false, status: 422 });
  res.redirect(303, `${inLanguage(paths.digitalDoor(req.params.token), res.locals.lang)}?klart=inne`);
}

type DoorShown = { state: DoorState; entered: boolean; status?: number };

function sendDoor(
  req: DoorRequest,
  res: Response,
  own: Own,
  { state, entered, status = 200 }: DoorShown,
): void {
  const { lang, now } = res.locals;
  const t = textsIn(lang);
  const date = datesIn(lang);
  const { event, authority } = own;
  const words = {
    ...{ cancelled: '', noSeat: t('delta.ingenPlats'), over: t('delta.slut'), noLink: t('delta.ingenLank') },
    early: t('delta.tidigt', { oppnar: date.moment(doorOpensAt(event)) }),
    open: t(entered ? 'delta.klart' : 'delta.oppen'),
  };
  sendPage(
    res,
    'site/personal/door',
    {
      title: t('delta.rubrik'),
      ...{ event, authority, token: req.params.token, entered },
      isOpen: state === 'open',
      text: words[state],
      when: capital(date.when(event.start, event.end)),
      notices: state === 'over' ? [] : noticesOf(situationOf(event, now), lang),
    },
    status,
  );
}
