import { expect } from 'chai';
import { Types } from 'mongoose';
import { databaseClient } from '../../../src/base/database.ts';
import { paths } from '../../../src/base/paths.ts';
import { writeDraft } from '../../../src/letters/mailings/drafts.ts';
import { draftFromFile } from '../../../src/meeting-reports/draft.ts';
import { office } from '../../../src/office/routes.ts';
import { startSession } from '../../../src/organisers/sign-in-session.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { RegistrationModel } from '../../../src/registrations/registration.ts';
import { register } from '../../../src/registrations/sign-up/register.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import {
  anAuthority,
  anEngagement,
  anEvent,
  anEventsFiles,
  aPerson,
  aPortrait,
  aSpeaker,
  formOf,
} from '../../support/builders.ts';
import { aMail } from '../../support/mail/inbox.ts';
import { anOrganiser, type Browser, signIn } from '../../support/requests/sign-in.ts';

type Route = { method: string; path: string };

/** Every route of the office as its router has them, whoever adds one. */
function routesOf(app: TestApp): Route[] {
  return office(app.settings, async () => {}).stack.flatMap(({ route }) =>
    (route?.stack ?? []).map(({ method }) => ({ method: method.toUpperCase(), path: route?.path ?? '' })),
  );
}

/** What needs no session: the pages of signing in, and the addresses that are keys themselves. */
const keys = [paths.ownCalendar(':token'), paths.helper(':token'), paths.checkIn(':token')];
const isPublic = ({ path }: Route) => path.startsWith(paths.signIn()) || keys.includes(path);

/** Everything that the database holds, apart from sessions and links: it must not change. */
async function everything(): Promise<string> {
  const { client, dbName } = databaseClient();
  const names = [
    'authorities',
    'events',
    'log',
    'inbound',
    'letters',
    'mailings',
    'organisers',
    'registrations',
  ];
  const rows = await Promise.all(
    names.map((name) => client.db(dbName).collection(name).find().sort({ _id: 1 }).toArray()),
  );
  return JSON.stringify(rows).replace(/"signedInAt":"[^"]*"/g, '');
}

