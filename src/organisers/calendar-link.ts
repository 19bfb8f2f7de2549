import { randomBytes } from 'node:crypto';
import { note } from '../audit/log.ts';
import type { Act } from '../base/context.ts';
import { transaction } from '../base/database.ts';
import { paths } from '../base/paths.ts';
import { type Organiser, OrganiserModel } from './organiser.ts';
import { storedAs } from './sign-in-link.ts';

/**
 * Makes the link to an organiser's own calendar; an earlier link stops working.
 * @returns its address, with a secret part of 256 bits that is stored nowhere; undefined if the organiser has been
 * removed
 */
export async function makeCalendarLink(act: Act, organiser: string): Promise<string | undefined> {
  const token = randomBytes(32).toString('base64url');
  const link = { calendarToken: storedAs(token), calendarMadeAt: act.now };
  const found = await transaction(async (session) => {
    const before = await OrganiserModel.findByIdAndUpdate(
      organiser,
      { $set: link },
      { session },
    ).lean<Organiser>();
    const deed = before?.calendarToken ? 'calendar.renewed' : 'calendar.made';
    if (before) await note(act, { authority: before.authority, deed, about: '' }, session);
    return before !== null;
  });
  return found ? act.settings.baseUrl + paths.ownCalendar(token) : undefined;
}

/** Ends the link to an organiser's own calendar; nothing happens where there is none. */
export async function removeCalendarLink(act: Act, organiser: string): Promise<void> {
  await transaction(async (session) => {
    const before = await OrganiserModel.findOneAndUpdate(
      { _id: organiser, calendarToken: { $exists: true } },
      { $unset: { calendarToken: 1, calendarMadeAt: 1 } },
      { session },
    ).lean<Organiser>();
    if (!before) return;
    await note(act, { authority: before.authority, deed: 'calendar.removed', about: '' }, session);
  });
}

/** Whose calendar a link opens; null where it is unknown, has ended, or its organiser has been taken away. */
export async function findByCalendarLink(token: string): Promise<Organiser | null> {
  return OrganiserModel.findOne({ calendarToken: storedAs(token) }).lean<Organiser>();
}
