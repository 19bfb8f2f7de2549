/** Where the present moment comes from: the real clock when the application runs, a stopped one in tests. */
export type Clock = () => Date;

/** The machine's clock. The only place that reads the time. */
export const systemClock: Clock = () => new Date();
