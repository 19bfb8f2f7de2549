import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type RequestHandler } from 'express';

const folder = join(import.meta.dirname, '../../public');
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
