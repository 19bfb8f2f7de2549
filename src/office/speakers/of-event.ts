import type { Request, Response } from 'express';
import { idFrom } from '../../base/database.ts';
import { paths } from '../../base/paths.ts';
import type { Event } from '../../events/event.ts';
import { unsent } from '../../letters/previews/unsent.ts';
import { lettersLeave } from '../../outbox/outbox.ts';
import { type Engagement, expected, newEngagement } from '../../speakers/engagements/engagement.ts';
import {
  type Expected,
  hindranceToInvite,
  inviteSpeakers,
  type NotInvited,
  speakersOf,
} from '../../speakers/engagements/invite.ts';
import { speakerRow } from '../../speakers/engagements/letters.ts';
import { sessionsOf } from '../../speakers/entries/sessions.ts';
import type { SpeakerEntry } from '../../speakers/entries/speaker.ts';
import { counted } from '../../texts/grammar.ts';
import { sendPage } from '../../web/pages.ts';
import { type State, stateOf } from '../parts/event-state.ts';
import { ownBoard, ownEvent } from '../parts/guard.ts';
import { shownLetter } from '../parts/letter-preview.ts';
import { asked, withQuery } from '../parts/query-string.ts';

/** What the office calls the states of an invitation. */
export const engagementStates: Record<Engagement['status'], State> = {
  invited: { text: 'Har inte svarat', color: 'info' },
  accepted: { text: 'Har tackat ja', color: 'success' },
  declined: { text: 'Har tackat nej', color: 'warning' },
  removed: { text: 'Inbjudan är borttagen', color: 'neutral' },
};

const notInvited: Record<NotInvited, string> = {
  invited: 'är redan inbjuden',
  noAddress: 'har ingen e-postadress i registret',
  notInProgramme: 'står inte i programmet',
  over: 'kan inte bjudas in: evenemanget har varit',
  cancelled: 'kan inte bjudas in: evenemanget är inställt',
};

/** Everybody in an event's programme: who is invited, what they have answered, and who can be invited. */
export async function showEventSpeakers(req: Request, res: Response): Promise<void> {
  await sendEventSpeakers(req, res, await ownEvent(req, res));
}

/** Shows who gets which letter, and with `send` sends the letters. */
export async function submitInvitations(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const chosen = [req.body.chosen ?? []].flat().flatMap((id) => idFrom(id) ?? []);
  if (chosen.length === 0) return sendEventSpeakers(req, res, event, 'Välj vilka du vill bjuda in.');
  const all = (await speakersOf(event)).filter(({ entry }) => chosen.some((id) => id.equals(entry._id)));
  const hindered = all.flatMap((one) => {
    const why = hindranceToInvite(event, one, res.locals.now);
    return why ? [`${one.entry.name} ${notInvited[why]}.`] : [];
  });
  if (hindered.length > 0) return sendEventSpeakers(req, res, event, hindered.join(' '));
  if (req.body.send !== 'ja') return sendPreview(res, event, all);
  const done = await inviteSpeakers(res.locals.context, event._id, chosen);
  if ('refused' in done)
    return sendEventSpeakers(req, res, event, `${done.entry.name} ${notInvited[done.refused]}.`);
  const antal = done.invited.length;
  res.redirect(303, withQuery(paths.eventSpeakers(event._id), { klart: 'inbjudna', antal }));
}

async function sendPreview(res: Response, event: Event, all: Expected[]): Promise<void> {
  const { context } = res.locals;
  const authority = ownBoard(res);
  const shown = all.map(({ entry }) => {
    const engagement = newEngagement(context, event, entry);
    return unsent(speakerRow(context, { engagement, event, authority }, 'speaker-invitation'));
  });
  sendPage(res, 'office/speakers/invite', {
    title: `Bjud in medverkande: ${event.title}`,
    current: 'events',
    event,
    entries: all.map(({ entry }) => entry),
    letters: await Promise.all(shown.map((letter) => shownLetter(letter, res))),
    leave: lettersLeave(context, event),
  });
}

async function sendEventSpeakers(req: Request, res: Response, event: Event, wrong = ''): Promise<void> {
  const { now, context } = res.locals;
  const rows = (await speakersOf(event)).map((one) => ({
    ...one,
    state: one.engagement && engagementStates[one.engagement.status],
    sessions: sessionsOf(event, one.entry._id),
    hindrance: hindranceToInvite(event, one, now),
  }));
  const page = {
    title: `Medverkande: ${event.title}`,
    current: 'events',
    ...{ event, rows, error: wrong !== '' },
    state: stateOf(event, now),
    errors: wrong ? { chosen: wrong } : {},
    mayInvite: rows.some(({ hindrance }) => !hindrance),
    mayWrite: rows.some(({ engagement }) => engagement && expected.includes(engagement.status)),
    noAddress: rows.filter(({ hindrance }) => hindrance === 'noAddress').map(({ entry }) => entry),
    done: doneWords(req, lettersLeave(context, event)),
  };
  sendPage(res, 'office/speakers/of-event', page, wrong ? 422 : 200);
}

function doneWords(req: Request, leave: boolean): string {
  const klart = asked(req, 'klart');
  const people = counted(Number(asked(req, 'antal') ?? 0), 'person är inbjuden', 'personer är inbjudna');
  if (klart === 'inbjudna')
    return `${people}. ${leave ? 'Mejlen är på väg.' : 'Mejlen sparas, men skickas inte.'}`;
  if (klart === 'borttagen') return 'Inbjudan är borttagen, och personen får ett mejl om det.';
  if (klart === 'igen') return 'Mejlet skickas igen.';
  return klart === 'sparat' ? 'Ditt beslut är sparat.' : '';
}

/** The name and title of somebody, for lists. */
export function presentation({ name, title, organisation }: SpeakerEntry): string {
  return [name, title, organisation].filter(Boolean).join(', ');
}
