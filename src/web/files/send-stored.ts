import type { Response } from 'express';

/** A file by its content, as it is stored. */
type SentFile = { type: string; bytes: Buffer };

/** Nothing in a file may act in our name, if a browser should show it. */
const policy = "default-src 'none'; sandbox; frame-ancestors 'none'";

/** Answers with a picture; the type is the one that its bytes were found to have. @param isPublic whether caches may keep it: its address names its content */
export function sendPicture(res: Response, { type, bytes }: SentFile, isPublic: boolean): void {
  const cache = isPublic ? 'public, max-age=31536000, immutable' : 'no-store';
  res.set({ 'Cache-Control': cache, 'Content-Security-Policy': policy }).type(type).send(bytes);
}

/** Answers with a document, which a browser saves and does not show. */
export function sendDocument(
  res: Response,
  { type, bytes }: SentFile,
  name: string,
  isPublic: boolean,
): void {
  const cache = isPublic ? 'public, max-age=31536000, immutable' : 'no-store';
  res.set({ 'Cache-Control': cache, 'Content-Security-Policy': policy });
  res.attachment(name).type(type).send(bytes);
}
