import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { logger } from '../../src/base/log.ts';
import { paths } from '../../src/base/paths.ts';
import type { Event, Mode } from '../../src/events/event.ts';
import { keepReminder, OpeningReminderModel } from '../../src/registrations/openings/reminder.ts';
import { tokenOf } from '../../src/registrations/personal/links.ts';
import type { Registration } from '../../src/registrations/registration.ts';
import { register } from '../../src/registrations/sign-up/register.ts';
import type { Engagement } from '../../src/speakers/engagements/engagement.ts';
import { speakerToken } from '../../src/speakers/engagements/links.ts';
import { inLanguage } from '../../src/texts/addresses.ts';
import { languages } from '../../src/texts/texts.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { useBrowser } from '../support/browser/browser.ts';
import {
  aForm,
  anAuthority,
  anEngagement,
  anEvent,
  anEventsFiles,
  aPerson,
  aRegistration,
  formOf,
  monday,
  parallelProgramme,
} from '../support/builders.ts';
import { visitorAt } from '../support/contexts.ts';
import { type Inspector, inspect, inspector, type State } from './inspect.ts';

const day = 24 * 3600_000;
const from = (days: number) => new Date(monday.getTime() + days * day);
const lasting = (start: Date) => ({ start, end: new Date(start.getTime() + 3 * 3600_000) });

/** An event in each of its states, by the end of its address. */
const events: Record<string, Partial<Event>> = {
  oppen: {},
  parallell: { sessions: parallelProgramme() },
  kommande: { opensAt: from(9) },
  'full-pa-plats': { seats: { plats: 1, digitalt: null }, taken: { plats: 1, digitalt: 0 } },
  full: { seats: { plats: 1, digitalt: 0 }, taken: { plats: 1, digitalt: 0 } },
  'full-bada': { seats: { plats: 1, digitalt: 1 }, taken: { plats: 1, digitalt: 1 } },
  'full-utan-lista': { seats: { plats: 1, digitalt: 0 }, taken: { plats: 1, digitalt: 0 }, queueHours: 1000 },
  'nastan-full': { seats: { plats: 2, digitalt: null }, taken: { plats: 1, digitalt: 0 } },
  stangd: { closesAt: from(-1) },
  'stangd-som-i-dag': { authority: '04', closesAt: from(-1) },
  'stanger-i-dag': { closesAt: new Date('2027-01-11T23:00:00Z') },
  installd: { state: 'cancelled', cancelReason: 'Föreläsaren har fått förhinder.' },
  flyttad: { movedFrom: lasting(new Date('2027-02-04T08:00:00Z')) },
  pagar: { ...lasting(from(-1 / 24)), closesAt: from(-7) },
  genomford: {
    ...lasting(from(-10)),
    closesAt: from(-17),
    documentation: [{ title: 'Elins bilder', url: 'https://example.se/elin.pdf' }],
  },
  gammal: { ...lasting(from(-50)), closesAt: from(-57) },
  digital: { seats: { plats: 0, digitalt: null }, cost: '500 kronor för lunch', sessions: [] },
};

/** Somebody in the queues for these ways. */
function waiting(name: string, ...waitsFor: Mode[]): Partial<Registration> {
  return {
    status: 'waiting',
    email: `${name}@example.se`,
    waitsFor,
    waitingSince: from(-3),
    mode: waitsFor[0] ?? 'plats',
  };
}

const declined = { status: 'declined', at: monday, stamp: monday, sequence: 0 } as const;

/** A registration in each of its states: the event it is for, and what is special. */
const registrations: Record<string, [slug: string, facts: Partial<Registration>]> = {
  anmald: ['oppen', {}],
  'anmald innan anmälan öppnar': ['kommande', {}],
  'stängd för ändringar': ['stangd', {}],
  flyttad: ['flyttad', {}],
  'inställt evenemang': ['installd', {}],
  pågår: ['pagar', {}],
  genomförd: ['genomford', {}],
  'nej i kalendern': ['oppen', { answer: declined, email: 'nej@example.se' }],
  'utan påminnelser': ['oppen', { noReminders: true, email: 'tyst@example.se' }],
  avbokad: ['oppen', { status: 'cancelled', email: 'nagon@example.se' }],
  'avbokad, nu fullt': ['full', { status: 'cancelled' }],
  väntar: ['full', waiting('vantar', 'plats')],
  'väntar på båda sätten': ['full-bada', waiting('bada', 'plats', 'digitalt')],
  'väntar, stängt för ändringar': ['stangd', waiting('sen', 'plats')],
  'väntar, inställt': ['installd', waiting('installd', 'plats')],
  'har lämnat väntelistan': [
    'full',
    { ...waiting('lamnat', 'plats'), status: 'cancelled', cancelledAt: monday },
  ],
  'fick ingen plats': [
    'full-utan-lista',
    { ...waiting('ingen', 'plats'), status: 'cancelled', cancelledAt: monday },
  ],
  'anmäld av en kollega': [
    'oppen',
    { email: 'kollega@example.se', registeredBy: { name: 'Karin Ek', email: 'k@example.se' } },
  ],
  'avbokad och anmäld igen': ['oppen', { status: 'cancelled' }],
  'för gammal länk': ['gammal', {}],
};

