import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context } from '../base/context.ts';

/** The hidden field that says when a form was shown. */
export const markField = 'visad';

/** When a form is shown, signed, so that nobody can say another moment or use it for another subject (an event's id). */
export function formMark(subject: string, { now, settings }: Context): string {
  const moment = now.getTime().toString(36);
  return `${moment}.${mac(subject, moment, settings.secret)}`;
}

/**
 * The moment that a deadline is compared with when a form is sent: the moment when the form was shown, if that lies
 * within the grace time of the settings, so that a form that was begun in time is taken. Now if the mark is not
 * genuine.
 */
export function momentOfForm(mark: unknown, subject: string, { now, settings }: Context): Date {
  const [moment = '', signature = ''] = String(mark ?? '').split('.');
  const shown = parseInt(moment, 36);
  if (!isSame(signature, mac(subject, moment, settings.secret)) || shown > now.getTime()) return now;
  return new Date(Math.max(shown, now.getTime() - settings.graceMinutes * 60_000));
}

function mac(subject: string, moment: string, secret: string): string {
  return createHmac('sha256', secret).update(`form ${subject} ${moment}`).digest('base64url');
}

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
