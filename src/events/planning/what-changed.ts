import type { Change } from '../../audit/log.ts';
import { datesIn } from '../../texts/dates.ts';
import { entries } from '../details/details.ts';
import { detailsOf } from '../details/form.ts';
import type { Event, Session } from '../event.ts';

/** The longest value that the log repeats, in characters: of a longer text it says only that it changed. */
const longest = 200;

/** What the log says of a change: each field of the form with what it was and is, and each session of the programme. */
export function whatChanged(event: Event, change: Partial<Event>): { fields?: string[]; changes?: Change[] } {
  const [was, is] = [detailsOf(event), detailsOf({ ...event, ...change })];
  // What nobody had decided was as usual, and the form shows it so.
  const decided = entries.filter(([key]) => event[key] !== undefined);
  const changed = decided.flatMap(([, { fields, isPersonal = false }]) =>
    fields
      .map(({ name }) => ({ name, isPersonal, from: String(was[name] ?? ''), to: String(is[name] ?? '') }))
      .filter(({ from, to }) => from !== to),
  );
  const fields = changed.filter((one) => one.isPersonal).map(({ name }) => name);
  const open = changed.filter((one) => !one.isPersonal);
  const changes = [
    ...open.map(({ name, from, to }) => ({ field: name, ...shortOf(from, to) })),
    ...sessionChanges(event.sessions, change.sessions ?? event.sessions),
    ...fileChanges(event, { ...event, ...change }),
  ];
  return { ...(fields.length > 0 && { fields }), ...(changes.length > 0 && { changes }) };
}

function shortOf(from: string, to: string) {
  return from.length > longest || to.length > longest ? { from: '', to: '' } : { from, to };
}

/** Sessions that came, went or say something else, by their time and title. A speaker's name is not among it. */
function sessionChanges(before: Session[], after: Session[]): Change[] {
  const was = new Map(before.map((session) => [String(session._id), session]));
  const is = new Map(after.map((session) => [String(session._id), session]));
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((id) => {
    const [one, other] = [was.get(id), is.get(id)];
    if (JSON.stringify(one) === JSON.stringify(other)) return [];
    return { field: 'session', from: nameOf(one), to: nameOf(other) };
  });
}

/** The picture by its words, and the documents that came or went. */
function fileChanges(before: Event, after: Event): Change[] {
  const [was, is] = [before, after].map(({ downloads = [] }) => downloads.map(({ title }) => title));
  const isSame = before.picture?.hash === after.picture?.hash && before.picture?.alt === after.picture?.alt;
  const picture = { field: 'picture', from: before.picture?.alt ?? '', to: after.picture?.alt ?? '' };
  return [
    ...(isSame ? [] : [picture]),
    ...documentsLeft(was, is).map((title) => ({ field: 'document', from: title, to: '' })),
    ...documentsLeft(is, was).map((title) => ({ field: 'document', from: '', to: title })),
  ];
}

function documentsLeft(some: string[] = [], others: string[] = []): string[] {
  return some.filter((title) => !others.includes(title));
}

function nameOf(session: Session | undefined): string {
  if (!session) return '';
  return [datesIn('sv').sessionTime(session.start, session.end), session.title].filter(Boolean).join(' ');
}
