import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';
import type { BrowserContext, Page } from 'playwright-core';
import { AuditModel } from '../../src/audit/log.ts';
import type { Event } from '../../src/events/event.ts';
import { SignInSessionModel } from '../../src/organisers/sign-in-session.ts';
import { tokenOf } from '../../src/registrations/personal/links.ts';
import { type Registration, RegistrationModel } from '../../src/registrations/registration.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { lastingBrowser } from '../support/browser/browser.ts';
import { anAuthority, anEvent, aRegistration } from '../support/builders.ts';
import { inChapters } from '../support/chapters.ts';
import { type Network, startNetwork } from '../support/processes/network.ts';
import { upload, zoomFile } from '../support/reports.ts';
import { type Browser, signIn } from '../support/requests/sign-in.ts';
import { send } from '../support/requests/visitor.ts';
import { wordsOf } from '../support/requests/words.ts';

const arrival = new Date('2027-02-11T07:45:00Z');
const places = ['0580', '0583', '0513', '0561'];

describe('One boost day with 120 people', () => {
  inChapters();
  let now = arrival;
  let app: TestApp;
  let maja: Browser;
  let event: Event;
  let network: Network;
  let folder: string;
  let telephone: BrowserContext;
  let page: Page;
  const onSite: Registration[] = [];
  const online: Registration[] = [];

  before(async function () {
    this.timeout(90_000);
    app = await startApp({ clock: () => now });
    await anAuthority();
    event = await anEvent({ seats: { plats: 100, digitalt: null } });
    for (let number = 0; number < 114; number++) await sign(number);
    maja = await signIn(app);
    network = await startNetwork(app.url);
    folder = await mkdtemp(join(tmpdir(), 'telephone-'));
    await pickUpTelephone();
  });
  after(async () => {
    await telephone?.close();
    network?.close();
    await app?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  /** 73 sign up on site, and three of them will never come; 41 online. */
  async function sign(number: number): Promise<void> {
    const mode = number < 73 ? 'plats' : 'digitalt';
    const person = {
      ...({ mode, givenName: 'Person', familyName: `Nummer${String(number).padStart(3, '0')}` } as const),
      ...{ email: `p${number}@example.se`, municipality: places[number % 4] ?? '0580' },
    };
    (mode === 'plats' ? onSite : online).push(await aRegistration(event, person));
  }

  const address = (more = '') => `/kontor/evenemang/${event._id}/narvaro${more}`;
  const came = (mode: 'plats' | 'digitalt') =>
    RegistrationModel.countDocuments({ event: event._id, present: true, attendedMode: mode });

  async function pickUpTelephone(): Promise<void> {
    telephone = await lastingBrowser(folder);
    await letIn();
    page = await telephone.newPage();
    await page.goto(network.url + address());
    await page.getByText('Listan fungerar utan nät').waitFor();
  }

  async function letIn(): Promise<void> {
    const [name = '', value = ''] = (await signIn(app)).cookie.split('=');
    await telephone.addCookies([{ name, value, domain: '127.0.0.1', path: '/kontor' }]);
  }

  async function mark(people: Registration[]): Promise<void> {
    for (const { familyName } of people)
      await page.getByRole('button', { name: new RegExp(`^Har kommit.*${familyName}$`) }).click();
  }

  const waiting = (number: number) =>
    page
      .locator('#waits')
      .getByText(new RegExp(`^${number} markering`))
      .waitFor();
  const nothingWaits = () => page.locator('#waits:empty').waitFor({ state: 'attached' });

  it('lets 25 in by their code and 25 by the list', async () => {
    for (const one of onSite.slice(0, 25)) {
      const code = `/kontor/in/${tokenOf(one, app.settings.secret, 'check-in')}`;
      expect((await maja.post(code, { present: 'plats' })).status).to.equal(303);
    }
    for (const { _id } of onSite.slice(25, 50))
      await maja.post(address(), { registration: String(_id), present: 'ja' });
    expect(await came('plats')).to.equal(50);
  });

  it('marks in a cellar, where each answer is cut off after the server has acted', async () => {
    network.is('cuts');
    await mark(onSite.slice(50, 57));
    await waiting(7);
    while ((await came('plats')) === 50) await setTimeout(50);
  });

  it('forgets nothing when the browser is closed and opened again without any network', async () => {
    network.is('down');
    await mark(onSite.slice(57, 64));
    await waiting(14);
    await telephone.close();
    telephone = await lastingBrowser(folder);
    page = await telephone.newPage();
    await page.goto(network.url + address());
    await waiting(14);
    await mark(onSite.slice(64, 70));
    await waiting(20);
  });

  it('keeps them when the sign-in has run out meanwhile, and sends each once after the next', async () => {
    await SignInSessionModel.deleteMany();
    network.is('up');
    await page.getByRole('link', { name: /^Logga in igen/ }).waitFor();
    await waiting(20);
    await letIn();
    await nothingWaits();
    const rows = await RegistrationModel.find({
      _id: { $in: onSite.slice(50, 70).map(({ _id }) => _id) },
    }).lean();
    expect(
      rows.map(({ present, attendedMode, nonces }) => [present, attendedMode, nonces?.length]),
    ).to.deep.equal(Array(20).fill([true, 'plats', 1]));
    expect(await AuditModel.countDocuments({ action: 'attendance.present' })).to.equal(70);
    expect(await came('plats')).to.equal(70);
  });

  it('writes six in who had not signed up', async () => {
    for (let number = 0; number < 6; number++) {
      const person = {
        givenName: 'Gäst',
        familyName: `Ek${'abcdef'[number]}`,
        organisation: 'Motala kommun',
      };
      const answers = { ...person, municipality: '0583', role: 'chef', mode: 'plats' };
      expect((await maja.post(address('/utan-anmalan'), answers)).status).to.equal(303);
    }
    expect(await came('plats')).to.equal(76);
  });

  it('lets 30 in by the digital door', async () => {
    for (const one of online.slice(0, 30))
      await send(app, `/delta/${tokenOf(one, app.settings.secret, 'digital door')}`);
    expect(await came('digitalt')).to.equal(30);
  });

  it('adds eight from a report of the meeting, and leaves three unsure', async () => {
    now = new Date('2027-02-11T13:00:00Z');
    maja = await signIn(app);
    const row = ({ givenName, familyName, email }: Registration, as = email) =>
      [`${givenName} ${familyName}`, as, '09:00', '11:50'] as [string, string, string, string];
    const file = zoomFile([
      ...online.slice(20, 38).map((one) => row(one)),
      ...online.slice(38).map((one) => row(one, '')),
    ]);
    const report = (await upload(app, maja, address('/rapport'), file)).headers.get('location') ?? '';
    const shown = wordsOf(await (await maja.get(report)).text());
    expect(shown).to.include('markeras som närvarande 8 osäkra 3 okända 0');
    expect((await maja.post(report, { threshold: '90' })).status).to.equal(303);
    expect(await came('digitalt')).to.equal(38);
  });

  it('counts what the rows say, to the last one', async () => {
    const rows = await RegistrationModel.find({ event: event._id }).lean();
    expect(rows).to.have.length(120);
    const here = rows.filter(({ present }) => present);
    expect(here).to.have.length(114);
    const words = async (query: string) => wordsOf(await (await maja.get(address(query))).text());
    expect(await words('?mode=plats')).to.include('76 har kommit 3 väntas');
    expect(await words('?mode=digitalt')).to.include('38 har kommit 3 väntas');
    expect(await words('?mode=alla')).to.include('114 har kommit 6 väntas');
    const from = (place: string) => here.filter(({ municipality }) => municipality === place).length;
    const statistics = await (await maja.get('/kontor/statistik.csv')).text();
    for (const [place, name] of [
      ['0580', 'Linköping'],
      ['0583', 'Motala'],
      ['0513', 'Kinda'],
      ['0561', 'Åtvidaberg'],
    ])
      expect(statistics, name).to.match(new RegExp(`^${name};.*;?${from(place ?? '')}\\b`, 'm'));
    await letIn();
    await page.goto(network.url + address('?mode=alla'));
    await page.getByText('Listan fungerar utan nät').waitFor();
    expect(await page.locator('.tally').innerText()).to.match(/114 har kommit\s+6 väntas/);
  });
});
