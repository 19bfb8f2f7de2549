import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { MongoClient } from 'mongodb';
import type { Event } from '../../src/events/event.ts';
import type { Letter } from '../../src/outbox/letter.ts';
import type { Registration } from '../../src/registrations/registration.ts';
import { firstLine, run } from '../bench/processes.ts';
import { ordinaryEvent } from '../support/builders.ts';
import { type Smtp, startSmtp } from '../support/mail/smtp.ts';
import { freePort } from '../support/processes/main-process.ts';
import { signUpAll } from '../support/race/sign-ups.ts';

type Service = { url: string; stop(): Promise<void> };

const CARELESS = `--import=${import.meta.resolve('../support/race/carelessly.ts')}`;
const DAY = 24 * 3_600_000;

/**
 * Every process of the service is web and worker. Visitors are sent to two of them, and the third, which nobody visits,
 * is the worker alone.
 */
describe('two web processes and a worker on one embedded database', function () {
  this.timeout(60_000);
  let folder: string;
  let database: ReturnType<typeof run>;
  let uri: string;
  let client: MongoClient;
  let smtp: Smtp;
  let services: Service[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'boostdagar-processes-'));
    services = [];
    smtp = await startSmtp();
    database = run('src/programs/database.ts', { DATA_DIR: folder });
    uri = await firstLine(database);
    client = await new MongoClient(uri).connect();
  });

  afterEach(async () => {
    await stopServices();
    await client.close();
    await database.stop();
    await smtp.close();
    rmSync(folder, { recursive: true });
  });

  async function openService(settings: Record<string, string> = {}): Promise<void> {
    const port = await freePort();
    const service = run('src/main.ts', {
      MONGODB_URI: uri,
      SMTP_URL: smtp.url,
      PORT: String(port),
      DATA_DIR: folder,
      SECRET: 'one secret for all of the processes',
      EXAMPLE_DATA: 'false',
      RATE_LIMIT: 'off',
      ...settings,
    });
    services.push({ url: `http://127.0.0.1:${port}`, stop: service.stop });
    await firstLine(service);
  }

  async function stopServices(): Promise<void> {
    await Promise.all(services.splice(0).map((service) => service.stop()));
  }

  const rowsOf = <T extends object>(name: string) => client.db().collection<T>(name).find().toArray();

  /** A day in a month with 20 seats. */
  async function anEventOfNow(): Promise<Event> {
    const [start, closesAt] = [30, 20].map((days) => new Date(Date.now() + days * DAY));
    const end = new Date(Date.now() + 31 * DAY);
    const event = {
      ...ordinaryEvent(),
      start,
      end,
      closesAt,
      sessions: [],
      seats: { plats: 20, digitalt: 0 },
    } as Event;
    await client.db().collection<Event>('events').insertOne(event);
    return event;
  }

  /** 60 people at once, half of them at each of the first two services. @returns what they were answered */
  async function race({ slug }: Event): Promise<number[]> {
    const people = (service: number) => Array.from({ length: 30 }, (_, n) => `hus${service}-${n}`);
    const answers = services.slice(0, 2).map(({ url }, service) => signUpAll(url, slug, people(service)));
    return (await Promise.all(answers)).flat();
  }

  it('give 60 people 20 seats, and each of the 20 one letter', async () => {
    await Promise.all([openService(), openService(), openService()]);
    const event = await anEventOfNow();
    const answers = Map.groupBy(await race(event), (status) => status);
    expect(Array.from(answers, ([status, { length }]) => [status, length])).to.have.deep.members([
      [303, 20],
      [422, 40],
    ]);
    const [{ taken } = event] = await rowsOf<Event>('events');
    expect(taken.plats).to.equal(20);
    const registered = (await rowsOf<Registration>('registrations')).map(({ email }) => email);
    expect(new Set(registered)).to.have.length(20);
    await smtp.received(20);
    await stopServices();
    expect((await rowsOf<Letter>('letters')).map(({ state }) => state)).to.deep.equal(Array(20).fill('sent'));
    expect(smtp.mails.flatMap(({ to }) => to)).to.have.members(registered);
  });

  it('would give more than there are if they looked at the seat first and counted it afterwards', async () => {
    const careless = { NODE_OPTIONS: CARELESS };
    await Promise.all([openService(careless), openService(careless)]);
    await race(await anEventOfNow());
    expect((await rowsOf('registrations')).length).to.be.above(20);
  });
});
