import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestApp } from './app.ts';
import type { Browser } from './requests/sign-in.ts';

/** A report of Teams or Zoom as it lies among the samples. */
export function sample(name: string): Buffer {
  return readFileSync(join(import.meta.dirname, '../meeting-reports/samples', name));
}

/** A file of Zoom with these rows; the rest of each is the same. */
export function zoomFile(rows: [name: string, email: string, from: string, to: string][]): Buffer {
  const lines = rows.map(([name, email, from, to]) => {
    const at = (time: string) => `02/11/2027 ${time}:00 AM`;
    return `${name},${email},${at(from)},${at(to)},,Yes`;
  });
  const head = 'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest';
  return Buffer.from([head, ...lines, ''].join('\r\n'));
}

/** Sends a report's file with the form's token, as a browser does. @param more fields of the form beside it */
export async function upload(
  app: TestApp,
  { cookie, csrf }: Browser,
  path: string,
  file: Uint8Array | undefined,
  more: Record<string, string> = {},
): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ csrf, ...more })) form.set(name, value);
  if (file) form.set('file', new Blob([new Uint8Array(file)]), 'Närvaro.csv');
  return fetch(app.url + path, { method: 'POST', body: form, headers: { cookie }, redirect: 'manual' });
}
