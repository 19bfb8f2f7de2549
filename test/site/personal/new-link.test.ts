import { expect } from 'chai';
import { LinkRequestModel } from '../../../src/link-requests/link-request.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { aForm, anAuthority, anEvent, aRegistration, monday } from '../../support/builders.ts';
import { answerRequests } from '../../support/link-requests.ts';
import { fieldsOf, send, visit } from '../../support/requests/visitor.ts';

const path = '/anmalan/ny-lank';

describe('A lost link', () => {
  let app: TestApp;
  let now = monday;

  beforeEach(async () => {
    now = monday;
    app = await startApp({ clock: () => now });
    await anAuthority();
  });
  afterEach(() => app.close());

  /** Asks, and lets the worker answer. */
  const ask = async (email: string) => {
    const page = await send(app, path, { email });
    await answerRequests(app);
    return page;
  };
  const letters = () => LetterModel.find().sort({ createdAt: 1 }).lean();

  it('is sent again: a letter for each active registration, also long after the event', async () => {
    const [first, second, third] = [await anEvent(), await anEvent(), await anEvent()];
    const old = await anEvent({ start: new Date('2026-11-01T08:00Z'), end: new Date('2026-11-01T11:00Z') });
    const mine = [await aRegistration(first), await aRegistration(second, { language: 'en' })];
    await aRegistration(third, { status: 'cancelled' });
    await aRegistration(third, { email: 'annan@example.se' });
    mine.push(await aRegistration(old));
    await ask('Asa.Oberg@example.SE');
    const sent = await letters();
    expect(sent.map(({ kind, to, language }) => [kind, to.address, language])).to.have.deep.members([
      ['new-link', 'asa.oberg@example.se', 'sv'],
      ['new-link', 'asa.oberg@example.se', 'en'],
      ['new-link', 'asa.oberg@example.se', 'sv'],
    ]);
    expect(sent.map(({ registration }) => String(registration))).to.have.members(
      mine.map(({ _id }) => String(_id)),
    );
  });

  it('is asked for by the form, where sign-up is closed or refused, and in the foot of every page', async () => {
    const closesAt = new Date(+monday - 1);
    await anEvent({ slug: 'oppen' });
    await anEvent({ slug: 'stangd', closesAt });
    const event = '/evenemang';
    const refused = await send(app, `${event}/stangd/anmalan`, aForm());
    const inForm = await send(app, `${event}/oppen/anmalan`);
    for (const page of [
      await visit(app, `${event}/oppen`),
      await visit(app, `${event}/stangd`),
      refused,
      inForm,
    ])
      expect(page.html.split('<footer')[0]).to.include(`href="${path}"`);
    expect((await visit(app, '/en/kakor')).html.split('<footer')[1]).to.include(`href="/en${path}"`);
  });

  it('gets the same answer for everybody (K3)', async () => {
    await aRegistration(await anEvent());
    const bytes = async (email: string) => {
      const { status, headers, html } = await send(app, path, { email });
      return JSON.stringify([status, [...headers].filter(([name]) => name !== 'date'), html]);
    };
    expect(await bytes('asa.oberg@example.se')).to.equal(await bytes('ingen@example.se'));
    const answer = await ask('ingen@example.se');
    expect([answer.status, answer.headers.get('location')]).to.deep.equal([303, `${path}?skickat`]);
    const page = await visit(app, `${path}?skickat`);
    expect(page.words).to.include(
      'Finns det en anmälan med den adressen får du strax ett mejl med en ny länk.',
    );
  });

  it('is looked for by the worker, so that the time of the answer tells nothing', async () => {
    await aRegistration(await anEvent());
    for (const email of ['asa.oberg@example.se', 'ingen@example.se']) {
      await send(app, path, { email });
      expect(await LinkRequestModel.countDocuments({ email })).to.equal(1);
      expect(await letters()).to.deep.equal([]);
    }
    await answerRequests(app);
    expect(await LinkRequestModel.countDocuments()).to.equal(0);
    expect(await letters()).to.have.length(1);
  });

  it('is sent at most once an hour, also when asked for twice at once', async () => {
    await aRegistration(await anEvent());
    await Promise.all([ask('asa.oberg@example.se'), ask('asa.oberg@example.se')]);
    now = new Date(monday.getTime() + 59 * 60_000);
    await ask('asa.oberg@example.se');
    expect(await letters()).to.have.length(1);
    now = new Date(monday.getTime() + 60 * 60_000);
    await ask('asa.oberg@example.se');
    expect(await letters()).to.have.length(2);
  });

  it('asks again for an address that is none, and keeps it', async () => {
    const wrong = await ask('a@x.se, b@y.se');
    expect(wrong.status).to.equal(422);
    expect(wrong.title).to.match(/^Fel: Få länken igen/);
    expect(wrong.words).to.include('Det finns 1 fel i formuläret Skriv en adress. Här står flera');
    expect(fieldsOf(wrong.html)).to.deep.equal({ email: 'a@x.se, b@y.se' });
    expect((await send(app, `/en${path}`)).words).to.include('Enter your email address, for example');
  });

  it('has a page in both languages, without a cookie', async () => {
    const page = await visit(app, path);
    expect(page.words).to.include('Har du tappat bort länken till din anmälan?');
    expect(page.headers.has('set-cookie')).to.equal(false);
    expect((await visit(app, `/en${path}`)).words).to.include('Have you lost the link');
  });

  it('is limited to thirty questions in five minutes', async () => {
    const limited = await startApp({ settings: { rateLimit: true } });
    const ask = async (email: string) => (await send(limited, path, { email })).status;
    expect(await ask('')).to.equal(422);
    for (let count = 0; count < 30; count += 1) expect(await ask(`nagon${count}@example.se`)).to.equal(303);
    expect(await ask('nagon@example.se')).to.equal(429);
    expect(await ask(''), 'what is wrong is said all the same').to.equal(422);
    await limited.close();
  });
});