/** A speaker in each of their states: the event that they speak at, and what is special. */
const engagements: Record<string, [slug: string, facts: Partial<Engagement>]> = {
  inbjuden: ['oppen', {}],
  'har tackat ja': ['oppen', { status: 'accepted', needs: 'Ljud' }],
  'har tackat nej': ['oppen', { status: 'declined' }],
  'inte längre i programmet': ['oppen', { status: 'removed' }],
  'inställt evenemang': ['installd', { status: 'accepted' }],
  'har medverkat': ['genomford', { status: 'accepted' }],
};

const broken = { givenName: '', familyName: 'Öberg', email: 'asa@', organisation: '19121212-1212' };
const answers: Record<string, string> = aForm({ email: 'ny@example.se' });

const colleagues = {
  colleagueGivenName: ['Karin', 'Olle'],
  colleagueFamilyName: ['Ek', 'Berg'],
  colleagueEmail: ['karin.ek@example.se', 'olle.berg@example.se'],
  colleagueRole: ['chef', 'annan'],
  colleagueMode: ['plats', 'plats'],
};

// Pages in another language have the same elements, so axe looks at them only at night (.ci/nightly).
describe('Every page for visitors', () => {
  const open = useBrowser();
  let app: TestApp;
  let swedish: Inspector;
  let other: Inspector;
  const tokens = new Map<string, string>();
  const doors = new Map<string, string>();
  const speakers = new Map<string, string>();
  let mark = '';

  before(async () => {
    app = await startApp({ clock: () => monday });
    await anAuthority();
    await anAuthority({ _id: '04', closingText: 'somIdag' });
    const written = new Map<string, Event>();
    for (const [slug, facts] of Object.entries(events)) written.set(slug, await anEvent({ slug, ...facts }));
    for (const event of written.values()) if (event.documentation) await anEventsFiles(event);
    for (const [name, [slug, facts]] of Object.entries(registrations)) {
      const event = written.get(slug);
      if (!event) throw new Error(`There is no event ${slug}`);
      const registration = await aRegistration(event, facts);
      tokens.set(name, tokenOf(registration, app.settings.secret));
      doors.set(name, tokenOf(registration, app.settings.secret, 'digital door'));
    }
    for (const [name, [slug, facts]] of Object.entries(engagements)) {
      const event = written.get(slug);
      if (event) speakers.set(name, speakerToken(await anEngagement(event, facts), app.settings.secret));
    }
    const coming = written.get('kommande');
    if (coming) await keepReminder(visitorAt(monday), coming, 'asa@example.se', 'sv');
    mark = (await OpeningReminderModel.findOne().orFail()).mark;
    swedish = await inspector(open);
    other = await inspector(open, Boolean(process.env.THOROUGH_IN_ALL_LANGUAGES));
  });
  after(() => app?.close());

  const door = (name: string) => paths.digitalDoor(doors.get(name) ?? '');
  const speaker = (name: string) => paths.engagement(speakers.get(name) ?? '');
  const own = (name: string) => paths.registration(tokens.get(name) ?? '');
  const post = (
    slug: string,
    fields: Record<string, string | string[]>,
    status = 422,
  ): Omit<State, 'name'> => ({
    path: paths.signUp(slug),
    from: paths.event(slug),
    fields,
    status,
  });

  /** Every state by its name; made in the test, when the links are known. */
  const states: Record<string, () => Omit<State, 'name'>> = {
    listan: () => ({ path: '/' }),
    'listan med filter': () => ({ path: '/?lan=05&typ=boostdag&ar=2027' }),
    'listan utan träffar': () => ({ path: '/?lan=04&typ=annat' }),
    ...Object.fromEntries(
      Object.keys(events).map((slug) => [`evenemanget ${slug}`, () => ({ path: paths.event(slug) })]),
    ),
    'fel i formuläret': () => post('oppen', broken),
    'tomt formulär': () => post('oppen', {}),
    'fullt på plats under ifyllandet': () => post('full-pa-plats', answers),
    'fullt under ifyllandet': () => post('full', answers),
    'fullt på båda sätten under ifyllandet': () => post('full-bada', answers),
    'fullt utan väntelista': () => post('full-utan-lista', answers),
    'fel i väntelistans formulär': () => post('full-bada', { ...broken, wait: ['plats', 'digitalt'] }),
    'en kollega till': () => post('oppen', { ...answers, add: '1' }, 200),
    'kollegor och väntelista': () =>
      post('full-bada', { ...answers, ...colleagues, wait: ['plats', 'digitalt'], add: '1' }, 200),
    'en kollega mindre': () => post('oppen', { ...answers, ...colleagues, remove: '1' }, 200),
    'kollegor med fel': () =>
      post('oppen', { ...answers, ...colleagues, colleagueEmail: ['x', 'x'], colleagueRole: ['', ''] }),
    'bara andra, med fel': () =>
      post('oppen', { ...answers, ...colleagues, onlyOthers: 'ja', givenName: '' }),
    'fler kollegor än platser': () => post('nastan-full', { ...answers, ...colleagues }),
    'kollegor när det har stängt': () => post('stangd', { ...answers, ...colleagues }),
    'tack för kollegorna': () => ({ path: paths.groupThanks('oppen') }),
    'tack på väntelistan': () => ({ path: paths.queueThanks('full') }),
    'stängt under ifyllandet': () => post('stangd', answers),
    'inställt under ifyllandet': () => post('installd', answers),
    'inte öppnat': () => post('kommande', answers),
    'genomfört under ifyllandet': () => post('genomford', answers),
    tack: () => post('oppen', answers, 200),
    'tack utan anmälan': () => ({ path: paths.thanks('digital') }),
    ...Object.fromEntries(
      Object.keys(registrations).map((name) => [
        `egen anmälan: ${name}`,
        () => ({ path: own(name), status: 200 }),
      ]),
    ),
    'egen anmälan: fel': () => ({ path: own('anmald'), from: own('anmald'), fields: broken, status: 422 }),
    'egen anmälan: ändrad': () => ({ path: own('anmald'), from: own('anmald'), fields: answers }),
    'egen anmälan: frågan efter ett nej i kalendern': () => ({ path: `${own('nej i kalendern')}/avboka` }),
    'egen anmälan: kvar': () => ({ path: `${own('anmald')}?klart=kvar` }),
    'egen anmälan: koden': () => ({ path: `${own('anmald')}/kod` }),
    'egen anmälan: påminnelser': () => ({ path: `${own('anmald')}/paminnelser` }),
    'egen anmälan: inga påminnelser': () => ({ path: `${own('utan påminnelser')}/paminnelser` }),
    'egen anmälan: frågan om väntelistan': () => ({ path: `${own('väntar')}/avboka` }),
    'egen anmälan: väntar, fel': () => ({
      path: own('väntar på båda sätten'),
      from: own('väntar'),
      fields: broken,
      status: 422,
    }),
    'egen anmälan: frågan': () => ({ path: `${own('anmald')}/avboka` }),
    'egen anmälan: för sent att avboka': () => ({ path: `${own('pågår')}/avboka`, fields: {}, status: 422 }),
    'egen anmälan: okänd länk': () => ({ path: paths.registration('paahittad'), status: 404 }),
    ...Object.fromEntries(
      ['anmald', 'pågår', 'genomförd', 'inställt evenemang', 'avbokad', 'flyttad'].map((name) => [
        `digitala dörren: ${name}`,
        () => ({ path: door(name) }),
      ]),
    ),
    'digitala dörren: gå in': () => ({ path: door('pågår'), from: door('pågår'), fields: {} }),
    'digitala dörren: för tidigt': () => ({
      path: door('anmald'),
      from: door('anmald'),
      fields: {},
      status: 422,
    }),
    ...Object.fromEntries(
      Object.keys(engagements).map((name) => [`medverkan: ${name}`, () => ({ path: speaker(name) })]),
    ),
    'medverkan: fel': () => ({
      path: speaker('inbjuden'),
      from: speaker('inbjuden'),
      fields: { title: 'x'.repeat(151), needs: '19121212-1212' },
      status: 422,
    }),
    'medverkan: sparat': () => ({ path: `${speaker('har tackat ja')}?klart=ja` }),
    'påminn mig': () => ({ path: paths.remindMe('kommande') }),
    'påminn mig: fel': () => ({
      path: paths.remindMe('kommande'),
      from: paths.event('kommande'),
      fields: { email: 'x' },
      status: 422,
    }),
    'påminn mig: svaret': () => ({
      path: paths.remindMe('kommande'),
      from: paths.event('kommande'),
      fields: { email: 'nagon@example.se' },
    }),
    'påminn mig: ta bort adressen': () => ({ path: paths.eraseReminder(mark) }),
    'påminn mig: borttagen': () => ({ path: paths.noReminders() }),
    'ny länk': () => ({ path: paths.newLink() }),
    'ny länk: fel': () => ({
      path: paths.newLink(),
      from: paths.newLink(),
      fields: { email: '' },
      status: 422,
    }),
    'ny länk: svaret': () => ({ path: paths.newLink(), fields: { email: 'nagon@example.se' } }),
    personuppgifter: () => ({ path: paths.privacy() }),
    'personuppgifter, ett län': () => ({ path: `${paths.privacy()}?lan=05` }),
    tillgänglighetsredogörelsen: () => ({ path: paths.accessibility() }),
    kakor: () => ({ path: paths.cookies() }),
    'finns inte': () => ({ path: '/finns-inte', status: 404 }),
    'går inte att läsa': () => ({ path: '/evenemang/%E0%A4%A', status: 400 }),
    'för stort': () => ({ path: paths.newLink(), fields: { email: 'a'.repeat(200_000) }, status: 413 }),
    'från en annan webbplats': () => ({
      path: paths.newLink(),
      from: 'about:blank',
      fields: {},
      status: 403,
    }),
  };

  for (const lang of languages)
    describe(`in ${lang}`, () => {
      for (const [name, state] of Object.entries(states))
        it(name, async () => {
          const { path, ...rest } = state();
          const spoken = { name, ...rest, path: inLanguage(path, lang) };
          await inspect(lang === 'sv' ? swedish : other, app.url, spoken, lang);
        });
    });
});

