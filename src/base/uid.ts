import { randomUUID } from 'node:crypto';

/** The identity of a new calendar entry, on our own domain (RFC 7986, 5.3). */
export function newUid(mailFrom: string): string {
  return `${randomUUID()}@${mailFrom.split('@')[1]}`;
}
