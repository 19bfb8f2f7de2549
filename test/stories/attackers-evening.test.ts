import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';
import { paths } from '../../src/base/paths.ts';
import { type Event, EventModel } from '../../src/events/event.ts';
import { LinkRequestModel } from '../../src/link-requests/link-request.ts';
import { RegistrationModel } from '../../src/registrations/registration.ts';
import { aForm, anAuthority, anEvent, aRegistration, formOf, monday } from '../support/builders.ts';
import { type Received, readMail } from '../support/mail/mailbox.ts';
import { anOrganiser, browser, cookieOf, tokenIn } from '../support/requests/sign-in.ts';
import { fieldsOf, visit } from '../support/requests/visitor.ts';
import { wordsOf } from '../support/requests/words.ts';
import { type Service, startService } from '../support/service.ts';

/** What the attacker wants others to read. */
const attack = 'Ditt konto spärras, logga in på elak-bank.example';
const attacker = '203.0.113.66';
/** In .ci/nightly there are 2,000. */
const posts = Number(process.env.POSTS ?? 144);
/** Requests under way at the same time. */
const hands = 12;

describe("An attacker's evening", () => {
  let now: Date;
  let service: Service;
  let event: Event;

  beforeEach(async () => {
    now = monday;
    service = await startService(() => now, { rateLimit: true, trustProxy: 1 });
    await anAuthority();
    await anOrganiser();
    event = await anEvent({ seats: { plats: 30, digitalt: 0 } });
    await aRegistration(event, { email: 'asa@example.se', provenAt: monday });
  });
  afterEach(() => service.close());

  const post = (network: string, path: string, fields: Record<string, string>, headers = {}) =>
    fetch(service.app.url + path, {
      ...formOf(fields),
      headers: { 'X-Forwarded-For': network, ...headers },
    });
  const words = `${attack}!`;
  const invented = (number: number) =>
    aForm({
      email: `hittepa${number}@example.net`,
      organisation: words,
      givenName: 'Kim',
      familyName: 'Lund',
    });
  const colleague = (number: number) => ({
    ...{
      colleagueGivenName: 'Kim',
      colleagueFamilyName: 'Lund',
      colleagueEmail: `kollega${number}@example.net`,
    },
    ...{ colleagueRole: 'chef', colleagueMode: 'plats' },
  });

  /** Every kind of post, as its number comes round. */
  const kinds: ((number: number) => [path: string, fields: Record<string, string>, headers?: object])[] = [
    (n) => [paths.signUp(event.slug), invented(n)],
    (n) => [paths.signUp(event.slug), { ...invented(n), givenName: attack }],
    (n) => [paths.signUp(event.slug), { ...invented(n), onlyOthers: 'ja', ...colleague(n) }],
    (n) => [paths.signUp(event.slug), { ...invented(n), ...colleague(n), colleagueFamilyName: attack }],
    (n) => [paths.signUp(event.slug), { ...invented(n), email: 'asa@example.se' }],
    (n) => [paths.signUp(event.slug), { ...invented(n), email: `victim+${n}@example.se` }],
    () => [paths.newLink(), { email: 'asa@example.se' }],
    (n) => [paths.newLink(), { email: `ingen${n}@example.se` }],
    () => [paths.signIn(), { email: 'maja.lindgren@example.se' }],
    (n) => [paths.signIn(), { email: `ingen${n}@example.se` }],
    () => [paths.signUp(event.slug), { x: attack }],
    (n) => [paths.signUp(event.slug), invented(n), { Origin: 'https://evil.example' }],
  ];

  /** The evening passes while the posts come, four in a second. @returns how often each status was the answer */
  async function spendEvening(): Promise<Map<number, number>> {
    const answers = new Map<number, number>();
    let next = 0;
    const work = async () => {
      for (let number = next++; number < posts; number = next++) {
        now = new Date(Math.max(+now, +monday + number * 250));
        const kind = kinds[number % kinds.length] as (typeof kinds)[0];
        const { status } = await post(attacker, ...kind(number));
        answers.set(status, (answers.get(status) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: hands }, work));
    return answers;
  }

  const letters = (): Promise<Received[]> => Promise.all(service.smtp.mails.map(readMail));
  /** Waits until such a letter to this address has come, and reads the latest. */
  async function letterTo(address: string, subject: RegExp): Promise<Received> {
    for (;;) {
      const mine = service.smtp.mails.filter(({ to }) => to.includes(address)).toReversed();
      for (const mail of mine) {
        const letter = await readMail(mail);
        if (subject.test(letter.subject)) return letter;
      }
      await setTimeout(50);
    }
  }

  /** The organiser asks for a link from her own network and uses the latest that she has. */
  async function signInAsMaja() {
    const email = 'maja.lindgren@example.se';
    const network = { 'X-Forwarded-For': '198.51.100.99' };
    expect((await post('198.51.100.99', paths.signIn(), { email })).status).to.be.oneOf([200, 303]);
    while ((await LinkRequestModel.countDocuments({ kind: 'signIn', email, dueAt: { $lte: now } })) > 0)
      await setTimeout(50);
    const { text } = await letterTo(email, /^Logga in/);
    const link = /https:\/\/boostdagar\.example\.se(\/kontor\/logga-in\/[\w-]+)/.exec(text)?.[1] ?? '';
    const fields = { ...fieldsOf((await visit(service.app, link, { headers: network })).html), email };
    const answer = await post('198.51.100.99', link, fields);
    expect(answer.status).to.equal(303);
    const cookie = cookieOf(answer);
    const page = await fetch(`${service.app.url}/kontor`, { headers: { cookie } });
    return browser(service.app, cookie, tokenIn(await page.text()));
  }

  it('harms nobody: people from elsewhere sign up and in, and three clicks clean up', async function () {
    this.timeout(600_000);
    const answers = await spendEvening();
    expect([...answers.keys()].filter((status) => status >= 500)).to.deep.equal([]);
    expect([...answers.keys()]).to.include.members([303, 403, 422]);
    expect((await EventModel.findById(event._id).orFail().lean()).taken.plats).to.equal(30);

    // Real people: each from a network of their own, at the event that is full now.
    const real = ['eva', 'nils', 'sara'].map((name) => `${name}@kommun.example.se`);
    for (const [index, email] of real.entries()) {
      const path = paths.signUp(event.slug);
      const answer = await post(`198.51.100.${index}`, path, { ...aForm({ email }), wait: 'plats' });
      expect([answer.status, answer.headers.get('location')]).to.deep.equal([
        303,
        paths.queueThanks(event.slug),
      ]);
    }
    for (const email of real) await letterTo(email, /väntelista/i);

    now = new Date(+now + 61_000);
    const maja = await signInAsMaja();
    const told = await letterTo('maja.lindgren@example.se', /^Ovanligt många/);
    const [, link = ''] =
      /https:\/\/boostdagar\.example\.se(\/kontor\/\S+group=[\w-]+)/.exec(told.text) ?? [];

    const list = await (await maja.get(link)).text();
    const action = /action="([^"]*avboka\?[^"]*)"/.exec(list)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(wordsOf(list)).to.include('Avboka alla som filtret visar');
    const question = await (await maja.post(action, { all: 'ja' })).text();
    const chosen = [...question.matchAll(/name="chosen" value="(\w+)"/g)].map(([, id = '']) => id);
    expect((await maja.post(action, { chosen, letters: 'nej' })).status).to.equal(303);

    const seated = await RegistrationModel.distinct('email', { event: event._id, status: 'confirmed' });
    expect(seated).to.have.members(['asa@example.se', ...real]);
    for (const email of real) await letterTo(email, /plats/i);
    for (const { subject, text, spoken } of await letters())
      expect([subject, text, spoken].join()).not.to.match(/spärras|elak-bank/);
    for (const { raw } of service.smtp.mails) expect(String(raw)).not.to.match(/sp=C3=A4rras|elak-bank/);
  });
});
