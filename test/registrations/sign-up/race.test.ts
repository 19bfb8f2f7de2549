import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { tokenOf } from '../../../src/registrations/personal/links.ts';
import { RegistrationModel } from '../../../src/registrations/registration.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, aRegistration } from '../../support/builders.ts';
import { startDatabase } from '../../support/database.ts';
import type { Race } from '../../support/race/race-process.ts';
import { cancelAll, signUpAll } from '../../support/race/sign-ups.ts';

/** Another process with its own web application on this database. */
async function anotherService(...flags: ('careless' | 'limited')[]): Promise<ChildProcess> {
  const { uri } = await startDatabase();
  const program = join(import.meta.dirname, '../../support/race/race-process.ts');
  const child = fork(program, [uri, ...flags], { execArgv: ['--disable-warning=ExperimentalWarning'] });
  await once(child, 'message');
  return child;
}

async function race(child: ChildProcess, race: Race): Promise<number[]> {
  child.send(race);
  const [statuses] = await once(child, 'message');
  return statuses;
}

const people = (service: string, number: number) =>
  Array.from({ length: number }, (_, n) => `${service}${n}`);

describe('300 sign-ups at once for 20 seats, over two processes', function () {
  this.timeout(60_000);
  const seats = { plats: 20, digitalt: 0 };
  const children: ChildProcess[] = [];
  let app: TestApp;

  afterEach(async () => {
    for (const child of children.splice(0)) child.kill();
    await app?.close();
  });

  const state = async ({ _id }: Event) => ({
    taken: (await EventModel.findById(_id).orFail().lean()).taken.plats,
    rows: await RegistrationModel.countDocuments({ event: _id, status: 'confirmed' }),
    letters: await LetterModel.countDocuments({ event: _id }),
  });

  it('fill exactly 20, and everybody gets an answer', async () => {
    app = await startApp();
    const other = await anotherService();
    children.push(other);
    await anAuthority();
    const event = await anEvent({ seats });
    const statuses = (
      await Promise.all([
        signUpAll(app.url, event.slug, people('ett', 150)),
        race(other, { slug: event.slug, names: people('annat', 150) }),
      ])
    ).flat();
    expect(statuses.filter((status) => status === 303)).to.have.length(20);
    expect(statuses.filter((status) => status === 422)).to.have.length(280);
    expect(await state(event)).to.deep.equal({ taken: 20, rows: 20, letters: 20 });
  });

  it('give every seat that is cancelled meanwhile to the queue, and leave none empty (F3)', async () => {
    app = await startApp();
    const other = await anotherService();
    children.push(other);
    await anAuthority();
    const event = await anEvent({ seats });
    const seated = await Promise.all(
      people('har-', 20).map((name) => aRegistration(event, { email: `${name}@example.se` })),
    );
    const tokens = seated.map((one) => tokenOf(one, app.settings.secret));
    const statuses = (
      await Promise.all([
        signUpAll(app.url, event.slug, people('ett', 60), true),
        cancelAll(app.url, tokens.slice(0, 10)),
        race(other, {
          slug: event.slug,
          names: people('annat', 60),
          wait: true,
          leaving: tokens.slice(10),
        }),
      ])
    ).flat();
    expect(statuses.filter((status) => status === 303)).to.have.length(120);
    const { taken, waiting } = await EventModel.findById(event._id).orFail().lean();
    expect({ taken: taken.plats, waiting: waiting.plats }).to.deep.equal({ taken: 20, waiting: 100 });
    const rows = await RegistrationModel.find({ event: event._id }).lean();
    const number = (status: string) => rows.filter((row) => row.status === status).length;
    expect([number('confirmed'), number('waiting'), number('cancelled')]).to.deep.equal([20, 100, 20]);
    const letters = await LetterModel.find({ event: event._id }).sort({ createdAt: 1, _id: 1 }).lean();
    for (const { _id, status } of rows) {
      const kinds = letters.filter((one) => one.registration?.equals(_id)).map(({ kind }) => kind);
      if (status === 'waiting') expect(kinds).to.deep.equal(['waiting-list']);
      else if (status === 'cancelled') expect(kinds).to.deep.equal(['cancelled']);
      else expect(['confirmation', 'waiting-list,promoted']).to.include(kinds.join());
    }
  });

  it('would oversell if the seat were looked at first and counted afterwards', async () => {
    const services = [await anotherService('careless'), await anotherService('careless')];
    children.push(...services);
    await anAuthority();
    const event = await anEvent({ seats });
    await Promise.all(
      services.map((service, n) => race(service, { slug: event.slug, names: people(`hus${n}-`, 150) })),
    );
    const { rows } = await state(event);
    expect(rows).to.be.above(20);
  });
});

describe('240 people of one network at once, over two processes', function () {
  this.timeout(60_000);
  const children: ChildProcess[] = [];

  afterEach(() => {
    for (const child of children.splice(0)) child.kill();
  });

  /** @returns how many of them were signed up, and how many were told to wait */
  async function signedUp(...flags: 'careless'[]): Promise<[number, number]> {
    await startDatabase();
    const services = [await anotherService('limited', ...flags), await anotherService('limited', ...flags)];
    children.push(...services);
    await anAuthority();
    const event = await anEvent({ seats: { plats: null, digitalt: null } });
    const statuses = await Promise.all(
      services.map((service, n) => race(service, { slug: event.slug, names: people(`nat${n}-`, 120) })),
    );
    const late = statuses.flat().filter((status) => status === 429);
    return [await RegistrationModel.countDocuments({ event: event._id }), late.length];
  }

  it('are 200, and the others are told to wait', async () => {
    expect(await signedUp()).to.deep.equal([200, 40]);
  });

  it('would be more if they were counted outside of the transaction', async () => {
    const [rows] = await signedUp('careless');
    expect(rows).to.be.above(200);
  });
});
