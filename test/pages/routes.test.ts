import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { Types } from 'mongoose';
import { createApp } from '../../src/app.ts';
import { databaseClient } from '../../src/base/database.ts';
import { beforeKeys, holdsKey } from '../../src/base/paths.ts';
import { writeDraft } from '../../src/letters/mailings/drafts.ts';
import { draftFromFile } from '../../src/meeting-reports/draft.ts';
import { OrganiserModel } from '../../src/organisers/organiser.ts';
import { SignInSessionModel } from '../../src/organisers/sign-in-session.ts';
import { LetterModel } from '../../src/outbox/letter.ts';
import { HelperLinkModel, makeHelperLink } from '../../src/registrations/participants/helper-link.ts';
import { RegistrationModel } from '../../src/registrations/registration.ts';
import { register } from '../../src/registrations/sign-up/register.ts';
import { startApp, type TestApp } from '../support/app.ts';
import {
  anAuthority,
  anEngagement,
  anEvent,
  anEventsFiles,
  aPerson,
  aPortrait,
  aSpeaker,
} from '../support/builders.ts';
import { aMail } from '../support/mail/inbox.ts';
import { type Route, routesOf } from '../support/requests/routes.ts';
import { anOrganiser, type Browser, signIn } from '../support/requests/sign-in.ts';

/**
 * Who may use an address. `all`: everybody. `key`: who has the key in it. `organiser`: who is signed in, and sees their
 * own county board's. `board`: who is signed in for the county board whose record the address names. `own`: who is signed
 * in and whose own record it names.
 */
type Right = 'all' | 'key' | 'organiser' | 'board' | 'own';

