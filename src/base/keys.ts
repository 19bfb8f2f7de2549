import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Settings } from './settings.ts';

/** SECRET, and the one before it while what was signed with that one is still about. */
export type Secrets = Pick<Settings, 'secret'> & Partial<Pick<Settings, 'secretBefore'>>;

/** What is signed, and how many bytes its signature has. A new purpose needs only a line here. */
const purposes = {
  'personal link': 18,
  'digital door': 18,
  'check-in': 18,
  'speaker link': 18,
  'form mark': 32,
  'return address': 12,
  'unsubscribe address': 12,
  'sign-up network': 18,
} as const;
export type Purpose = keyof typeof purposes;

/** The number of bytes that `sign` gives for a purpose. */
export function signatureLength(purpose: Purpose): number {
  return purposes[purpose];
}

/** Signs a text for one purpose. A signature made for another purpose, or with another secret, is no use here. */
export function sign(purpose: Purpose, text: string, secret: string): Buffer {
  return mac(text, keyFor(purpose, secret), purpose);
}

/**
 * True if the text was signed for this purpose with SECRET or SECRET_BEFORE. Until keys were derived for each purpose,
 * SECRET itself was the key: what was signed then is still in people's mailboxes and counts as well.
 */
export function isSigned(purpose: Purpose, text: string, given: Uint8Array, secrets: Secrets): boolean {
  if (given.length !== purposes[purpose]) return false;
  const keys = secretsIn(secrets).flatMap((secret) => [keyFor(purpose, secret), secret]);
  return keys.some((key) => timingSafeEqual(given, mac(text, key, purpose)));
}

/** The keys of the session cookie: the first signs, and what any of them has signed counts. */
export function cookieKeys(secrets: Secrets): string[] {
  return secretsIn(secrets).map((secret) => keyFor('session cookie', secret).toString('base64url'));
}

/** A text that must not be kept as it is, such as an address on the net, so that it can only be compared. */
export function fingerprint(text: string, { secret }: Pick<Settings, 'secret'>): string {
  return createHmac('sha256', keyFor('fingerprint', secret)).update(text).digest('base64url');
}

/** Under what a random token of 256 bits is stored: its SHA-256, hex. */
export function storedAs(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function secretsIn({ secret, secretBefore }: Secrets): string[] {
  return secretBefore ? [secret, secretBefore] : [secret];
}

function mac(text: string, key: string | Buffer, purpose: Purpose): Buffer {
  return createHmac('sha256', key).update(text).digest().subarray(0, purposes[purpose]);
}

const derived = new Map<string, Buffer>();

/** A key of 256 bits for one purpose (HKDF, RFC 5869): who learns one of them learns no other, and not SECRET. */
function keyFor(purpose: Purpose | 'session cookie' | 'fingerprint', secret: string): Buffer {
  const name = `${purpose} ${secret}`;
  const key = derived.get(name) ?? Buffer.from(hkdfSync('sha256', secret, '', `boostdagar ${purpose}`, 32));
  derived.set(name, key);
  return key;
}
