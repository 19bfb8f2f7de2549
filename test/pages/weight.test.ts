import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { Types } from 'mongoose';
import { AuditModel } from '../../src/audit/log.ts';
import { type Event, EventModel } from '../../src/events/event.ts';
import { LetterModel } from '../../src/outbox/letter.ts';
import { RegistrationModel } from '../../src/registrations/registration.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { anAuthority, anEvent, aRegistration } from '../support/builders.ts';
import { owedLetter } from '../support/mail/letters.ts';
import { type Browser, signIn } from '../support/requests/sign-in.ts';
import { visit } from '../support/requests/visitor.ts';

const onTheDay = new Date('2027-02-11T07:52:00Z');
const most = 150_000;

describe('The weight of pages', () => {
  let app: TestApp;
  let maja: Browser;
  let event: Event;

  before(async () => {
    app = await startApp({ clock: () => onTheDay });
    await anAuthority();
    event = await anEvent();
    await seedEvents();
    await seedPeople();
    maja = await signIn(app);
  });
  after(() => app.close());

  const copies = <Row extends object>(one: Row, count: number, facts: (n: number) => object = () => ({})) =>
    Array.from({ length: count }, (_, n) => ({ ...one, _id: new Types.ObjectId(), ...facts(n) }));

  /** As many events as all county boards have in a year, behind and ahead. */
  async function seedEvents() {
    const days = (number: number) => number * 24 * 3600_000;
    const moved = (by: number) => ({
      start: new Date(+event.start + by),
      end: new Date(+event.end + by),
      closesAt: new Date(+event.closesAt + by),
    });
    const others = copies(event, 400, (n) => ({
      slug: `nr-${n}`,
      authority: '04',
      ...moved(days(2 * n - 400.5)),
    }));
    await EventModel.insertMany(others, { lean: true });
  }

  /** More people than a large event has, with names, workplaces and letters that are long. */
  async function seedPeople() {
    const organisation = 'Barn- och utbildningsförvaltningen i Norrköpings kommun';
    const one = await aRegistration(event, {
      organisation,
      givenName: 'Anna-Karin',
      familyName: 'af Klinteberg-Sandström',
    });
    const people = copies(one, 700, (n) => ({
      email: `anna-karin.af-klinteberg-sandstrom.${n}@utbildning.example.se`,
      givenName: `Anna-Karin ${n}`,
      ...(n % 7 === 0 && { status: 'waiting', waitsFor: ['plats'], waitingSince: one.createdAt }),
    }));
    await RegistrationModel.insertMany(people, { lean: true });
    const facts = { title: event.title, start: event.start };
    const letter = owedLetter({ registration: one._id, event: event._id, authority: '05', facts });
    await LetterModel.insertMany(
      copies(letter, 300, (n) => ({ key: `nr-${n}`, state: n % 2 ? 'sent' : 'failed', dueAt: undefined })),
      { lean: true },
    );
    const entry = { at: onTheDay, authority: '05', action: 'registration.changed', event: event._id };
    await AuditModel.insertMany(
      copies({ ...entry, registration: one._id, about: event.title }, 500, () => ({
        fields: ['givenName', 'organisation', 'municipality'],
      })),
    );
  }

  it('of visitors is at most 150 kB of HTML, whatever the page of the list', async () => {
    for (const path of ['/', '/?sida=2', '/?sida=12', '/?ar=2026', '/?lan=04&sida=3', '/en?ar=2027']) {
      const { html, status } = await visit(app, path);
      expect(status, path).to.equal(200);
      expect(html.split('class="event-row').length - 1, path).to.equal(20);
      expect(html.length, path).to.be.below(most);
    }
  });

  it('of the office is at most 150 kB of HTML too, however many people and letters there are', async () => {
    const own = `/kontor/evenemang/${event._id}`;
    const people = ['', '?status=', '?status=waiting', '?q=anna', '?page=4', '?municipality=0580&mode=plats'];
    const lists = [
      ...people.map((query) => `${own}/deltagare${query}`),
      ...['', '?mode=alla', '?q=anna', '?mode=alla&page=4'].map((query) => `${own}/narvaro${query}`),
      ...[`${own}/narvaro/lista`, `${own}/brev`, `${own}/brev?page=3`, '/kontor/brev?state=sent'],
      ...['/kontor/brev/inte-framme', '/kontor/logg', `/kontor/logg?event=${event._id}&page=2`],
      ...['/kontor', '/kontor/evenemang', '/kontor/brev', '/kontor/inkommet'],
    ];
    for (const path of lists) {
      const answer = await maja.get(path);
      expect(answer.status, path).to.equal(200);
      expect((await answer.text()).length, path).to.be.below(most);
    }
    const many = await maja.post(`${own}/deltagare/avboka?status=`, { all: 'ja' });
    expect((await many.text()).length).to.be.below(most);
  });

  it('of the entrance is at most 150 kB for a helper', async () => {
    const made = await (
      await maja.post(`/kontor/evenemang/${event._id}/narvaro/hjalpare`, { name: 'Kim' })
    ).text();
    const [, path = ''] = /href="https?:\/\/[^/"]+(\/kontor\/hjalp\/[\w-]{43})"/.exec(made) ?? [];
    for (const query of ['', '?q=anna&page=2']) {
      const { html } = await visit(app, path + query);
      expect(html).to.include('Har kommit');
      expect(html.length).to.be.below(most);
    }
  });

  it('of the event page is at most 60 kB as it travels, with its styles, its font and a full programme', async () => {
    const [session] = event.sessions;
    const sessions = copies(session ?? {}, 14, (n) => ({
      title: `Pass ${n}`,
      parts: ['Inledning', 'Frågor'],
    }));
    const future = { start: new Date('2027-03-11T08:00Z'), closesAt: new Date('2027-03-01T23:00Z') };
    const { slug } = await anEvent({
      ...future,
      end: new Date('2027-03-11T15:00Z'),
      sessions: sessions as never,
    });
    const { html } = await visit(app, `/evenemang/${slug}`);
    expect(html).to.include('name="municipality"').and.include('Pass 13');
    const files = ['designsystemet.css', 'boostdagar.css', 'favicon.svg'].map((name) => gzipSync(read(name)));
    const weight = [gzipSync(html), ...files, read('fonts/source-sans-3.woff2')];
    expect(weight.reduce((sum, { length }) => sum + length, 0)).to.be.below(60_000);
  });

  it('of the office’s year is at most 150 kB with 180 events, and it opens where the year has come to', async () => {
    const moved = (date: Date, n: number) => new Date(+date + (n / 3 - 35) * 24 * 3600_000);
    const { start, end } = event;
    const own = copies(event, 180, (n) => ({
      ...{ slug: `eget-${n}`, start: moved(start, n), end: moved(end, n) },
    }));
    await EventModel.insertMany(own, { lean: true });
    const shown: string[] = [];
    for (const query of ['', '?page=1', '?ar=2027&page=2']) {
      const html = await (await maja.get(`/kontor${query}`)).text();
      expect(html.length, query).to.be.below(most);
      const [, page] = /aria-current="page"><span class="ds-sr-only">Sida <\/span>(\d)/.exec(html) ?? [];
      shown.push(`${page}: ${html.split(/<article class="card(?! missing)/).length - 1}`);
      expect(html.match(/<li class="todo">/g), query).to.have.length(40);
    }
    expect(shown).to.deep.equal(['3: 48', '1: 48', '2: 48']);
  });

  const read = (name: string) => readFileSync(join(import.meta.dirname, '../../public', name));
});
