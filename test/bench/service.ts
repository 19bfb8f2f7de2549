import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Authority, findAuthority } from '../../src/authorities/authority.ts';
import { ensureReferenceData } from '../../src/authorities/reference.ts';
import type { Context } from '../../src/base/context.ts';
import { buildIndexes, connectDatabase, disconnectDatabase } from '../../src/base/database.ts';
import { readSettings } from '../../src/base/settings.ts';
import { type Event, EventModel } from '../../src/events/event.ts';
import { createEvent } from '../../src/events/planning/create.ts';
import type { Person } from '../../src/registrations/registration.ts';
import { openStore } from '../../src/store/open.ts';

export type Service = { context: Context; authority: Authority; close(): Promise<void> };

/** A database of its own in this folder (on the disk that the product would use, not in memory), with a county board. */
export async function openService(environment: Record<string, string> = {}): Promise<Service> {
  const dataDir = mkdtempSync(join(process.cwd(), '.bench-'));
  const store = await openStore({ dataDir });
  await connectDatabase(store.uri);
  await buildIndexes();
  await ensureReferenceData();
  const authority = await findAuthority('05');
  if (!authority) throw new Error('The reference data is missing.');
  const settings = readSettings({ DATA_DIR: dataDir, RATE_LIMIT: 'off', ...environment });
  const close = async () => {
    await disconnectDatabase();
    await store.close();
    rmSync(dataDir, { recursive: true });
  };
  return { context: { now: new Date(), by: {}, settings }, authority, close };
}

/** A published event with sign-up open and room for `seats`. */
export async function openEvent(
  { context, authority }: Service,
  title: string,
  seats: number,
): Promise<Event> {
  const day = 24 * 3600_000;
  const after = (days: number) => new Date(context.now.getTime() + days * day);
  const event = await createEvent(context, authority._id, {
    ...{
      title,
      kind: 'boostdag',
      factors: ['skola'],
      start: after(30),
      end: after(30.1),
      opensAt: null,
      closesAt: after(20),
      changeUntil: null,
      cancelUntil: null,
    },
    ...{
      venue: 'Sal Roxen',
      address: 'Linköping',
      meetingLink: '',
      seats: { plats: seats, digitalt: 0 },
      queueHours: 24,
      cost: 'Kostnadsfritt',
    },
    ...{ audience: 'Alla', summary: 'En inbjudan.', highlights: [], accessibility: 'Hörslinga.' },
    ...{ contactName: 'Maja Lindgren', contactEmail: 'maja@example.se', contactPhone: '010-000 00 00' },
  });
  await EventModel.updateOne({ _id: event._id }, { $set: { state: 'published', publishedAt: context.now } });
  return event;
}

/** The n-th visitor. */
export function visitor(number: number): Person {
  const name = { givenName: 'Åsa', familyName: 'Öberg', email: `asa.oberg.${number}@example.se` };
  return {
    ...name,
    organisation: 'Motala kommun',
    municipality: '0583',
    role: 'chef',
    mode: 'plats',
    language: 'sv',
  };
}
