import { expect } from 'chai';
import type { Document } from 'mongodb';
import { Types } from 'mongoose';
import { createApp } from '../src/app.ts';
import { databaseClient } from '../src/base/database.ts';
import { paths } from '../src/base/paths.ts';
import type { Event } from '../src/events/event.ts';
import { writeDraft } from '../src/letters/mailings/drafts.ts';
import { draftFromFile } from '../src/meeting-reports/draft.ts';
import { LetterModel } from '../src/outbox/letter.ts';
import { deliver } from '../src/outbox/sending/delivery.ts';
import { tokenOf } from '../src/registrations/personal/links.ts';
import { type Registration, RegistrationModel } from '../src/registrations/registration.ts';
import { duties } from '../src/worker.ts';
import { startApp, type TestApp } from './support/app.ts';
import { aForm, anAuthority, anEvent, aRegistration } from './support/builders.ts';
import { organiserAt } from './support/contexts.ts';
import { answerRequests } from './support/link-requests.ts';
import { aMail } from './support/mail/inbox.ts';
import { commandsOf, looksOf, shapeOf } from './support/processes/commands.ts';
import { sample, upload } from './support/reports.ts';
import { routesOf } from './support/requests/routes.ts';
import { type Browser, signIn } from './support/requests/sign-in.ts';

/** Collections that stay small: county boards and organisers, a row for each duty, and what is forgotten after a few days. */
const small = [
  ...['authorities', 'organisers', 'leases', 'looks', 'migrations', 'diskTrials'],
  ...['bursts', 'linkRequests'],
];

