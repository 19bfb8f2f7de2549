import type { Request, Response } from 'express';
import { tidy } from '../../../base/form/cleaning.ts';
import { lookUp } from '../../../base/form/look-up.ts';
import { paths } from '../../../base/paths.ts';
import type { Event } from '../../../events/event.ts';
import { addressesIn, draftFromAddresses, draftFromFile } from '../../../meeting-reports/draft.ts';
import { type MeetingReport, savedReports } from '../../../meeting-reports/report.ts';
import { mostMegabytes, uploadIn } from '../../../web/files/upload.ts';
import { hasErrors } from '../../../web/forms.ts';
import { sendPage } from '../../../web/pages.ts';
import { stateOf } from '../../parts/event-state.ts';
import { ownEvent } from '../../parts/guard.ts';
import { asked } from '../../parts/query-string.ts';
import { closedFor, refusals } from './words.ts';

const done: Record<string, string> = {
  angrad: 'Rapporten är ångrad. Det som stod innan gäller igen.',
  kastad: 'Rapporten är kastad. Inget är markerat.',
};

/** The form for a report of the meeting, and the reports that have been read. */
export async function showReportForm(req: Request, res: Response): Promise<void> {
  await sendForm(res, await ownEvent(req, res), { done: lookUp(done, asked(req, 'klart')) });
}

/** Reads a report, or addresses that were pasted, and leads to what would be noted. Nobody is marked yet. */
export async function submitReport(req: Request, res: Response): Promise<void> {
  const event = await ownEvent(req, res);
  const addresses = tidy(req.body.addresses, true);
  const given = closedFor(event) ? undefined : await draftOf(req, res, event, addresses);
  if (given && '_id' in given) {
    const isRead = given.rows.length > 0;
    const to = isRead ? paths.meetingReport : paths.reportColumns;
    return res.redirect(303, to(event._id, given._id));
  }
  const status = given && 'file' in given && given.file === refusals.tooLarge ? 413 : 422;
  await sendForm(res, event, { errors: given ?? {}, values: { addresses } }, status);
}

type Wrong = { file: string } | { addresses: string };

async function draftOf(
  req: Request,
  res: Response,
  event: Event,
  addresses: string,
): Promise<MeetingReport | Wrong> {
  const { context } = res.locals;
  const upload = uploadIn(req, res, 'file');
  if (upload && 'problem' in upload) return { file: refusals[upload.problem] };
  if (upload) {
    const draft = await draftFromFile(context, event, upload.file);
    return 'refused' in draft ? { file: refusals[draft.refused] } : draft;
  }
  if (addresses === '') return { file: refusals.missing };
  const read = addressesIn(addresses);
  const [wrong] = read.wrong;
  if (wrong) return { addresses: `”${wrong}” är ingen e-postadress. Rätta den eller ta bort den` };
  if (read.addresses.length > 0) return draftFromAddresses(context, event, addresses);
  return { addresses: 'Skriv e-postadresser, till exempel namn@example.se, en på varje rad' };
}

type FormState = {
  errors?: Record<string, string>;
  values?: Record<string, string>;
  done?: string | undefined;
};

async function sendForm(
  res: Response,
  event: Event,
  { errors = {}, values = {}, done }: FormState,
  status = 200,
): Promise<void> {
  const page = {
    title: `Rapport från mötet: ${event.title}`,
    current: 'events',
    ...{ event, errors, values, done, mostMegabytes },
    state: stateOf(event, res.locals.now),
    closed: closedFor(event),
    saved: await savedReports(event._id),
    error: hasErrors({ errors }),
  };
  sendPage(res, 'office/attendance/reports/form', page, status);
}
