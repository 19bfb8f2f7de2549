import type { Response } from 'express';
import type { FormValues } from '../../base/form/merging.ts';
import { paths } from '../../base/paths.ts';
import { quietFields } from '../../events/details/details.ts';
import { type Event, modes } from '../../events/event.ts';
import type { Followers } from '../../events/planning/follow.ts';
import { seatsLeft, statusOf, venueOf } from '../../events/rules.ts';
import { announceChange } from '../../letters/previews/announcement.ts';
import type { Seen, Unannounced } from '../../registrations/changes/change-event.ts';
import { datesIn } from '../../texts/dates.ts';
import type { Errors } from '../../web/forms.ts';
import { sendPage } from '../../web/pages.ts';
import { differencesOf, hiddenInputs } from '../parts/edit-conflict.ts';
import { announcementParts, shownLetter } from '../parts/letter-preview.ts';
import type { SeatsDecision } from './fewer-seats.ts';
import { eventAnswers } from './fields.ts';
import { followQuestions, followValues } from './follow.ts';

/** What came with the form besides its own answers: who loses a seat, what moves along, and the words of the letters. */
type SentForm = {
  typed: FormValues;
  decision: SeatsDecision | undefined;
  errors: Errors;
} & Pick<Seen, 'follow' | 'words'>;

/**
 * Shown before a change that brings something about is saved: what changes, who gets which letter or a seat, who gets
 * nothing, and what moves along.
 */
export async function sendAnnouncement(
  res: Response,
  { event, planned, promoted, followers, speakers }: Unannounced,
  { typed, decision, errors, follow, words }: SentForm,
): Promise<void> {
  const { context, now } = res.locals;
  const { seat, ...announcement } = await announceChange(context, { event, planned, promoted }, words);
  const promotes = modes.some((mode) => planned.waiting[mode] > 0 && seatsLeft(planned, mode) !== 0);
  const quiet = differencesOf(quietFields(promotes), eventAnswers(event), eventAnswers(planned));
  const moved = followers.days.map(({ name }) => labels[name]);
  const error = Object.keys(errors).length > 0;
  const page = {
    title: `Innan du sparar: ${event.title}`,
    current: 'events',
    ...{ event, errors, error, speakers },
    action: paths.officeEvent(event._id),
    changes: changesIn(event, planned),
    quiet: quiet.map(({ label }) => label).filter((label) => !moved.includes(label)),
    promoted: promoted.map(({ givenName, familyName }) => `${givenName} ${familyName}`),
    seat: seat && (await shownLetter(seat, res)),
    cancelUntil: cancelsLonger(event, planned) ? planned.cancelUntil : undefined,
    closes: statusOf(event, now) !== 'closed' && statusOf(planned, now) === 'closed',
    unseated: decision?.unseated.length ?? 0,
    questions: followQuestions(followers),
    values: { follow: followValues(followers, follow), words },
    hidden: hiddenInputs({ ...typed, ...decision }),
    ...(await announcementParts(announcement, res)),
  };
  sendPage(res, 'office/event/announcement', page, error ? 422 : 200);
}

const labels: Record<Followers['days'][number]['name'], string> = {
  closesAt: 'Sista anmälningsdag',
  changeUntil: 'Sista dag för ändringar',
  cancelUntil: 'Sista dag för avbokning',
};

/** True if people can cancel longer than the organiser has planned, since they are told of another time or place. */
function cancelsLonger({ cancelUntil: before }: Event, { cancelUntil }: Event): boolean {
  return before !== null && +before !== Number(cancelUntil);
}

function changesIn(event: Event, planned: Event) {
  const { when } = datesIn('sv');
  const rows = [
    { label: 'När', now: when(event.start, event.end), becomes: when(planned.start, planned.end) },
    { label: 'Plats', now: venueOf(event), becomes: venueOf(planned) },
    { label: 'Möteslänk', now: event.meetingLink, becomes: planned.meetingLink },
  ];
  return rows.filter(({ now, becomes }) => now !== becomes);
}