/** A row for each address; a route without one fails. */
const rights: Record<string, Right> = {
  'GET /healthz': 'all',
  'GET /readyz': 'all',
  'GET /': 'all',
  'GET /kalender.ics': 'all',
  'GET /evenemang/:slug': 'all',
  'GET /evenemang/:slug/kalender.ics': 'all',
  'GET POST /evenemang/:slug/anmalan': 'all',
  'GET POST /evenemang/:slug/paminn': 'all',
  'GET /evenemang/:slug/tack': 'all',
  'GET /evenemang/:slug/tack/vantelista': 'all',
  'GET /evenemang/:slug/tack/kollegor': 'all',
  'GET POST /anmalan/ny-lank': 'all',
  'GET POST /anmalan/:token': 'key',
  'GET POST /anmalan/:token/avboka': 'key',
  'GET POST /anmalan/:token/igen': 'key',
  'GET POST /anmalan/:token/kvar': 'key',
  'GET POST /anmalan/:token/paminnelser': 'key',
  'GET POST /anmalan/:token/paminnelser/igen': 'key',
  'GET /anmalan/:token/kalender.ics': 'key',
  'GET /anmalan/:token/data.json': 'key',
  'GET /anmalan/:token/kod': 'key',
  'GET /paminn-mig': 'all',
  'GET POST /paminn-mig/:token': 'key',
  'GET POST /delta/:token': 'key',
  'GET POST /medverkan/:token': 'key',
  'GET /medverkan/:token/portratt': 'key',
  'GET /bild/:hash': 'all',
  'GET /fil/:hash/:name': 'all',
  'GET /personuppgifter': 'all',
  'GET /tillganglighet': 'all',
  'GET /kakor': 'all',
  'GET /entrance/idb.js': 'all',

  'GET /kontor/kalender/:token.ics': 'key',
  'GET POST /kontor/logga-in': 'all',
  'GET POST /kontor/logga-in/:token': 'key',
  'GET POST /kontor/in/:token': 'key',
  'GET POST /kontor/hjalp/:token': 'key',
  'POST /kontor/logga-ut': 'organiser',
  'POST /kontor/logga-ut-overallt': 'organiser',
  'GET /kontor/skrivet': 'organiser',
  'POST /kontor/skrivet/:form/ta-bort': 'own',
  'GET /kontor': 'organiser',
  'GET /kontor/evenemang': 'organiser',
  'GET POST /kontor/evenemang/nytt': 'organiser',
  'GET POST /kontor/evenemang/tidigare': 'organiser',
  'GET POST /kontor/evenemang/tidigare/:id': 'board',
  'GET POST /kontor/evenemang/tidigare/:id/ta-bort': 'board',
  'GET POST /kontor/evenemang/:id': 'board',
  'GET POST /kontor/evenemang/:id/program': 'board',
  'GET /kontor/evenemang/:id/korschema': 'board',
  'GET /kontor/evenemang/:id/korschema.pdf': 'board',
  'GET /kontor/evenemang/:id/medverkande': 'board',
  'POST /kontor/evenemang/:id/medverkande/bjud-in': 'board',
  'GET POST /kontor/evenemang/:id/medverkande/:engagement': 'board',
  'GET /kontor/evenemang/:id/medverkande/:engagement/fil/:hash': 'board',
  'GET POST /kontor/evenemang/:id/dokument': 'board',
  'GET POST /kontor/evenemang/:id/dokument/bild': 'board',
  'GET /kontor/evenemang/:id/dokument/:hash': 'board',
  'GET /kontor/evenemang/:id/forhandsvisning': 'board',
  'GET /kontor/evenemang/:id/kopiera-inbjudan': 'board',
  'GET /kontor/evenemang/:id/kopiera-inbjudan.eml': 'board',
  'GET /kontor/evenemang/:id/det-de-far': 'board',
  'GET /kontor/evenemang/:id/det-de-far/html': 'board',
  'GET /kontor/evenemang/:id/det-de-far.eml': 'board',
  'GET POST /kontor/evenemang/:id/publicera': 'board',
  'POST /kontor/evenemang/:id/utkast': 'board',
  'GET POST /kontor/evenemang/:id/stall-in': 'board',
  'GET POST /kontor/evenemang/:id/ta-bort': 'board',
  'POST /kontor/evenemang/:id/kopiera': 'board',
  'GET POST /kontor/installningar': 'organiser',
  'POST /kontor/installningar/organisatorer': 'organiser',
  'GET POST /kontor/installningar/organisatorer/:id/ta-bort': 'board',
  'POST /kontor/installningar/inloggningar/:id/logga-ut': 'own',
  'GET POST /kontor/installningar/exempel/ta-bort': 'organiser',
  'GET POST /kontor/installningar/kalender': 'organiser',
  'POST /kontor/installningar/kalender/ta-bort': 'organiser',
  'GET /kontor/evenemang/:id/deltagare': 'board',
  'GET /kontor/evenemang/:id/deltagare.csv': 'board',
  'GET POST /kontor/evenemang/:id/deltagare/ny': 'board',
  'POST /kontor/evenemang/:id/deltagare/avboka': 'board',
  'GET POST /kontor/evenemang/:id/deltagare/:registration': 'board',
  'GET POST /kontor/evenemang/:id/deltagare/:registration/avboka': 'board',
  'GET POST /kontor/evenemang/:id/deltagare/:registration/radera': 'board',
  'GET POST /kontor/evenemang/:id/deltagare/:registration/ge-plats': 'board',
  'GET POST /kontor/evenemang/:id/narvaro': 'board',
  'GET POST /kontor/evenemang/:id/narvaro/rapport': 'board',
  'POST /kontor/evenemang/:id/narvaro/rapport/angra': 'board',
  'GET POST /kontor/evenemang/:id/narvaro/rapport/:report': 'board',
  'GET POST /kontor/evenemang/:id/narvaro/rapport/:report/kolumner': 'board',
  'POST /kontor/evenemang/:id/narvaro/utan-anmalan': 'board',
  'GET POST /kontor/evenemang/:id/narvaro/lista': 'board',
  'GET POST /kontor/evenemang/:id/narvaro/hjalpare': 'board',
  'GET POST /kontor/evenemang/:id/narvaro/avsluta': 'board',
  'POST /kontor/evenemang/:id/narvaro/hjalpare/:link/ta-bort': 'board',
  'GET /kontor/evenemang/:id/brev': 'board',
  'GET POST /kontor/evenemang/:id/utskick': 'board',
  'GET POST /kontor/evenemang/:id/utskick/:mailing': 'board',
  'GET /kontor/evenemang/:id/utskick/:mailing/html': 'board',
  'POST /kontor/evenemang/:id/utskick/:mailing/prova': 'board',
  'POST /kontor/evenemang/:id/utskick/:mailing/ta-bort': 'board',
  'GET POST /kontor/medverkande': 'organiser',
  'GET POST /kontor/medverkande/:id': 'board',
  'GET POST /kontor/medverkande/:id/radera': 'board',
  'GET POST /kontor/medverkande/:id/sla-ihop/:other': 'board',
  'GET /kontor/brev': 'organiser',
  'GET /kontor/brev/inte-framme': 'organiser',
  'GET POST /kontor/brev/hallna': 'organiser',
  'GET /kontor/brev/:id.eml': 'board',
  'GET /kontor/brev/:id': 'board',
  'GET /kontor/brev/:id/html': 'board',
  'POST /kontor/brev/:id/igen': 'board',
  'POST /kontor/brev/:id/klart': 'board',
  'GET /kontor/inkommet': 'organiser',
  'GET /kontor/inkommet/:id.eml': 'board',
  'GET POST /kontor/inkommet/:id': 'board',
  'GET /kontor/arshjul': 'organiser',
  'GET /kontor/arshjul.svg': 'organiser',
  'GET /kontor/datumforslag': 'organiser',
  'GET POST /kontor/planera': 'organiser',
  'GET POST /kontor/installningar/satsning': 'organiser',
  'GET POST /kontor/installningar/skollov': 'organiser',
  'GET /kontor/statistik': 'organiser',
  'GET /kontor/statistik.csv': 'organiser',
  'GET /kontor/logg': 'organiser',
  'GET /kontor/logg.csv': 'organiser',
};

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'];
const secrets = ['Hemligt', 'Öberg', 'asa.oberg@example.se', 'Erik Dahl', 'erik.dahl@example.se'];

