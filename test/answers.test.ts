import { expect } from 'chai';
import { createApp } from '../src/app.ts';
import { databaseClient } from '../src/base/database.ts';
import { logger } from '../src/base/log.ts';
import { tokenOf } from '../src/registrations/personal/links.ts';
import { startApp, type TestApp } from './support/app.ts';
import { aForm, anAuthority, anEvent, aRegistration } from './support/builders.ts';
import { routesOf } from './support/routes.ts';
import { anOrganiser, type Browser, signIn } from './support/sign-in.ts';

/** The typed answers of a form by kind. `line` and `lines` must be there if they are `needed`, as a name must. */
type Kind = 'name' | 'line' | 'lines' | 'address' | 'phone' | 'link';
type Form = { answers: Record<string, string>; typed: Record<string, Kind>; needed?: string[] };

const person: Form = {
  answers: aForm({ email: 'ny@example.se' }),
  typed: { givenName: 'name', familyName: 'name', organisation: 'line', email: 'address' },
  needed: ['givenName', 'familyName', 'organisation', 'email'],
};
const { email: _email, ...changed } = person.typed;
const signInForm: Form = {
  answers: { email: 'maja.lindgren@example.se' },
  typed: { email: 'address' },
  needed: ['email'],
};
const details: Form = {
  answers: {
    ...{ title: 'Rubrik', kind: 'boostdag', date: '2027-02-11', start: '09:00', end: '12:00' },
    ...{
      lastDay: '2027-01-31',
      summary: 'Inbjudan',
      audience: 'Alla',
      highlights: 'Forskning',
      venue: 'Sal',
    },
    ...{ address: 'Gatan 1', meetingLink: 'https://example.se/a', seatsPlats: '', seatsDigitalt: '' },
    ...{
      cost: '100 kronor',
      accessibility: 'Hiss',
      documentation: 'Bilder https://example.se/b',
      version: '1',
    },
    ...{ contactName: 'Maja', contactEmail: 'maja@example.se', contactPhone: '010-000 00 00' },
  },
  typed: {
    ...{ title: 'line', summary: 'lines', audience: 'lines', highlights: 'lines', venue: 'line' },
    ...{ address: 'line', meetingLink: 'link', cost: 'line', accessibility: 'lines', contactName: 'line' },
    ...{ contactEmail: 'address', contactPhone: 'phone' },
  },
  needed: ['title'],
};

