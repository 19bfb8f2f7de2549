import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { type RequestHandler } from 'express';
import { paths } from '../../base/paths.ts';

const folder = join(import.meta.dirname, '../../../public');
const urls = new Map<string, string>();

/** The address of a file in public/, with a mark of its content so that browsers may keep it for a year. */
export function asset(name: string): string {
  const known = urls.get(name);
  if (known) return known;
  const mark = createHash('sha256')
    .update(readFileSync(join(folder, name)))
    .digest('base64url')
    .slice(0, 10);
  const url = `/${name}?v=${mark}`;
  urls.set(name, url);
  return url;
}

/** Serves public/. */
export const serveAssets: RequestHandler = express.static(folder, {
  maxAge: '365d',
  immutable: true,
  index: false,
});

/** The scripts of the entrance's pages. They have no mark in their addresses, so browsers ask whether they are new. */
export const serveScripts: RequestHandler = express.static(join(folder, 'entrance'), {
  cacheControl: false,
  index: false,
  // The service worker lies outside the pages that it is for (Service Workers, W3C, section "Service-Worker-Allowed").
  setHeaders: (res) => res.set({ 'Cache-Control': 'no-cache', 'Service-Worker-Allowed': paths.office() }),
});

/** The library with which they keep what has not been sent, as npm has it. */
export const serveLibrary: RequestHandler = (_req, res) => {
  res.set('Cache-Control', 'no-cache').sendFile(fileURLToPath(import.meta.resolve('idb')));
};
