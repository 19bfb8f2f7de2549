import type { Settings } from './settings.ts';

/** Who does something: a visitor with no account, an organiser, or the house itself. */
export type Actor = { organiser?: { id: string; name: string } };

/** The circumstances of whatever is done: when, by whom, in which house. Made once for a request or a tick. */
export type Context = { now: Date; by: Actor; settings: Settings };
