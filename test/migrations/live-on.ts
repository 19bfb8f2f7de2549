import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { Db, ObjectId } from 'mongodb';
import { createApp } from '../../src/app.ts';
import { tokenOf } from '../../src/registrations/personal/links.ts';
import { startWorker } from '../../src/worker.ts';
import { startSmtp } from '../support/mail/smtp.ts';
import { testSettings } from '../support/settings.ts';

/** What of a mail ties it to others, and its bytes in base64. */
export type Left = { to: string; messageId: string; references: string; raw: string };

/** The moments at which letters by plan fall due of the event on 11 February 2027, the worker's stop being before the first. */
const moments = {
  afterTheStop: '2027-02-04T08:10:00Z',
  dayBefore: '2027-02-10T08:05:00Z',
  afternoonBefore: '2027-02-10T12:05:00Z',
  dayAfter: '2027-02-12T09:05:00Z',
};

/**
 * Lets the application live on from 4 to 12 February 2027 with what is in the database: somebody cancels, those who come
 * are marked. This file has run with the version that made the fixture, and runs with today's.
 * @returns every mail that has left, by address and Message-ID
 */
export async function liveOn(
  db: Db,
  { leaving, present }: { leaving: ObjectId; present: ObjectId[] },
): Promise<Left[]> {
  let [moment, since] = [moments.afterTheStop, performance.now()];
  const clock = () => new Date(Date.parse(moment) + performance.now() - since);
  const goTo = async (next: string) => {
    [moment, since] = [next, performance.now()];
    await quiet(db, next, clock);
  };
  const smtp = await startSmtp();
  const settings = { ...testSettings(), smtpUrl: smtp.url };
  const server = createApp({ settings, clock }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const worker = startWorker({ settings, clock });

  await quiet(db, moment, clock);
  const registrations = db.collection('registrations');
  const { email = '', event } =
    (await registrations.findOne<{ email: string; event: ObjectId }>({ _id: leaving })) ?? {};
  const token = tokenOf({ _id: leaving, email }, settings.secret);
  await fetch(`http://127.0.0.1:${port}/anmalan/${token}/avboka`, { method: 'POST', redirect: 'manual' });
  await goTo(moments.dayBefore);
  await goTo(moments.afternoonBefore);
  await registrations.updateMany({ event, status: 'confirmed' }, { $set: { present: false } });
  await registrations.updateMany({ _id: { $in: present } }, { $set: { present: true } });
  await goTo(moments.dayAfter);

  await worker.stop();
  server.close();
  server.closeAllConnections();
  await smtp.close();
  return smtp.mails.map(leftOf).toSorted((a, b) => order(a).localeCompare(order(b)));
}

/** Waits until the worker has looked at its plan since this moment and nothing is left to send. */
async function quiet(db: Db, moment: string, clock: () => Date): Promise<void> {
  for (;;) {
    await setTimeout(50);
    const look = await db.collection<{ _id: string; at: Date }>('looks').findOne({ _id: 'plan' });
    const soon = new Date(+clock() + 10_000);
    const due = await db.collection('letters').countDocuments({ dueAt: { $lte: soon } });
    const unfinished = await db.collection('mailings').countDocuments({ state: 'sent', doneAt: null });
    if (look && look.at >= new Date(moment) && due === 0 && unfinished === 0) return;
  }
}

function leftOf({ to, raw }: { to: string[]; raw: Buffer }): Left {
  const head =
    raw
      .toString()
      .split('\r\n\r\n', 1)[0]
      ?.replace(/\r\n[ \t]+/g, ' ') ?? '';
  const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1] ?? '';
  const references = [header('References'), header('In-Reply-To')].join(' / ');
  return { to: to.join(), messageId: header('Message-ID'), references, raw: raw.toString('base64') };
}

function order({ to, messageId }: Left): string {
  return `${to} ${messageId}`;
}
