import type { Response } from 'express';
import { paths } from '../../base/paths.ts';
import { quietFields } from '../../events/details/details.ts';

import { type Event, modes } from '../../events/event.ts';
import { seatsLeft, venueOf } from '../../events/rules.ts';
import { announceChange } from '../../letters/previews/announcement.ts';
import { datesIn } from '../../texts/dates.ts';
import { sendPage } from '../../web/pages.ts';
import { differencesOf, hiddenInputs } from '../parts/edit-conflict.ts';
import { announcementParts } from '../parts/letter-preview.ts';
import type { Decision } from './fewer-seats.ts';
import { eventAnswers } from './fields.ts';

/** Shown before a change that people must hear of is saved: what changes, who gets which letter, who gets nothing. */
export async function sendAnnouncement(
  res: Response,
  { event, planned }: { event: Event; planned: Event },
  typed: Record<string, string | string[]>,
  decision: Decision | undefined,
): Promise<void> {
  const announcement = await announceChange(res.locals.context, event, planned);
  const promotes = modes.some((mode) => planned.waiting[mode] > 0 && seatsLeft(planned, mode) !== 0);
  const quiet = differencesOf(quietFields(promotes), eventAnswers(event), eventAnswers(planned));
  sendPage(res, 'office/event/announcement', {
    title: `Meddela ändringen: ${event.title}`,
    current: 'events',
    event,
    action: paths.officeEvent(event._id),
    changes: changesIn(event, planned),
    quiet: quiet.map(({ label }) => label),
    promotes,
    unseated: decision?.unseated.length ?? 0,
    hidden: hiddenInputs({ ...typed, ...decision }),
    ...(await announcementParts(announcement, res)),
  });
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
