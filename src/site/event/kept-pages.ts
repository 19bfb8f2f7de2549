import type { Response } from 'express';
import type { Stored } from '../../base/database.ts';
import type { Event } from '../../events/event.ts';

/** The page of an event in two parts, between which stands what each reader gets anew. */
export type Page = { event: Pick<Event, '_id'>; before: Buffer; after: Buffer };

type Kept = { stored: Buffer; minute: number; page: Page };

/** So many pages are kept, those that were asked for last. A page has some 15 kB. */
const most = 200;

const kept = new Map<string, Kept>();

/**
 * The page of what is stored at an address, rendered once in a minute as long as that is the same: in a rush everybody
 * reads the same page. What is stored is read for each request, so anyone who saves sees the new page at once,
 * whichever process it was. Nothing on such a page depends on less than a minute.
 */
export async function keptPage(res: Response, stored: Stored, render: () => Promise<Page>): Promise<Page> {
  const { now, lang, context } = res.locals;
  const minute = Math.floor(now.getTime() / 60_000);
  const address = `${context.settings.baseUrl} ${lang} ${res.req.path}`;
  const known = kept.get(address);
  const isSame = known?.minute === minute && known.stored.equals(stored);
  const one = isSame ? known : { stored: Buffer.from(stored), minute, page: await render() };
  kept.delete(address);
  kept.set(address, one);
  for (const oldest of kept.keys()) if (kept.size > most) kept.delete(oldest);
  return one.page;
}
