import { isSigned, type Purpose, type Secrets, sign, signatureLength } from './keys.ts';

/** What a token is made for: the id of a record in hex, and the text that tells whose it is and what it opens. */
export type TokenSubject = { id: string; text: string };

const idBytes = 12;

/** Some programs leave a - or _ at its end out of a link, so a token does not end in one. */
const closing = 'A';

/**
 * A token that opens one record: its id, and an HMAC of its text with the application's secret. Nothing of it is stored,
 * and letters can be written again with the same link.
 */
export function tokenFor({ id, text }: TokenSubject, purpose: Purpose, secret: string): string {
  const token = Buffer.concat([Buffer.from(id, 'hex'), sign(purpose, text, secret)]).toString('base64url');
  return token.replace(/[-_]$/, `$&${closing}`);
}

/** The id in a token, in hex; the token may be made up. Undefined for what cannot be a token. */
export function idInToken(token: string, purpose: Purpose): string | undefined {
  return asSigned(token, purpose)[0]?.subarray(0, idBytes).toString('hex');
}

/** True if the token was made of this text. */
export function isTokenFor(text: string, token: string, purpose: Purpose, secrets: Secrets): boolean {
  return asSigned(token, purpose).some((bytes) => isSigned(purpose, text, bytes.subarray(idBytes), secrets));
}

/** What a token may be as it was signed: without its closing, or with the end that a program has left out. */
function asSigned(token: string, purpose: Purpose): Buffer[] {
  const length = idBytes + signatureLength(purpose);
  const lacking = Math.ceil((length * 4) / 3) - token.length;
  const whole = lacking === -1 && /[-_]A$/.test(token) ? token.slice(0, -1) : token;
  return (lacking === 1 ? [`${token}-`, `${token}_`] : [whole]).flatMap((text) => {
    const bytes = Buffer.from(text, 'base64url');
    return bytes.length === length && bytes.toString('base64url') === text ? [bytes] : [];
  });
}