/** Every address that takes a form with typed answers, and what is typed there; `nothing` where only buttons are. */
const forms: Record<string, Form | 'nothing'> = {
  '/evenemang/:slug/anmalan': person,
  '/anmalan/ny-lank': signInForm,
  '/anmalan/:token': { ...person, typed: changed, needed: Object.keys(changed) },
  '/anmalan/:token/avboka': 'nothing',
  '/delta/:token': 'nothing',
  '/anmalan/:token/igen': 'nothing',
  '/anmalan/:token/kvar': 'nothing',
  '/anmalan/:token/paminnelser': 'nothing',
  '/anmalan/:token/paminnelser/igen': 'nothing',
  '/kontor/logga-in': signInForm,
  // The address proves who asked: test/office/settings/sign-in.test.ts.
  '/kontor/logga-in/:token': 'nothing',
  '/kontor/logga-ut': 'nothing',
  '/kontor/logga-ut-overallt': 'nothing',
  '/kontor/evenemang/nytt': details,
  '/kontor/evenemang/:id': details,
  '/kontor/evenemang/:id/program': {
    answers: {
      ...{ start: '09:00', end: '09:30', title: 'Samtal', description: 'Text', version: '1' },
      ...{ speakerName: 'Elin Sandbäck', speakerTitle: 'lektor', speakerOrganisation: 'Skolan' },
      speakerEmail: 'elin@example.se',
    },
    typed: {
      ...{ title: 'line', description: 'lines', speakerName: 'name', speakerTitle: 'line' },
      ...{ speakerOrganisation: 'line', speakerEmail: 'address' },
    },
    needed: ['title', 'speakerName'],
  },
  '/kontor/evenemang/:id/publicera': 'nothing',
  '/kontor/evenemang/:id/stall-in': {
    answers: { reason: 'Sjukdom' },
    typed: { reason: 'line' },
    needed: ['reason'],
  },
  '/kontor/evenemang/:id/ta-bort': 'nothing',
  '/kontor/evenemang/:id/kopiera': 'nothing',
  '/kontor/installningar': {
    answers: {
      ...{ unit: 'Enheten', street: 'Gatan 1', postal: '581 86 Linköping', version: '1' },
      ...{ organisationNumber: '202100-2270', contactEmail: 'a@example.se', contactPhone: '010-000 00 00' },
      ...{ dataProtectionEmail: 'b@example.se', closingText: 'enkel' },
    },
    typed: {
      ...{ unit: 'line', street: 'line', postal: 'line', contactEmail: 'address', contactPhone: 'phone' },
      dataProtectionEmail: 'address',
    },
    needed: ['unit', 'street', 'postal', 'contactEmail', 'dataProtectionEmail'],
  },
  '/kontor/installningar/organisatorer': {
    answers: { name: 'Bo Ek', email: 'bo.ek@example.se' },
    typed: { name: 'name', email: 'address' },
    needed: ['name', 'email'],
  },
  '/kontor/installningar/organisatorer/:id/ta-bort': 'nothing',
  '/kontor/installningar/inloggningar/:id/logga-ut': 'nothing',
  // Stored only if the example goes too: test/office/settings.
  '/kontor/installningar/exempel/ta-bort': 'nothing',
  // Lines with days: test/authorities/school-breaks.test.ts.
  '/kontor/installningar/skollov': 'nothing',
  // Its name and target group are lines like those of a county board: test/office/planning/initiative.test.ts.
  '/kontor/installningar/satsning': 'nothing',
  '/kontor/installningar/kalender': 'nothing',
  '/kontor/installningar/kalender/ta-bort': 'nothing',
  '/kontor/evenemang/:id/deltagare/ny': person,
  '/kontor/evenemang/:id/deltagare/:registration': person,
  '/kontor/evenemang/:id/deltagare/:registration/avboka': 'nothing',
  '/kontor/evenemang/:id/deltagare/:registration/ge-plats': 'nothing',
  '/kontor/evenemang/:id/deltagare/:registration/radera': 'nothing',
  '/kontor/evenemang/:id/deltagare/avboka': 'nothing',
  '/kontor/evenemang/:id/narvaro': 'nothing',
  '/kontor/evenemang/:id/narvaro/lista': 'nothing',
  // Answers with the page that shows the link: test/office/entrance/helper.test.ts.
  '/kontor/evenemang/:id/narvaro/hjalpare': 'nothing',
  '/kontor/evenemang/:id/narvaro/hjalpare/:link/ta-bort': 'nothing',
  '/kontor/hjalp/:token': 'nothing',
  '/kontor/in/:token': 'nothing',
  // Only from the event's day on, with the questions of deltagare/ny: test/office/attendance/walk-in.test.ts.
  '/kontor/evenemang/:id/narvaro/utan-anmalan': 'nothing',
  // Files and pasted addresses: test/meeting-reports.
  '/kontor/evenemang/:id/narvaro/rapport': 'nothing',
  '/kontor/evenemang/:id/narvaro/rapport/:report': 'nothing',
  '/kontor/evenemang/:id/narvaro/rapport/:report/kolumner': 'nothing',
  '/kontor/evenemang/:id/narvaro/rapport/angra': 'nothing',
  '/kontor/evenemang/:id/utkast': 'nothing',
  '/kontor/evenemang/:id/utskick': {
    answers: { subject: 'Ämne', text: 'Text', subjectEn: 'Subject', textEn: 'Text', status: 'confirmed' },
    typed: { subject: 'line', text: 'lines', subjectEn: 'line', textEn: 'lines' },
    needed: ['subject', 'text'],
  },
  '/kontor/evenemang/:id/utskick/:mailing': 'nothing',
  '/kontor/evenemang/:id/utskick/:mailing/prova': 'nothing',
  '/kontor/evenemang/:id/utskick/:mailing/ta-bort': 'nothing',
  '/kontor/brev/hallna': 'nothing',
  '/kontor/brev/:id/igen': 'nothing',
  '/kontor/brev/:id/klart': 'nothing',
  '/kontor/inkommet/:id': 'nothing',
};

/** What shows nothing, alone or together. */
const unseen = [
  ...['\u200b', '\u00ad', '\u2060', '\ufeff', '\u200f', '\u034f', '\u{e0041}', '\u3164', '\u2800', '\u202e'],
  ...['\u2003\u3000\u202f', '\u0000\u0008', '\ufe0f\u200d\ufe0f'],
];
const pasted = /[^\P{Cc}\r\n]|[\p{Zl}\p{Cf}]|\p{M}/u;

