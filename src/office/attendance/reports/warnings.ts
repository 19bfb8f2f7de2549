import { isoDay, stockholmInstant } from '../../../base/dates.ts';
import type { Event } from '../../../events/event.ts';
import { type MeetingReport, savedReports } from '../../../meeting-reports/report.ts';
import { datesIn } from '../../../texts/dates.ts';

/** What an organiser should look at before a report is saved, each as a sentence or two. */
export async function warningsFor(event: Event, report: MeetingReport): Promise<string[]> {
  const { meeting, counts, fingerprint } = report;
  const before = (await savedReports(event._id)).find((one) => one.fingerprint === fingerprint);
  const { moment } = datesIn('sv');
  return [
    ...(before
      ? [
          `${before.by} läste in samma fil ${moment(before.at)}. Om du sparar den igen räknas ingen två gånger.`,
        ]
      : []),
    ...otherDay(event, meeting.day),
    ...otherTitle(event, meeting.title),
    ...(meeting.people > counts.accounts
      ? [`Rapporten säger att ${meeting.people} deltog, men filen har bara ${counts.accounts}. Är filen hel?`]
      : []),
  ];
}

function otherDay(event: Event, day: string): string[] {
  const instant = stockholmInstant(day, '12:00');
  if (!instant || day === isoDay(event.start)) return [];
  const { day: words } = datesIn('sv');
  return [`Rapporten är från ${words(instant)}, men evenemanget är ${words(event.start)}. Är det rätt möte?`];
}

/** Titles that have no longer word in common are of different meetings. */
function otherTitle(event: Event, title: string): string[] {
  const words = wordsIn(event.title);
  if (title === '' || wordsIn(title).some((word) => words.includes(word))) return [];
  return [`Mötet i rapporten heter ”${title}”. Är det rätt möte?`];
}

function wordsIn(title: string): string[] {
  return title.toLowerCase().match(/\p{L}{5,}/gu) ?? [];
}