describe('Every route of the office', () => {
  let app: TestApp;
  let ids: Record<string, string>;
  let secrets: string[];

  /** Something of Östergötland's for each address, and fields with which its forms would be accepted. */
  beforeEach(async () => {
    app = await startApp();
    const [event, draft] = [
      await anEvent(),
      await anEvent({ state: 'draft', title: 'Hemligt utkast', slug: 'utkast' }),
    ];
    const visitor = { now: app.clock(), by: {}, settings: app.settings };
    await anAuthority();
    await register(visitor, event._id, aPerson());
    const registration = await RegistrationModel.findOne().orFail().lean();
    const letter = await LetterModel.findOne().orFail().lean();
    await anOrganiser();
    const words = { subject: 'Hemligt ämne', text: 'Hemlig text', subjectEn: '', textEn: '' };
    const filter = { status: 'confirmed' as const };
    const mailing = await writeDraft(visitor, event, { words, filter });
    const erik = await anOrganiser({ name: 'Erik Dahl', email: 'erik.dahl@example.se' });
    const mail = await aMail({ authority: '05', subject: 'Hemligt mejl' });
    const file = new TextEncoder().encode('Namn;E-post;Varaktighet\nÅsa Öberg;asa@example.se;2 h\n');
    const report = await draftFromFile(visitor, event, file);
    const engagement = await anEngagement(event);
    ids = {
      evenemang: String(event._id),
      utkast: String(draft._id),
      deltagare: String(registration._id),
      tidigare: String((await anEvent({ state: 'recorded', title: draft.title }))._id),
      brev: String(letter._id),
      utskick: String(mailing._id),
      organisatorer: String(erik._id),
      inloggningar: await startSession({ now: app.clock() }, erik._id, 'Firefox'),
      inkommet: String(mail._id),
      rapport: '_id' in report ? String(report._id) : '',
      medverkande: String((await aSpeaker())._id),
      'sla-ihop': String((await aSpeaker())._id),
      'medverkande/:engagement': String(engagement._id),
      fil: await aPortrait(engagement),
      dokument: await anEventsFiles(event),
      session: String(event.sessions[0]?._id),
    };
    secrets = [
      words.subject,
      'Hemligt mejl',
      event.title,
      draft.title,
      registration.familyName,
      'Erik Dahl',
      'asa.oberg@example.se',
    ];
  });
  afterEach(() => app.close());

  const fields = () => ({
    version: '1',
    reason: 'Ingen orsak',
    registration: ids.deltagare ?? '',
    present: 'ja',
    session: ids.session ?? '',
    remove: 'ja',
    name: 'Ny Person',
    email: 'ny.person@example.se',
  });

  /** The route's address with ids of Östergötland's; a draft's where only drafts can be acted upon. */
  const addressOf = ({ path }: Route) => {
    const draftsOnly = /publicera|ta-bort/.test(path) && path.startsWith(paths.events());
    const filled = path
      .replace(
        /\/([\w-]+)\/:(?:id|registration|mailing|report|other|engagement|hash)/g,
        (all, kind: string) => `/${kind}/${ids[all.slice(1)] ?? ids[kind]}`,
      )
      .replace(':token', 'A'.repeat(43))
      .replace(':form', 'f'.repeat(64))
      .replace(':link', String(new Types.ObjectId()));
    return draftsOnly ? filled.replace(ids.evenemang ?? '', ids.utkast ?? '') : filled;
  };
  const send = (route: Route, browser: Browser) =>
    route.method === 'GET' ? browser.get(addressOf(route)) : browser.post(addressOf(route), fields());

  it('is one of these kinds, and there are many', () => {
    const routes = routesOf(app);
    expect(routes).to.have.length.above(30);
    for (const route of routes) {
      expect(['GET', 'POST']).to.include(route.method);
      expect(addressOf(route), route.path).not.to.match(/:|undefined/);
    }
  });

  it('sends who is signed out to the sign-in page and does nothing', async () => {
    const before = await everything();
    for (const route of routesOf(app).filter((one) => !isPublic(one))) {
      const options = route.method === 'POST' ? formOf(fields()) : { redirect: 'manual' as const };
      const answer = await fetch(app.url + addressOf(route), options);
      expect([answer.status, answer.headers.get('location')], route.path).to.deep.equal([
        303,
        '/kontor/logga-in',
      ]);
      expect(await answer.text(), route.path).not.to.contain('<main');
    }
    expect(await everything()).to.equal(before);
  });

  it('hides one county board from another', async () => {
    const karin = await signIn(app, {
      authority: '04',
      name: 'Karin Ekdal',
      email: 'karin.ekdal@example.se',
    });
    const before = await everything();
    for (const route of routesOf(app).filter((one) => one.path.includes(':') && !isPublic(one))) {
      const answer = await send(route, karin);
      expect(answer.status, `${route.method} ${route.path}`).to.equal(404);
      const html = await answer.text();
      for (const secret of secrets) expect(html, route.path).not.to.contain(secret);
    }
    expect(await everything()).to.equal(before);
    for (const route of routesOf(app).filter((one) => one.method === 'GET' && !one.path.includes(':'))) {
      const html = await (await send(route, karin)).text();
      for (const secret of secrets) expect(html, route.path).not.to.contain(secret);
    }
  });

  it('is open to its own county board, so that the tests above mean something', async () => {
    await anEvent({ example: true });
    const maja = await signIn(app);
    for (const route of routesOf(app).filter((one) => one.method === 'GET' && !isPublic(one))) {
      const answer = await send(route, maja);
      // The address of a form that is only posted leads to the page where the form is.
      const leads = answer.headers.get('location');
      const forms = ['/kontor/installningar', paths.eventFiles(ids.evenemang)];
      if (leads) expect(forms, route.path).to.include(leads);
      if (leads) expect(answer.status, route.path).to.equal(303);
      else expect(answer.status, route.path).to.equal(200);
      await answer.arrayBuffer();
    }
  });

  it('takes no post without the token of its own forms', async () => {
    const maja = await signIn(app);
    const erik = await signIn(app, { email: 'erik.dahl@example.se' });
    const before = await everything();
    for (const route of routesOf(app).filter((one) => one.method === 'POST' && !isPublic(one)))
      for (const csrf of ['', erik.csrf, [maja.csrf, maja.csrf]]) {
        const answer = await maja.post(addressOf(route), { ...fields(), csrf });
        expect(answer.status, route.path).to.equal(403);
        await answer.arrayBuffer();
      }
    expect(await everything()).to.equal(before);
    expect((await maja.get('/kontor')).status).to.equal(200);
  });

  it('answers 404 to ids that nobody has, also malformed ones', async () => {
    const maja = await signIn(app);
    for (const id of [String(new Types.ObjectId()), 'x', '%00', '[object Object'])
      expect((await maja.get(`/kontor/evenemang/${id}`)).status, id).to.equal(404);
  });
});
