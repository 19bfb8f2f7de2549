import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { paths } from '../../../src/base/paths.ts';
import type { Event } from '../../../src/events/event.ts';
import { RegistrationModel } from '../../../src/registrations/registration.ts';
import { inDatabase, makeData, writeEvent, writePeople } from '../../bench/data.ts';
import { type Smtp, startSmtp } from '../mail/smtp.ts';
import { freePort, type Run, said, startMain } from '../processes/main-process.ts';
import { type Browser, browser, cookieOf, tokenIn } from '../requests/sign-in.ts';
import { type Acknowledged, faultsIn } from './kept.ts';
import { signUp } from './sign-ups.ts';

const hour = 3600_000;

/**
 * An application that is killed and started again while people sign up, attendance is marked, and reports of a meeting are
 * saved, with a mail server beside it. What it has answered with yes is held against its data in the end.
 */
export class Killing {
  readonly acknowledged: Acknowledged = { signedUp: [], marked: [], reported: [] };
  readonly #folder = mkdtempSync(join(tmpdir(), 'boostdagar-kill-'));
  readonly #smtp: Smtp;
  /** An event to sign up for, with few seats, and one that goes on now, with people to mark. */
  #open = '';
  #today = '';
  #toMark: string[] = [];
  #toReport: string[] = [];
  #cookie = '';
  #number = 0;

  private constructor(smtp: Smtp) {
    this.#smtp = smtp;
  }

  static async begin(): Promise<Killing> {
    const killing = new Killing(await startSmtp());
    await makeData(killing.#folder, async (place) => {
      const now = +place.context.now;
      const seats = { plats: 60, digitalt: 60 };
      killing.#open = (await writeEvent(place, 'Dag att anmäla sig till', 30, { seats })).slug;
      const times = { start: new Date(now - hour), end: new Date(now + 8 * hour) };
      const today = await writeEvent(place, 'Dag som pågår', 0, times);
      await writePeople(place, today, 2_000);
      killing.#today = String(today._id);
      await killing.#choosePeople(today);
    });
    return killing;
  }

  async #choosePeople({ _id: event }: Event): Promise<void> {
    const people = await RegistrationModel.find({ event, present: null }).lean();
    this.#toMark = people.filter(({ mode }) => mode === 'plats').map(({ _id }) => String(_id));
    this.#toReport = people.filter(({ mode }) => mode === 'digitalt').map(({ email }) => email);
  }

  /** A life of the application, which `kill -9` ends in the middle, so many milliseconds after some work of each kind. */
  async round(milliseconds: number): Promise<void> {
    const { run, url, organiser } = await this.#start();
    const before = this.#done();
    const lanes = [
      ...Array.from({ length: 6 }, () => this.#signUps(url)),
      ...Array.from({ length: 2 }, () => this.#marks(organiser)),
      this.#reports(organiser),
    ];
    const work = Promise.all(lanes);
    work.catch(() => {});
    const isIdle = () => this.#done().some((number, kind) => number === before[kind] && this.#isLeft(kind));
    // What goes wrong before the end is thrown at once.
    while (isIdle()) await Promise.race([setTimeout(20), work]);
    await Promise.race([setTimeout(milliseconds), work]);
    run.child.kill('SIGKILL');
    await run.ended;
    // A request that the end cuts off fails as `fetch failed`.
    for (const lane of await Promise.allSettled(lanes))
      if (lane.status === 'rejected' && !(lane.reason instanceof TypeError)) throw lane.reason;
  }

  #done(): number[] {
    return Object.values(this.acknowledged).map(({ length }) => length);
  }

  /** Anybody can sign up; whom to mark and whom to report come to an end. */
  #isLeft(kind: number): boolean {
    return [true, this.#toMark.length > 0, this.#toReport.length > 0][kind] ?? false;
  }

  /** A last life, in which the application sends what it owes, and ends in good order. */
  async finish(): Promise<void> {
    const { run } = await this.#start();
    const hasArrived = (address: string) => this.#smtp.mails.some(({ to }) => to.includes(address));
    while (!this.acknowledged.signedUp.every(hasArrived)) await setTimeout(100);
    run.child.kill('SIGTERM');
    await run.ended;
  }

  /** What is wrong with the data, held against what was acknowledged: a sentence for each thing. */
  async faults(): Promise<string[]> {
    return inDatabase(this.#folder, () => faultsIn(this.acknowledged, this.#smtp.mails));
  }

  async close(): Promise<void> {
    await this.#smtp.close();
    rmSync(this.#folder, { recursive: true });
  }

  async #start(): Promise<{ run: Run; url: string; organiser: Browser }> {
    const port = String(await freePort());
    const url = `http://127.0.0.1:${port}`;
    const settings = {
      SMTP_URL: this.#smtp.url,
      MAIL_RATE: '60000',
      RATE_LIMIT: 'off',
      EXAMPLE_DATA: 'true',
    };
    const run = startMain({ ...settings, DATA_DIR: this.#folder, PORT: port });
    await said(run, this.#cookie ? /answers at/ : /24 hours: \S+\n/);
    this.#cookie ||= await signIn(url, run);
    const office = await fetch(`${url}/kontor`, { headers: { cookie: this.#cookie } });
    return { run, url, organiser: browser({ url }, this.#cookie, tokenIn(await office.text())) };
  }

  async #signUps(url: string): Promise<void> {
    for (;;) {
      const name = `kill${this.#number++}`;
      accepted(await signUp(url, this.#open, name, true));
      this.acknowledged.signedUp.push(`${name}@example.se`);
    }
  }

  async #marks(organiser: Browser): Promise<void> {
    for (let one = this.#toMark.shift(); one; one = this.#toMark.shift()) {
      const mark = { registration: one, present: 'plats' };
      accepted((await organiser.post(paths.attendance(this.#today), mark)).status);
      this.acknowledged.marked.push(one);
    }
  }

  async #reports(organiser: Browser): Promise<void> {
    while (this.#toReport.length > 0) {
      const addresses = this.#toReport.splice(0, 20);
      const form = { addresses: addresses.join('\n') };
      const read = await organiser.post(paths.meetingReports(this.#today), form);
      accepted((await organiser.post(String(read.headers.get('location')), { threshold: '1' })).status);
      this.acknowledged.reported.push(addresses);
    }
  }
}

async function signIn(url: string, run: Run): Promise<string> {
  const [, link = ''] = /24 hours: (\S+)/.exec(run.said()) ?? [];
  return cookieOf(await fetch(url + new URL(link).pathname, { method: 'POST', redirect: 'manual' }));
}

function accepted(status: number): void {
  if (status !== 303) throw new Error(`A form was answered with ${status}.`);
}

// As a program: so many rounds (20 where none is told). Ends with 1 if something was lost, doubled or half done.
if (import.meta.main) {
  const killing = await Killing.begin();
  for (let round = 0; round < Number(process.argv[2] ?? 20); round++)
    await killing.round(Math.random() * 1500);
  await killing.finish();
  const faults = await killing.faults();
  await killing.close();
  const { signedUp, marked, reported } = killing.acknowledged;
  const done = `${signedUp.length} sign-ups, ${marked.length} marks, ${reported.length} reports acknowledged`;
  process.stdout.write(`${[done, ...faults].join('\n')}\n`);
  if (faults.length > 0) process.exitCode = 1;
}
