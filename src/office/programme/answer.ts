import type { Request, Response } from 'express';
import type { FormValues } from '../../base/form/merging.ts';
import { paths } from '../../base/paths.ts';
import type { Event, Session } from '../../events/event.ts';
import type { Saved } from '../../speakers/programme.ts';
import { sendEditConflict } from '../parts/edit-conflict.ts';
import { withQuery } from '../parts/query-string.ts';
import { answersOf, comparedIn } from './answers.ts';
import { sendProgramme } from './page.ts';

/** The event, and the session that its form changes. */
export type Chosen = { event: Event; session: Session | undefined };

/** What does not fit together of two edits: `both` names the fields that both have changed, `misfits` says why. */
export type Misfit = { typed: FormValues; both?: string[]; misfits?: string[] };

const refusals = {
  cancelled: 'Evenemanget är inställt, så programmet går inte att ändra.',
  lastSession:
    'Ett publicerat evenemang behöver minst en programpunkt. Lägg till en ny innan du tar bort den här.',
};

/** `session`: the one that was changed, if it is not a new one. `theirs`: what somebody else had changed meanwhile. */
type SessionWritten = { session?: Session | undefined; id?: Session['_id'] | undefined; theirs?: string[] };

/** Back to the list, at the row that was written, or why not: a rule forbids it, or somebody saved in between. */
export async function answer(
  req: Request,
  res: Response,
  saved: Saved,
  { session, id = session?._id, theirs = [] }: SessionWritten,
): Promise<void> {
  if ('refused' in saved && saved.refused !== 'conflict')
    return sendProgramme(res, saved.event, { session, errors: { start: refusals[saved.refused] } });
  if ('refused' in saved) return sendSessionConflict(req, res, { event: saved.event, session });
  const isThere = saved.sessions.some((one) => id?.equals(one._id));
  const klart = req.body.remove === undefined ? 'sparat' : 'borttaget';
  const after = isThere && !session ? String(id) : undefined;
  const row = isThere ? `#rad-${id}` : '#program';
  const samtidigt = theirs.join(',') || undefined;
  res.redirect(303, withQuery(paths.programme(saved._id), { klart, after, samtidigt }) + row);
}

/** Somebody saved in between: what stands now beside what was typed. */
export function sendSessionConflict(
  req: Request,
  res: Response,
  { event, session }: Chosen,
  { typed: merged, ...found }: Misfit = { typed: {} },
): void {
  const stands = session && event.sessions.find((one) => one._id.equals(session._id));
  // A part that somebody took away comes back as a new one, if the organiser so chooses.
  const { session: key, ...typed } = { ...req.body, ...merged };
  const sent = stands ? { ...typed, session: key } : typed;
  const now = stands ? answersOf(stands) : {};
  const { version } = event;
  const fields = comparedIn(event);
  sendEditConflict(res, {
    action: paths.programme(event._id),
    fields,
    now,
    typed: sent,
    version,
    event,
    ...found,
  });
}
