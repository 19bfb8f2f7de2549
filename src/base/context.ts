import type { Settings } from './settings.ts';

/**
 * Who does something: a visitor with no account, of whom only the network is known that the request came from, an
 * organiser, somebody without an account who helps at an entrance (`helper`: the name), or the application itself. The network is kept nowhere; what is counted of it stands under a keyed hash.
 */
export type Actor = { organiser?: { id: string; name: string }; helper?: string; network?: string };

/** The circumstances of whatever is done: when, by whom, with which settings. Made once for a request or a run of a job. */
export type Context = { now: Date; by: Actor; settings: Settings };
