import type { Context } from '../../src/base/context.ts';
import type { Settings } from '../../src/base/settings.ts';
import { testSettings } from './settings.ts';

/** A visitor's act at this moment, in a service that sends letters; `settings` changes it. */
export function visitorAt(now: Date | string, settings: Partial<Settings> = {}): Context {
  const sending = { smtpUrl: 'smtp://post.example.se' };
  return { now: new Date(now), by: {}, settings: { ...testSettings(), ...sending, ...settings } };
}

/** The same by an organiser. */
export function organiserAt(now: Date | string, settings: Partial<Settings> = {}): Context {
  const organiser = { id: '65f0000000000000000000b0', name: 'Maja Lindgren' };
  return { ...visitorAt(now, settings), by: { organiser } };
}
