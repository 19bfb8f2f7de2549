import type { Request, Response } from 'express';
import type { Event } from '../../events/event.ts';
import { invitationDraft } from '../../letters/previews/invitation-draft.ts';
import { draftBytes, draftText } from '../../outbox/message.ts';
import { sendPage } from '../../web/pages.ts';
import { stateOf } from '../parts/event-state.ts';
import { ownBoard, ownEvent } from '../parts/guard.ts';

/** The invitation as text to copy, for those who invite from their own mail program. */
export async function showInvitationDraft(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const { now, context } = res.locals;
  const draft = invitationDraft(event, ownBoard(res), context.settings);
  sendPage(res, 'office/letters/copy-invitation', {
    title: `Kopiera inbjudan: ${event.title}`,
    current: 'events',
    ...{ event, subject: draft.subject, text: draftText(draft) },
    state: stateOf(event, now),
    hindrance: hindranceOf(event, now),
  });
}

/** The same as a file that opens as a draft in a mail program. */
export async function sendInvitationDraft(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const draft = invitationDraft(event, ownBoard(res), res.locals.context.settings);
  res.attachment(`inbjudan-${event.slug}.eml`).type('message/rfc822').send(draftBytes(draft));
}

/** Why nobody should be invited now, if so. */
function hindranceOf({ state, end }: Event, now: Date): string {
  if (state === 'draft') return 'Publicera evenemanget först. Länken i inbjudan fungerar inte förrän då.';
  if (state === 'cancelled') return 'Evenemanget är inställt.';
  return end <= now ? 'Evenemanget har redan varit.' : '';
}
