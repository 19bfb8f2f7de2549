import type { Settings } from './settings.ts';

/** Who does something: a visitor with no account, an organiser, or the application itself. */
export type Actor = { organiser?: { id: string; name: string } };

/** The circumstances of whatever is done: when, by whom, with which settings. Made once for a request or a run of a job. */
export type Context = { now: Date; by: Actor; settings: Settings };
