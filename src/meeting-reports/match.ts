import type { Registration } from '../registrations/registration.ts';
import { nameKeys } from './reading/names.ts';
import type { Attendee } from './reading/people.ts';
import { combined } from './reading/stays.ts';

/** Somebody who is registered for the event, with whom a report is compared. */
export type Known = Pick<Registration, 'email' | 'givenName' | 'familyName' | 'status'> & { id: string };

/**
 * How an account was recognised. Only an address settles who it is. A name alone never does: it makes the account
 * unsure, with everybody of that name as a candidate.
 */
export type Recognition = 'address' | 'name' | 'none';

/** An account of a report, and who it may be: ids of registrations. */
export type MatchedAttendee = Attendee & { by: Recognition; candidates: string[] };

/** A matched report; of unsure and unknown accounts those are kept who were there longest. */
export type Matched = { rows: MatchedAttendee[]; unknown: number; unsure: number };

/** More unsure accounts, and as many unknown ones, are not kept: nobody goes through them one by one. */
const mostKept = 1_000;

/** Compares the accounts of a report with the people of an event. Accounts of one registration become one row. */
export function match(attendees: Attendee[], known: Known[]): Matched {
  const recognise = recogniser(known);
  const found = attendees.map((one) => ({ ...one, ...recognise(one) }));
  const longestFirst = found.toSorted((a, b) => (b.seconds ?? 0) - (a.seconds ?? 0));
  const of = (by: Recognition) => longestFirst.filter((row) => row.by === by);
  const [unsure, unknown] = [of('name'), of('none')];
  return {
    rows: [...together(of('address')), ...unsure.slice(0, mostKept), ...unknown.slice(0, mostKept)],
    unsure: unsure.length,
    unknown: unknown.length,
  };
}

/** Recognises an account by its address, then by the name that it signs in with, then by its name. */
function recogniser(known: Known[]): (attendee: Attendee) => Pick<MatchedAttendee, 'by' | 'candidates'> {
  const byAddress = new Map(inOrderOfStatus(known).map((one) => [one.email, one.id]));
  const seated = known.filter(({ status }) => status === 'confirmed');
  const byName = Map.groupBy(
    seated.flatMap((one) =>
      nameKeys(`${one.givenName} ${one.familyName}`).map((key) => ({ key, id: one.id })),
    ),
    ({ key }) => key,
  );
  return ({ email, upn, name }) => {
    const id = byAddress.get(email ?? '') ?? byAddress.get(upn ?? '');
    if (id) return { by: 'address', candidates: [id] };
    const named = nameKeys(name).flatMap((key) => byName.get(key) ?? []);
    const candidates = [...new Set(named.map((one) => one.id))];
    return { by: candidates.length > 0 ? 'name' : 'none', candidates };
  };
}

/** An address may have cancelled and signed up again: the one with a seat comes last, and counts. */
function inOrderOfStatus(known: Known[]): Known[] {
  const order = ['cancelled', 'waiting', 'confirmed'];
  return known
    .filter(({ email }) => email)
    .toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
}

function together(rows: MatchedAttendee[]): MatchedAttendee[] {
  return [...Map.groupBy(rows, ({ candidates }) => candidates[0]).values()].map((group) => {
    const [first] = group as [MatchedAttendee];
    return { ...first, ...combined(group), joins: group.reduce((sum, { joins }) => sum + joins, 0) };
  });
}
