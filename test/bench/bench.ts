import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import mongoose from 'mongoose';
import { createTransport } from 'nodemailer';
import { createApp } from '../../src/app.ts';
import { systemClock } from '../../src/base/clock.ts';
import { transaction } from '../../src/base/database.ts';
import { paths } from '../../src/base/paths.ts';
import { type Event, EventModel } from '../../src/events/event.ts';
import { compose } from '../../src/letters/compose.ts';
import { type Letter, LetterModel } from '../../src/outbox/letter.ts';
import { deliver } from '../../src/outbox/sending/delivery.ts';
import { connections, openTransport } from '../../src/outbox/sending/transport.ts';
import type { LetterFacts } from '../../src/registrations/letter-facts.ts';
import { RegistrationModel } from '../../src/registrations/registration.ts';
import { register } from '../../src/registrations/sign-up/register.ts';
import { aForm } from '../support/builders.ts';
import { equalWork } from './equal-work.ts';
import { openEvent, openHouse, visitor } from './house.ts';
import { inTurns, quantile, rate, ask as read, report } from './measure.ts';
import { firstLine, freePort, inFolder, run } from './processes.ts';
import { store } from './store.ts';

/** Every figure of the house beside its baseline of the same run; what is aimed at stands in the README. */
await startAndPage();
await signUps();
await letters();
await rush();
await equalWork();
await memory();
await store();

/** How long from `npm start` to the first page, with the example county to load and without; then the event page's speed. */
async function startAndPage(): Promise<void> {
  await inFolder(async (folder) => {
    const port = await freePort();
    const environment = { PORT: String(port), DATA_DIR: folder, EXAMPLE_DATA: 'true', SMTP_URL: '' };
    for (const name of ['start, first, with the example county', 'start, later']) {
      const start = performance.now();
      const house = run('src/main.ts', environment);
      while (!(await read(`http://127.0.0.1:${port}/`).catch(() => undefined))) await setTimeout(5);
      report(name, performance.now() - start, 'ms');
      if (name === 'start, later') await eventPage(port, folder);
      await house.stop();
    }
  });
}

async function eventPage(port: number, folder: string): Promise<void> {
  const home = String((await read(`http://127.0.0.1:${port}/`)).bytes);
  const url = `http://127.0.0.1:${port}${home.match(/\/evenemang\/skolan-som-skydd[^"]*/)?.[0]}`;
  const page = join(folder, 'page.html');
  writeFileSync(page, (await read(url)).bytes);
  const barePort = await freePort();
  const bare = run('test/bench/bare-page.ts', { PORT: String(barePort), PAGE: page });
  await firstLine(bare);
  const pages = (address: string) => () => rate(1500, 32, () => read(address));
  const [ours, theirs] = await inTurns(5, pages(url), pages(`http://127.0.0.1:${barePort}/`));
  await bare.stop();
  report('event page with its queries', ours, 'pages/s', theirs);
}

/** Complete sign-ups (seat, registration, log, letter) against two bare inserts in a transaction, 32 at a time. */
async function signUps(): Promise<void> {
  const house = await openHouse({ SMTP_URL: 'smtp://127.0.0.1:1' });
  const events: Event[] = [];
  for (let number = 0; number < 33; number += 1)
    events.push(await openEvent(house, `Dag ${number}`, 100_000));
  const hot = events.pop();
  let people = 0;
  const signUp = async (event: Event | undefined) => {
    if (event) await register(house.context, event._id, visitor(people++));
  };
  const [spread, bare] = await inTurns(
    5,
    () => rate(1000, 32, (number) => signUp(events[number % events.length])),
    () => rate(1000, 32, twoInserts),
  );
  report('sign-ups over 32 events', spread, 'sign-ups/s', bare);
  const [oneEvent, bareAgain] = await inTurns(
    3,
    () => rate(1000, 32, () => signUp(hot)),
    () => rate(1000, 32, twoInserts),
  );
  report('sign-ups to one event', oneEvent, 'sign-ups/s', bareAgain);
  await house.close();
}

function twoInserts(number: number): Promise<unknown> {
  return transaction(async () => {
    for (const name of ['first', 'second'])
      await mongoose.connection.collection(name).insertOne({ number, text: 'x'.repeat(300) });
  });
}

/** Confirmations with invitations, composed, kept and sent, against bare nodemailer on the same bytes and connections. */
async function letters(): Promise<void> {
  const port = await freePort();
  const sink = run('test/bench/mail-sink.ts', { PORT: String(port) });
  await firstLine(sink);
  const smtpUrl = `smtp://127.0.0.1:${port}`;
  const house = await openHouse({ SMTP_URL: smtpUrl });
  const event = await openEvent(house, 'En dag', 100_000);
  const transport = openTransport({ production: false, smtpUrl });
  const bare = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: connections,
    maxMessages: Number.POSITIVE_INFINITY,
  });
  const many = 400;
  let people = 0;
  const ours = async () => {
    await rate(many, 32, () => register(house.context, event._id, visitor(people++)));
    const start = performance.now();
    let sent = 0;
    while (sent < many) {
      const round = {
        clock: systemClock,
        by: 'bench',
        compose: (letter: Letter<LetterFacts>) => compose(letter, house.context.settings),
      };
      sent += (await deliver({ ...round, send: transport.send })).sent;
    }
    return (many * 1000) / (performance.now() - start);
  };
  const theirs = async () => {
    const kept = await LetterModel.find({ state: 'sent' }).limit(many).lean<Letter[]>();
    const mails = kept.map(({ raw, to, from }) => ({
      raw: Buffer.from(raw ?? []),
      envelope: { from: from.address, to: to.address },
    }));
    return rate(many, connections, (number) => bare.sendMail(mails[number] ?? {}));
  };
  const [value, baseline] = await inTurns(3, ours, theirs);
  report('letters with invitations', value, 'letters/s', baseline);
  transport.close();
  bare.close();
  await house.close();
  await sink.stop();
}

/** 300 at once for 20 seats over HTTP. */
async function rush(): Promise<void> {
  const house = await openHouse();
  const event = await openEvent(house, 'Rusning', 20);
  const port = await freePort();
  const server = createApp({ settings: house.context.settings, clock: systemClock }).listen(port);
  const times: number[] = [];
  const post = async (number: number) => {
    const start = performance.now();
    const { mode, ...form } = aForm(visitor(number));
    const body = new URLSearchParams(form);
    const answer = await fetch(`http://127.0.0.1:${port}${paths.signUp(event.slug)}`, {
      method: 'POST',
      body,
      redirect: 'manual',
    });
    times.push(performance.now() - start);
    return answer.status;
  };
  const statuses = await Promise.all(Array.from({ length: 300 }, (_, number) => post(number)));
  report(
    '300 at once on 20 seats: seats given',
    statuses.filter((status) => status === 303).length,
    'seats',
    20,
  );
  report(
    '300 at once on 20 seats: answers 5xx',
    statuses.filter((status) => status >= 500).length,
    'answers',
  );
  report('300 at once on 20 seats: p95', quantile(times, 0.95), 'ms');
  const rows = await RegistrationModel.countDocuments({ event: event._id, status: 'confirmed' });
  report(
    '300 at once on 20 seats: counter',
    (await EventModel.findById(event._id).orFail()).taken.plats,
    'seats',
    rows,
  );
  server.close();
  await house.close();
}

async function memory(): Promise<void> {
  const megabytes = Number(await firstLine(run('test/bench/memory.ts', {})));
  report('memory after 10,000 sign-ups, at rest', megabytes, 'MB');
}
