import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { createApp } from '../../src/app.ts';
import { makeCalendarLink } from '../../src/organisers/calendar-link.ts';
import { makeLink } from '../../src/organisers/sign-in.ts';
import { tokenOf } from '../../src/registrations/personal/links.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { anAuthority, anEvent, aRegistration } from '../support/builders.ts';
import { aMail } from '../support/mail/inbox.ts';
import { type Attempt, attempts, randomFrom, send, type World } from '../support/requests/fuzz.ts';
import { routesOf } from '../support/requests/routes.ts';
import { anOrganiser, signIn } from '../support/requests/sign-in.ts';

const src = join(import.meta.dirname, '../../src');

/** The names of all fields of forms and queries that the code reads, and of some that it does not. */
function fieldNames(): string[] {
  const files = ['office', 'site', 'web', 'events', 'registrations', 'authorities', 'letters'].flatMap(
    (room) =>
      readdirSync(join(src, room), { recursive: true, encoding: 'utf8' }).map((path) =>
        join(src, room, path),
      ),
  );
  const sources = files.filter((path) => path.endsWith('.ts')).map((path) => readFileSync(path, 'utf8'));
  const named =
    /(?:req\.(?:query|body)\??\.|(?:asked|askedOneOf)\(req, '|(?:body|line|required|mailbox|phone|time|seats|choice|oneLine)\((?:t, )?')(\w+)/g;
  const inForms = sources.flatMap((source) => [...source.matchAll(named)].map(([, name = '']) => name));
  const others = [
    'givenName',
    'familyName',
    'email',
    'q',
    'sida',
    'lan',
    'typ',
    'ar',
    'colleagueEmail',
    '__proto__',
    'constructor',
  ];
  return [...new Set([...inForms, ...others])];
}

describe('Requests of every kind', () => {
  let app: TestApp;
  let world: World;

  beforeEach(async () => {
    app = await startApp();
    world = await aWorld();
  });
  afterEach(() => app.close());

  async function aWorld(): Promise<World> {
    const board = await anAuthority();
    const events = [
      await anEvent(),
      await anEvent({ state: 'draft' }),
      await anEvent({ state: 'cancelled' }),
    ];
    const people = [];
    for (const event of events)
      people.push(await aRegistration(event, { email: `p${people.length}@example.se` }));
    const maja = await anOrganiser();
    const { _id } = await aMail({ authority: board._id, subject: 'Ett mejl' });
    const context = {
      now: app.clock(),
      by: { organiser: { id: String(maja._id), name: maja.name } },
      settings: app.settings,
    };
    const links = [await makeLink(context, maja, 15), await makeLink(context, maja, 15, [])];
    const calendar = await makeCalendarLink(context, String(maja._id));
    const ends = [...links, calendar ?? ''].map((url) => url.split('/').at(-1)?.replace('.ics', '') ?? '');
    const { cookie, csrf } = await signIn(app);
    return {
      routes: routesOf(createApp(app)),
      fields: fieldNames(),
      ids: [...events, ...people, maja, { _id }]
        .map((one) => String(one._id))
        .concat(events.map(({ slug }) => slug)),
      keys: [...people.map((one) => tokenOf(one, app.settings.secret)), ...ends],
      ...{ cookie, csrf },
    };
  }

  /** Sends what `next` makes, eight at a time, and signs in again now and then. @returns what was answered wrongly */
  async function tryMany(count: number, next: () => Attempt): Promise<string[]> {
    const wrong: string[] = [];
    for (let sent = 0; sent < count; sent += 8) {
      if (sent % 400 === 0) Object.assign(world, await signIn(app));
      const batch = Array.from({ length: 8 }, next);
      const answers = await Promise.all(batch.map((one) => send(app.url, one)));
      for (const [index, answer] of answers.entries())
        if (isWrong(answer)) wrong.push(`${answer} ${described(batch[index] as Attempt)}`);
    }
    return wrong;
  }

  const isWrong = (answer: number | string) => typeof answer === 'string' || answer >= 500;

  const described = ({ method, path, headers, body }: Attempt) =>
    `${method} ${path} ${JSON.stringify(headers)} ${body?.toString().slice(0, 500) ?? ''}`;

  it('are answered, and none by an error of ours', async function () {
    this.timeout(600_000);
    const count = Number(process.env.REQUESTS ?? 1000);
    const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
    process.stdout.write(`      ${count} requests, SEED=${seed}\n`);
    expect(await tryMany(count, attempts(randomFrom(seed), world))).to.deep.equal([]);
  });

  const queryOf = (names: string[], word: string) =>
    new URLSearchParams(names.map((name): [string, string] => [name, word]));

  const addressOf = (path: string) =>
    path
      .replace(':registration', String(world.ids[3]))
      .replace(':id', String(world.ids[path.includes('inkommet') ? 7 : 0]))
      .replace(':slug', String(world.ids[8]))
      .replace(':token', world.keys[0] ?? '');

  const asking = (method: string, path: string, answers: URLSearchParams): Attempt => {
    const headers = { Cookie: world.cookie };
    if (method === 'GET') return { method, path: `${path}?${answers}`, headers };
    const type = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const body = Buffer.from(`${answers}&csrf=${world.csrf}`);
    return { method, path, headers: { ...headers, ...type }, body };
  };

  it('may ask with words that every object knows, in every field of every address', async function () {
    this.timeout(180_000);
    // A record that nobody has is a 404 before anything else is read: these are asked for by themselves.
    const records = ['event', 'punkt', 'utkast'];
    const others = world.fields.filter((name) => !records.includes(name));
    const queries = [
      queryOf(others, 'constructor'),
      queryOf(others, '__proto__'),
      queryOf(records, 'toString'),
    ];
    const wrong: string[] = [];
    const routes = world.routes.filter(({ path }) => !path.startsWith('/en') && !path.includes('logga-ut'));
    for (const { method, path } of routes) {
      const asked = queries.map((query) => asking(method, addressOf(path), query));
      const answers = await Promise.all(asked.map((one) => send(app.url, one)));
      if (answers.some(isWrong)) wrong.push(`${method} ${path} ${answers}`);
    }
    expect(wrong).to.deep.equal([]);
  });
});
