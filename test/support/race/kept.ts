import { AuditModel } from '../../../src/audit/log.ts';
import { EventModel, modes } from '../../../src/events/event.ts';
import { MeetingReportModel } from '../../../src/meeting-reports/report.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { type Registration, RegistrationModel } from '../../../src/registrations/registration.ts';
import type { Mail } from '../mail/smtp.ts';

/** What was answered with yes: addresses that signed up, registrations marked as present, the addresses of each saved report. */
export type Acknowledged = { signedUp: string[]; marked: string[]; reported: string[][] };

/**
 * Holds what was acknowledged against the database that is connected and the mails that arrived.
 * @returns a sentence for each thing that was lost, doubled or half done
 */
export async function faultsIn(
  { signedUp, marked, reported }: Acknowledged,
  mails: Mail[],
): Promise<string[]> {
  const rows = await RegistrationModel.find({ email: /^kill\d+@/ }).lean();
  const present = await RegistrationModel.find({ present: true }).distinct('email');
  const isPresent = await RegistrationModel.find({ _id: { $in: marked } }).distinct('_id', { present: true });
  return [
    ...missing(
      signedUp,
      rows.map(({ email }) => email),
    ).map((one) => `${one} signed up and is not there.`),
    ...missing(marked, isPresent.map(String)).map((one) => `${one} was marked and is not.`),
    ...missing(reported.flat(), present).map((one) => `${one} was in a saved report and is not marked.`),
    ...(await doubledRows(rows)),
    ...(await wrongSeats()),
    ...(await wrongLetters(rows)),
    ...wrongMails(rows, mails),
    ...(await halfReports()),
  ];
}

function missing(wanted: string[], found: string[]): string[] {
  const there = new Set(found);
  return wanted.filter((one) => !there.has(one));
}

/** Registrations of one person, and entries in the log of one mark, that are there twice. */
async function doubledRows(rows: Registration[]): Promise<string[]> {
  const twice = (all: string[]) => all.filter((one, index) => all.indexOf(one) < index);
  const entries = await AuditModel.find({ action: 'attendance.present' }).lean();
  return [
    ...twice(rows.map(({ email }) => email)).map((one) => `${one} is registered twice.`),
    ...twice(entries.map(({ registration }) => String(registration))).map(
      (one) => `${one} was marked twice.`,
    ),
  ];
}

/** Events whose counters say something else than their registrations. */
async function wrongSeats(): Promise<string[]> {
  const events = await EventModel.find({ title: 'Dag att anmäla sig till' }).lean();
  const counted = events.flatMap(({ _id, taken, waiting }) =>
    modes.flatMap((mode) => [
      {
        what: `taken ${mode}`,
        says: taken[mode],
        rows: RegistrationModel.countDocuments({ event: _id, status: 'confirmed', mode }),
      },
      {
        what: `waiting ${mode}`,
        says: waiting[mode],
        rows: RegistrationModel.countDocuments({ event: _id, status: 'waiting', waitsFor: mode }),
      },
    ]),
  );
  const found = await Promise.all(counted.map(({ rows }) => rows));
  return counted.flatMap(({ what, says }, index) =>
    says === found[index] ? [] : `${what}: ${says}, and there are ${found[index]}.`,
  );
}

/** Registrations that have no letter, or more than one. */
async function wrongLetters(rows: Registration[]): Promise<string[]> {
  const letters = await LetterModel.find({ registration: { $in: rows.map(({ _id }) => _id) } }).lean();
  const number = Map.groupBy(letters, ({ registration }) => String(registration));
  return rows.flatMap(({ _id, email }) => {
    const { length } = number.get(String(_id)) ?? [];
    return length === 1 ? [] : `${email} is owed ${length} letters.`;
  });
}

/** People whom no mail has reached, or two that differ: one that is sent again after a kill is the same to the byte. */
function wrongMails(rows: Registration[], mails: Mail[]): string[] {
  const arrived = Map.groupBy(mails, ({ to }) => to[0]);
  return rows.flatMap(({ email }) => {
    const [first, ...again] = arrived.get(email) ?? [];
    if (!first) return `${email} has got no mail.`;
    return again.every(({ raw }) => raw.equals(first.raw)) ? [] : `${email} has got mails that differ.`;
  });
}

/** Saved reports of which not everybody is marked, and drafts that have marked somebody. */
async function halfReports(): Promise<string[]> {
  const reports = await MeetingReportModel.find().lean();
  const faults = await Promise.all(
    reports.map(async ({ _id, state, outcomes, rows }) => {
      const people = state === 'draft' ? rows : outcomes;
      const ids = people.flatMap(({ registration }) => registration ?? []);
      const present = await RegistrationModel.countDocuments({ _id: { $in: ids }, present: true });
      const wanted = state === 'draft' ? 0 : ids.length;
      return present === wanted ? [] : `The report ${_id} (${state}) has marked ${present} of ${ids.length}.`;
    }),
  );
  return faults.flat();
}
