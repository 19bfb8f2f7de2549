import type { Types } from 'mongoose';
import type { Event } from '../events/event.ts';
import { byName, type Registration, RegistrationModel, swedish } from '../registrations/registration.ts';
import type { MeetingReport, ReportedMark } from './report.ts';

/** Somebody who had signed up for taking part online and is not in the report. */
export type Missing = Pick<Registration, '_id' | 'givenName' | 'familyName' | 'organisation' | 'present'>;

/**
 * Those with a seat online who are neither in the report nor marked as present. Anyone whose name stands at an account
 * that is still unsure is not among them.
 */
export async function missingIn(
  event: Event,
  { rows }: Pick<MeetingReport, 'rows'>,
  outcomes: ReportedMark[],
): Promise<Missing[]> {
  const unsure = rows.filter(({ registration }) => registration === null);
  const found = [
    ...outcomes.map(({ registration }) => registration),
    ...unsure.flatMap(({ candidates }) => candidates),
  ];
  return RegistrationModel.find(
    {
      ...{ event: event._id, status: 'confirmed', mode: 'digitalt' },
      present: { $in: [null, false] },
      _id: { $nin: found },
    },
    { givenName: 1, familyName: 1, organisation: 1, present: 1 },
  )
    .collation(swedish)
    .sort(byName)
    .lean<Missing[]>();
}

/** The registrations that a report may be about, by their ids. */
export async function peopleIn(
  { rows }: Pick<MeetingReport, 'rows'>,
  outcomes: ReportedMark[],
): Promise<Map<string, Registration>> {
  const ids = [
    ...rows.flatMap(({ candidates }) => candidates),
    ...outcomes.map(({ registration }) => registration),
  ];
  const found = await RegistrationModel.find({ _id: { $in: ids } }).lean<Registration[]>();
  return new Map(found.map((one) => [String(one._id), one]));
}

/** Who of an event has these addresses: the one with a seat, if somebody has cancelled and signed up again. */
export async function registeredWith(event: Event, emails: string[]): Promise<Map<string, Types.ObjectId>> {
  const wanted = { event: event._id, email: { $in: emails } };
  const found = await RegistrationModel.find(wanted, { email: 1, status: 1 }).lean();
  const order = ['cancelled', 'waiting', 'confirmed'];
  const known = found.toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
  return new Map(known.map(({ email, _id }) => [email, _id]));
}