/** What a form of the address could send, so that a refusal is not one of the form. */
const fields = {
  version: '1',
  present: 'ja',
  handled: 'ja',
  remove: 'ja',
  reason: 'Sjukdom',
  name: 'Ny',
  mode: 'plats',
};

describe('Every address', function () {
  this.timeout(60_000);
  let app: TestApp;
  let routes: Route[];
  let ids: Record<string, string>;

  before(async () => {
    app = await startApp();
    routes = routesOf(createApp(app));
    ids = await records();
  });
  after(() => app.close());

  /** A record of Östergötland's for each part of an address. */
  async function records(): Promise<Record<string, string>> {
    await anAuthority();
    const event = await anEvent({ title: 'Hemligt evenemang', state: 'draft' });
    const published = await anEvent();
    await anEvent({ example: true });
    const visitor = { now: app.clock(), by: {}, settings: app.settings };
    await register(visitor, published._id, aPerson());
    const words = { subject: 'Hemligt ämne', text: 'Hemlig text', subjectEn: '', textEn: '' };
    const mailing = await writeDraft(visitor, published, { words, filter: { status: 'confirmed' } });
    const file = new TextEncoder().encode('Namn;E-post;Varaktighet\nÅsa Öberg;asa@example.se;2 h\n');
    const report = await draftFromFile(visitor, published, file);
    await makeHelperLink(visitor, published, 'Kim Hemligt');
    const erik = await anOrganiser({ name: 'Erik Dahl', email: 'erik.dahl@example.se' });
    const session = new Types.ObjectId();
    const engagement = await anEngagement(published);
    const seen = { startedAt: app.clock(), seenAt: app.clock() };
    await SignInSessionModel.insertMany([{ _id: session, organiser: erik._id, device: 'Firefox', ...seen }]);
    return {
      evenemang: String(published._id),
      tidigare: String((await anEvent({ title: 'Hemligt förr', state: 'recorded' }))._id),
      deltagare: String((await RegistrationModel.findOne().orFail())._id),
      brev: String((await LetterModel.findOne().orFail())._id),
      utskick: String(mailing._id),
      rapport: '_id' in report ? String(report._id) : '',
      organisatorer: String(erik._id),
      inloggningar: String(session),
      inkommet: String((await aMail({ authority: '05', subject: 'Hemligt mejl' }))._id),
      hjalpare: String((await HelperLinkModel.findOne().orFail())._id),
      draft: String(event._id),
      'medverkande/:engagement': String(engagement._id),
      fil: await aPortrait(engagement),
      dokument: await anEventsFiles(published),
      medverkande: String((await aSpeaker({ name: 'Åsa Öberg' }))._id),
      'sla-ihop': String((await aSpeaker({ name: 'Åsa Öberg' }))._id),
    };
  }

  const addressOf = (path: string) =>
    path
      .replace(
        /\/([\w-]+)\/:(?:id|registration|mailing|report|link|other|engagement|hash)/g,
        (all, kind: string) => `/${kind}/${ids[all.slice(1)] ?? ids[kind]}`,
      )
      .replace(':token', 'A'.repeat(43))
      .replace(':slug', 'finns-inte');

  const withRight = (...wanted: Right[]) =>
    Object.entries(rights).flatMap(([row, right]) => {
      const path = row.slice(row.indexOf('/'));
      return wanted.includes(right) ? [{ path, taken: row.split(' ').slice(0, -1) }] : [];
    });

  /** Everything that is kept, but for when somebody was last seen. */
  async function everything(): Promise<string> {
    const { client, dbName } = databaseClient();
    const all = await client.db(dbName).listCollections().toArray();
    const names = all.map(({ name }) => name).filter((name) => name !== 'sessions');
    const rows = names
      .sort()
      .map((name) => client.db(dbName).collection(name).find().sort({ _id: 1 }).toArray());
    return JSON.stringify(await Promise.all(rows)).replace(/"s(?:een|ignedIn)At":"[^"]*"/g, '');
  }

  const request = (method: string, path: string, cookie: string, form: Record<string, string>) =>
    fetch(app.url + path, {
      method,
      headers: { cookie },
      redirect: 'manual',
      ...(method !== 'GET' && method !== 'HEAD' && { body: new URLSearchParams(form) }),
    });

  /** Tries every method at every address of a right. @returns what was answered, and whether anything changed */
  async function tryAll(
    wanted: Right[],
    cookie: string,
    csrf: string,
    expected: (taken: boolean) => unknown[],
  ) {
    const before = await everything();
    for (const { path, taken } of withRight(...wanted))
      for (const method of methods) {
        const answer = await request(method, addressOf(path), cookie, { ...fields, csrf });
        const html = await answer.text();
        const isTaken = taken.includes(method === 'HEAD' ? 'GET' : method);
        expect(expected(isTaken), `${method} ${path}`).to.include(answer.status);
        for (const secret of secrets) expect(html, `${method} ${path}`).not.to.contain(secret);
      }
    expect(await everything()).to.equal(before);
  }

  it('has a row that says who may use it, and no row is left over', () => {
    const own = routes.filter(({ path }) => path !== '/en' && !path.startsWith('/en/'));
    const rows = Map.groupBy(own, ({ path }) => path);
    const found = [...rows].map(
      ([path, all]) => `${[...new Set(all.map(({ method }) => method))].toSorted().join(' ')} ${path}`,
    );
    expect(found.toSorted()).to.deep.equal(Object.keys(rights).toSorted());
    for (const { method, path } of routes.filter((one) => one.path.startsWith('/en/')))
      expect(routes, path).to.deep.include({ method, path: path.slice('/en'.length) });
  });

  it('that holds a key stands in the table of keys, and the README keeps it out of access logs', () => {
    const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
    const keyed = routes.filter(({ path }) => path.includes(':token'));
    expect(keyed).to.have.length.above(20);
    for (const { path } of keyed) expect(holdsKey(path), path).to.equal(true);
    for (const start of beforeKeys) {
      expect(keyed.map(({ path }) => path).join(), start).to.contain(start);
      expect(readme, start).to.contain(`\`${start}\``);
    }
    expect(withRight('key').every(({ path }) => path.includes(':token'))).to.equal(true);
  });

  it('of the office is closed to who is signed out, by every method', async () => {
    await tryAll(['organiser', 'board', 'own'], '', '', () => [303]);
  });

  it('of the office is closed to who has been taken away, with a session that lives', async () => {
    const eva = await signIn(app, { name: 'Eva Ek', email: 'eva.ek@example.se' });
    await OrganiserModel.deleteOne({ email: 'eva.ek@example.se' });
    await tryAll(['organiser', 'board', 'own'], eva.cookie, eva.csrf, () => [303]);
  });

  it('of a county board’s record is none for another one', async () => {
    const karin = await signIn(app, { authority: '04', name: 'Karin Ek', email: 'karin.ek@example.se' });
    await tryAll(['board', 'own'], karin.cookie, karin.csrf, () => [404]);
  });

  it('of somebody’s own record is none for a colleague', async () => {
    const maja = await signIn(app);
    await tryAll(['own'], maja.cookie, maja.csrf, () => [404]);
  });

  it('of the office is open to its own organisers, and takes no post without the token of their forms', async () => {
    const maja: Browser = await signIn(app);
    const refused = await everything();
    for (const { path, taken } of withRight('organiser', 'board')) {
      const address = addressOf(path);
      if (taken.includes('GET')) {
        const page = await maja.get(address);
        expect([200, 303], path).to.include(page.status);
        const title = /<title>[^<]*/.exec(await page.text())?.[0] ?? '';
        expect(title, 'titles stay in the history of browsers').not.to.match(/Åsa|Öberg|Erik|Dahl|mejl$/);
      }
      for (const csrf of ['', 'x'])
        if (taken.includes('POST'))
          expect((await maja.post(address, { ...fields, csrf })).status).to.equal(403);
    }
    const exported = /"registration\.exported"/g;
    expect((await everything()).match(exported)?.length).to.equal((refused.match(exported)?.length ?? 0) + 1);
  });

  it('with a key is none for who makes one up', async () => {
    await tryAll(['key'], '', '', () => [303, 403, 404]);
  });

  it('of visitors gives no cookie, and takes no other method', async () => {
    for (const { path, taken } of withRight('all', 'key')) {
      if (path.startsWith('/kontor')) continue;
      for (const method of methods) {
        const answer = await request(method, addressOf(path), '', {});
        await answer.arrayBuffer();
        expect(answer.headers.getSetCookie(), path).to.deep.equal([]);
        if (!taken.includes(method === 'HEAD' ? 'GET' : method)) expect(answer.status, path).to.equal(404);
      }
    }
  });
});
