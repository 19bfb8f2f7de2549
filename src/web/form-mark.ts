import type { Context } from '../base/context.ts';
import { isSigned, sign } from '../base/keys.ts';

/** The hidden field that says when a form was shown. */
export const markField = 'visad';

/** When a form is shown, signed, so that nobody can say another moment or use it for another subject (an event's id). */
export function formMark(subject: string, { now, settings }: Context): string {
  const moment = now.getTime().toString(36);
  const signature = sign('form mark', textOf(subject, moment), settings.secret);
  return `${moment}.${signature.toString('base64url')}`;
}

/**
 * The moment that a deadline is compared with when a form is sent: the moment when the form was shown, if that lies
 * within the grace time of the settings, so that a form that was begun in time is taken. Now if the mark is not
 * genuine.
 */
export function momentOfForm(mark: unknown, subject: string, { now, settings }: Context): Date {
  const [moment = '', signature = ''] = String(mark ?? '').split('.');
  const shown = parseInt(moment, 36);
  const given = Buffer.from(signature, 'base64url');
  const isOurs = isSigned('form mark', textOf(subject, moment), given, settings);
  if (!isOurs || shown > now.getTime()) return now;
  return new Date(Math.max(shown, now.getTime() - settings.graceMinutes * 60_000));
}

function textOf(subject: string, moment: string): string {
  return `form ${subject} ${moment}`;
}
