import { pino } from 'pino';

/** The running log, on standard error: ids, codes and what to do about it; never names, addresses or tokens. */
export const logger = pino({ level: 'info', base: undefined }, pino.destination(2));
