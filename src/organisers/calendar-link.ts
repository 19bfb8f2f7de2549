import { randomBytes } from 'node:crypto';
import { logAction } from '../audit/log.ts';
import type { Context } from '../base/context.ts';
import { transaction } from '../base/database.ts';
import { storedAs } from '../base/keys.ts';
import { paths } from '../base/paths.ts';
import { type Organiser, OrganiserModel } from './organiser.ts';

/**
 * Makes the link to an organiser's own calendar; an earlier link stops working.
 * @returns its address, with a secret part of 256 bits that is stored nowhere; undefined if the organiser has been
 * removed
 */
export async function makeCalendarLink(context: Context, organiser: string): Promise<string | undefined> {
  const token = randomBytes(32).toString('base64url');
  const link = { calendarToken: storedAs(token), calendarMadeAt: context.now };
  const found = await transaction(async () => {
    const before = await OrganiserModel.findByIdAndUpdate(organiser, { $set: link }).lean<Organiser>();
    const action = before?.calendarToken ? 'calendar.renewed' : 'calendar.made';
    if (before) await logAction(context, { authority: before.authority, action, about: '' });
    return before !== null;
  });
  return found ? context.settings.baseUrl + paths.ownCalendar(token) : undefined;
}

/** Ends the link to an organiser's own calendar; nothing happens where there is none. */
export async function removeCalendarLink(context: Context, organiser: string): Promise<void> {
  await transaction(async () => {
    const before = await OrganiserModel.findOneAndUpdate(
      { _id: organiser, calendarToken: { $exists: true } },
      { $unset: { calendarToken: 1, calendarMadeAt: 1 } },
    ).lean<Organiser>();
    if (!before) return;
    await logAction(context, { authority: before.authority, action: 'calendar.removed', about: '' });
  });
}

/** Whose calendar a link opens; null where it is unknown, has ended, or its organiser has been taken away. */
export async function findByCalendarLink(token: string): Promise<Organiser | null> {
  return OrganiserModel.findOne({ calendarToken: storedAs(token) }).lean<Organiser>();
}