describe('Pages for visitors where something is wrong', () => {
  const open = useBrowser();
  let app: TestApp;
  let eyes: Inspector;
  before(async () => {
    app = await startApp({ settings: { rateLimit: true } });
    eyes = await inspector(open);
  });
  after(() => app?.close());
  afterEach(() => {
    logger.level = 'info';
  });

  for (const lang of languages) {
    it(`an empty list (${lang})`, async () => {
      await inspect(eyes, app.url, { name: 'tom', path: inLanguage('/', lang) }, lang);
    });

    it(`too many forms (${lang})`, async () => {
      const path = inLanguage(paths.newLink(), lang);
      const fields = { email: 'nagon@example.se' };
      for (let number = 0; number < 30; number += 1) await fetch(app.url + path, formOf(fields));
      await inspect(eyes, app.url, { name: 'för många', path, fields, status: 429 }, lang);
    });

    it(`a form of a network that has signed many up (${lang})`, async () => {
      await anAuthority();
      const { _id, slug } = await anEvent({ slug: `manga-${lang}` });
      const context = { ...visitorAt(monday, { rateLimit: true }), by: { network: '127.0.0.1' } };
      const people = Array.from({ length: 200 }, (_, n) =>
        aPerson({ email: `${n}@example.se`, mode: 'digitalt' }),
      );
      await Promise.all(people.map((person) => register(context, _id, person)));
      const path = inLanguage(paths.signUp(slug), lang);
      const from = inLanguage(paths.event(slug), lang);
      await inspect(eyes, app.url, { name: 'många anmälda', path, from, fields: aForm(), status: 429 }, lang);
    });

    it(`an error of ours (${lang})`, async () => {
      // The log's line about it is what it should be, but no part of the report.
      logger.level = 'silent';
      await anAuthority();
      const { slug } = await anEvent({ slug: `trasig-${lang}`, summary: null as never });
      await inspect(
        eyes,
        app.url,
        { name: 'fel', path: inLanguage(paths.event(slug), lang), status: 500 },
        lang,
      );
    });
  }
});

describe('The event page on the wire', () => {
  const open = useBrowser();
  let app: TestApp;
  let page: Page;
  before(async () => {
    app = await startApp();
    await anAuthority();
    page = await open({});
  });
  after(() => app?.close());

  it('weighs less than 60 kB with all its files, asks for no script and sets no cookie', async () => {
    const { slug } = await anEvent({ slug: 'oppen' });
    const requests: { type: string; size: Promise<number> }[] = [];
    page.on('requestfinished', (request) => {
      const size = request.sizes().then(({ responseBodySize }) => responseBodySize);
      requests.push({ type: request.resourceType(), size });
    });
    await page.goto(app.url + paths.event(slug), { waitUntil: 'networkidle' });
    const icon = await fetch(app.url + (await page.locator('link[rel=icon]').getAttribute('href')));
    const sizes = await Promise.all(requests.map(({ size }) => size));
    const total = sizes.reduce((sum, size) => sum + size, (await icon.bytes()).length);
    expect(requests.map(({ type }) => type).sort()).to.deep.equal([
      'document',
      'font',
      'stylesheet',
      'stylesheet',
    ]);
    expect(total).to.be.within(10_000, 60_000);
    expect(await page.context().cookies()).to.deep.equal([]);
  });
});