describe('Every query', function () {
  this.timeout(120_000);
  let app: TestApp;
  let maja: Browser;
  let now: Date;
  let event: Event;
  const looks = new Map<string, Document>();

  const record = async (work: () => Promise<unknown>) => {
    for (const look of looksOf(await commandsOf(work))) looks.set(shapeOf(look), look);
  };

  before(async () => {
    now = new Date('2027-01-11T11:00:00Z');
    app = await startApp({ clock: () => now });
    await anAuthority();
    maja = await signIn(app);
    event = await anEvent({ seats: { plats: 2, digitalt: null } });
    await anEvent({ start: new Date('2026-02-11T08:00Z'), end: new Date('2026-02-11T11:00Z') });
  });
  after(() => app.close());

  const post = (path: string, fields: Record<string, string>) =>
    fetch(app.url + path, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
  const first = async (facts: object = {}) =>
    RegistrationModel.findOne({ event: event._id, ...facts })
      .orFail()
      .lean<Registration>();

  it('is made by visitors who sign up, look, change, cancel and ask for a lost link', async () => {
    await record(async () => {
      for (const number of [1, 2, 3]) {
        const form = aForm({ email: `p${number}@example.se`, mode: 'plats' });
        await post(paths.signUp(event.slug), { ...form, wait: 'plats' });
      }
      const { slug } = await anEvent({ opensAt: new Date(+now + 3600_000) });
      await post(paths.remindMe(slug), { email: 'p1@example.se' });
      await fetch(app.url + paths.eraseReminder('x'));
      await post(paths.newLink(), { email: 'p1@example.se' });
      await answerRequests(app);
    });
    const [one, other] = [await first(), await first({ email: 'p2@example.se' })];
    await record(async () => {
      const own = paths.registration(tokenOf(one, app.settings.secret));
      await post(own, { ...aForm({ email: 'p1@example.se' }), givenName: 'Siv', mode: 'digitalt' });
      await post(paths.cancelRegistration(tokenOf(other, app.settings.secret)), {});
      await post(paths.reminders(tokenOf(one, app.settings.secret)), {});
    });
    expect(await RegistrationModel.countDocuments({ status: 'cancelled' })).to.equal(1);
  });

  it('is made by organisers on each of their pages', async () => {
    const token = tokenOf(await first(), app.settings.secret);
    const words = { subject: 'Hej', text: 'Text', subjectEn: '', textEn: '' };
    const context = organiserAt(now, app.settings);
    const mailing = await writeDraft(context, event, { words, filter: { status: 'confirmed' } });
    const report = await draftFromFile(
      context,
      event,
      sample('03-teams-sv-OVERIFIERADE-rubriker.utf16le.csv'),
    );
    const ids: Record<string, unknown> = {
      ...{ evenemang: event._id, deltagare: (await first())._id, utskick: mailing._id },
      brev: (await LetterModel.findOne().orFail())._id,
      rapport: '_id' in report ? report._id : '',
      inkommet: (await aMail({ authority: '05' }))._id,
      ...{
        organisatorer: new Types.ObjectId(),
        inloggningar: new Types.ObjectId(),
        hjalpare: new Types.ObjectId(),
      },
    };
    const addressOf = (path: string) =>
      path
        .replace(
          /\/(\w+)\/:(?:id|registration|mailing|report|link)/g,
          (_all, kind: string) => `/${kind}/${ids[kind]}`,
        )
        .replace(':token', token)
        .replace(':slug', event.slug);
    const pages = routesOf(createApp(app)).filter(
      ({ method, path }) => method === 'GET' && !path.startsWith('/en'),
    );
    expect(pages).to.have.length.above(60);
    await record(async () => {
      for (const { path } of pages) {
        const { status } = await maja.get(addressOf(path));
        expect([200, 303, 404, 422], path).to.include(status);
      }
      const filters = 'q=siv&municipality=0580&role=chef&mode=plats&page=1';
      for (const status of ['', 'confirmed', 'waiting', 'cancelled'])
        await maja.get(`${paths.participants(event._id)}?${filters}&status=${status}`);
      await maja.get(`${paths.log()}?event=${event._id}`);
      for (const state of ['queued', 'sent', 'failed', 'bounced'])
        await maja.get(`${paths.letters()}?state=${state}`);
      for (const state of ['handled', 'done']) await maja.get(`${paths.inbox()}?state=${state}`);
    });
  });

  it('is made by organisers on the day and afterwards', async () => {
    now = new Date(+event.start + 3600_000);
    const { _id } = await first({ status: 'confirmed' });
    const somebody = await aRegistration(event, { email: 'borta@example.se' });
    await record(async () => {
      await maja.post(paths.attendance(event._id), { registration: String(_id), present: 'ja' });
      await maja.post(paths.walkIn(event._id), aForm({ email: 'in@example.se' }));
      await post(paths.digitalDoor(tokenOf(await first(), app.settings.secret)), {});
      const read = await upload(
        app,
        maja,
        paths.meetingReports(event._id),
        sample('03-teams-sv-OVERIFIERADE-rubriker.utf16le.csv'),
      );
      await maja.post(read.headers.get('location') ?? '', { threshold: '30' });
      await maja.post(paths.undoMeetingReport(event._id));
      now = new Date(+event.end + 8 * 24 * 3600_000);
      await maja.post(paths.closeEvent(event._id));
      await maja.post(paths.erasePerson(event._id, somebody._id), { letters: 'nej' });
      await maja.get(paths.office());
      await maja.get(`${paths.statistics()}?year=`);
    });
  });

  it('is made by the worker', async () => {
    const context = { now, by: {}, settings: app.settings };
    await record(async () => {
      for (const duty of duties) await duty(context);
      const nothing = async () => {
        throw new Error('No letter leaves here.');
      };
      await deliver({ clock: () => now, by: 'test', compose: nothing, send: nothing });
    });
  });

  it('finds what it looks for by an index, where a collection grows', async () => {
    const { client, dbName } = databaseClient();
    const db = client.db(dbName);
    const growing = [...looks].filter(([, look]) => !small.includes(String(Object.values(look)[0])));
    expect(growing.length).to.be.above(100);
    const wrong: string[] = [];
    for (const [shape, look] of growing) {
      const plan = await db.command({ explain: look, verbosity: 'queryPlanner' });
      if (JSON.stringify(plan.queryPlanner.winningPlan).includes('COLLSCAN')) wrong.push(shape);
    }
    expect(wrong).to.deep.equal([]);
  });

  it('without an index would be told', async () => {
    const { client, dbName } = databaseClient();
    const look = { find: 'registrations', filter: { organisation: 'Motala kommun' } };
    const plan = await client.db(dbName).command({ explain: look, verbosity: 'queryPlanner' });
    expect(JSON.stringify(plan)).to.include('COLLSCAN');
  });
});