/** An answer as programs put it on the clipboard. */
const asPasted: Record<Kind, (answer: string) => string> = {
  name: (answer) => `\u202a${answer.normalize('NFD')}\u00ad\u202c`,
  line: (answer) => `\ufeff${answer} A\u030a\u200bb\u0001\tc\u202e`,
  lines: (answer) => `${answer} A\u030a\u0000\u000bnästa\u0085tredje\u2028fjärde\u2060`,
  address: (answer) => `\u200b”Örn, Åsa” <mailto:${answer}>;`,
  phone: (answer) => `\u202atel:${answer.replace('-', '\u2011').replace(' ', '\u00a0')} (vx)\u202c`,
  link: (answer) => `<${answer}/@namn?a=b\u00ad\u200b>`,
};

describe('Typed answers, in every form', function () {
  this.timeout(60_000);
  let app: TestApp;
  let maja: Browser;
  let ids: Record<string, string>;
  const { info } = logger;

  beforeEach(async () => {
    logger.info = () => {};
    app = await startApp({ settings: { rateLimit: false } });
    await anAuthority({ version: 1 });
    const event = await anEvent({ state: 'published' });
    const one = await aRegistration(event);
    const bo = await anOrganiser({ email: 'erik@example.se' });
    ids = {
      ...{
        slug: event.slug,
        id: String(event._id),
        registration: String(one._id),
        organiser: String(bo._id),
      },
      token: tokenOf(one, app.settings.secret),
    };
    maja = await signIn(app);
  });
  afterEach(async () => {
    logger.info = info;
    await app.close();
  });

  const addressOf = (path: string) => path.replace(/:(\w+)/g, (_all, name: string) => ids[name] ?? '');
  const withTyped = Object.entries(forms).flatMap(([path, form]) =>
    form === 'nothing' ? [] : [{ path, ...form }],
  );

  /** The version that the form holds, if it holds one. */
  async function versionAt(path: string): Promise<Record<string, string>> {
    const [, version] =
      /name="version" value="(\d+)"/.exec(await (await maja.get(addressOf(path))).text()) ?? [];
    return version ? { version } : {};
  }

  async function post(path: string, answers: Record<string, string>) {
    const answer = await maja.post(addressOf(path), answers);
    return { status: answer.status, html: await answer.text() };
  }

  it('has a row for each address that takes a form', () => {
    const posts = routesOf(createApp(app)).filter(
      ({ method, path }) => method === 'POST' && !path.startsWith('/en/'),
    );
    expect(Object.keys(forms).toSorted()).to.deep.equal(
      [...new Set(posts.map(({ path }) => path))].toSorted(),
    );
  });

  for (const { path, answers, needed = [], typed } of withTyped) {
    it(`${path} takes what cannot be seen for no answer`, async () => {
      const version = await versionAt(path);
      // All of them by the first field is enough: the others must only be cleaned as well.
      for (const [place, name] of needed.entries())
        for (const nothing of place === 0 ? unseen : ['\u200b\u3164\u2003']) {
          const { status, html } = await post(path, { ...answers, ...version, [name]: nothing });
          expect(status, `${name} ${JSON.stringify(nothing)}`).to.equal(422);
          expect(html).to.match(new RegExp(`href="#${name}(-1)?"`));
        }
    });

    it(`${path} takes answers as they are pasted, and stores them clean`, async () => {
      const noisy = Object.entries(typed).map(([name, kind]) => [name, asPasted[kind](answers[name] ?? '')]);
      const { status, html } = await post(path, {
        ...answers,
        ...(await versionAt(path)),
        ...Object.fromEntries(noisy),
      });
      expect(status, html.replace(/\s+/g, ' ').slice(0, 3000)).to.equal(303);
      expect(await stored()).not.to.match(pasted);
    });
  }

  /** Everything that is stored, apart from how it is written. */
  async function stored(): Promise<string> {
    const { client, dbName } = databaseClient();
    const collections = await client.db(dbName).listCollections({}, { nameOnly: true }).toArray();
    const texts: string[] = [];
    for (const { name } of collections)
      for (const row of await client.db(dbName).collection(name).find().toArray()) collect(row, texts);
    return texts.join('\n');
  }

  function collect(value: unknown, texts: string[]): void {
    if (typeof value === 'string') texts.push(value);
    else if (value && typeof value === 'object') for (const one of Object.values(value)) collect(one, texts);
  }
});
