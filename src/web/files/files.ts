import type { Request, Response } from 'express';

/** A file with personal data in it: its name and type, and the page that offers it. */
type PersonalFile = { name: string; type: string; page: string };

/**
 * Sends a file that holds personal data to somebody who asks for it here. A HEAD gets only what the file is called, and
 * a link on another site leads to the page that offers the file.
 * @param write makes the file, and notes that it was fetched if that is to be noted
 */
export async function sendPersonalFile(
  req: Pick<Request, 'get' | 'method'>,
  res: Response,
  { name, type, page }: PersonalFile,
  write: () => Promise<string>,
): Promise<void> {
  const site = req.get('Sec-Fetch-Site');
  if (site === 'cross-site' || site === 'same-site') return res.redirect(303, page);
  res.attachment(name).type(type);
  if (req.method === 'HEAD') res.end();
  else res.send(await write());
}
