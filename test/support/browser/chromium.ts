import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sparticuz from '@sparticuz/chromium';

/**
 * Where the browser is, unpacked if it was not. Two processes must not unpack it at the same time. The package unpacks it
 * into the temporary folder, which is new for each run: it gets a lasting one instead.
 */
export async function browserPath(): Promise<string> {
  const TMPDIR = tmpdir();
  process.env.TMPDIR = join(import.meta.dirname, '../../../node_modules/.cache/chromium');
  mkdirSync(process.env.TMPDIR, { recursive: true });
  try {
    return await sparticuz.executablePath();
  } finally {
    process.env.TMPDIR = TMPDIR;
  }
}
