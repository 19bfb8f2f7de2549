import { expect } from 'chai';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { compose } from '../../../src/letters/compose.ts';
import { type Letter, LetterModel } from '../../../src/outbox/letter.ts';
import type { LetterFacts } from '../../../src/registrations/letter-facts.ts';
import { sendNewLinks } from '../../../src/registrations/personal/new-link.ts';
import { registerColleagues } from '../../../src/registrations/sign-up/colleagues.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, aPerson, monday } from '../../support/builders.ts';
import { visit } from '../../support/requests/visitor.ts';

describe('Somebody who only signs up others', () => {
  let app: TestApp;
  let now: Date;
  let event: Event;
  const registrar = aPerson({ givenName: 'Karin', familyName: 'Ek', email: 'karin@example.se' });
  const visitor = () => ({ now, by: {}, settings: app.settings });

  beforeEach(async () => {
    now = monday;
    app = await startApp({ clock: () => now });
    await anAuthority();
    event = await anEvent();
    const people = ['Åsa', 'Bo'].map((givenName) => aPerson({ givenName, email: `${givenName}@example.se` }));
    await registerColleagues(visitor(), event._id, { registrar, people });
  });
  afterEach(() => app.close());

  const lettersTo = (address: string) =>
    LetterModel.find({ 'to.address': address }).sort({ createdAt: 1, _id: 1 }).lean<Letter<LetterFacts>[]>();
  const linkIn = async (letter: Letter<LetterFacts> | undefined) => {
    if (!letter) throw new Error('There is no letter');
    const { content } = await compose(letter, app.settings);
    return new URL(content.action?.url ?? '').pathname;
  };

  it('sees whom, and gets the data, by the link of the list, as long as it is there', async () => {
    const link = await linkIn((await lettersTo('karin@example.se'))[0]);
    for (const at of [monday, new Date(+event.end + 400 * 24 * 3600_000)]) {
      now = at;
      const page = await visit(app, link);
      expect(page.status).to.equal(200);
      expect(page.words).to.include('De här har du anmält Åsa Öberg Bo Öberg');
      expect(page.headers.get('cache-control')).to.equal('no-store');
      const data = JSON.parse((await visit(app, `${link}/data.json`)).html);
      expect(data.registeredBy).to.deep.equal({ name: 'Karin Ek', email: 'karin@example.se' });
      expect(data.registered).to.deep.equal(['Åsa Öberg', 'Bo Öberg']);
      expect(data.letters.map(({ kind }: { kind: string }) => kind)).to.deep.equal(['colleagues-list']);
    }
    await LetterModel.deleteMany({});
    expect((await visit(app, link)).status).to.equal(404);
  });

  it('cannot act on anything by it, and nobody opens it by a link that was made up', async () => {
    const link = await linkIn((await lettersTo('karin@example.se'))[0]);
    for (const path of ['', '/avboka', '/igen', '/paminnelser', '/kvar'])
      expect((await visit(app, link + path, { method: 'POST' })).status, path).to.equal(404);
    const wrong = link.slice(0, -1) + (link.endsWith('A') ? 'B' : 'A');
    expect((await visit(app, wrong)).status).to.equal(404);
    expect((await EventModel.findById(event._id).orFail().lean()).taken.plats).to.equal(2);
  });

  it('gets the link again, at most once an hour; one who comes as well gets only their own', async () => {
    await sendNewLinks(visitor(), 'karin@example.se');
    await sendNewLinks(visitor(), 'karin@example.se');
    const [list, again, ...more] = await lettersTo('karin@example.se');
    expect([again?.kind, again?.registration, more]).to.deep.equal(['new-link', undefined, []]);
    expect(await linkIn(again)).to.equal(await linkIn(list));
    const comes = aPerson({ email: 'olle@example.se' });
    const people = [comes, aPerson({ email: 'per@example.se' })];
    await registerColleagues(visitor(), event._id, { registrar: comes, people });
    await sendNewLinks(visitor(), 'olle@example.se');
    const kinds = (await lettersTo('olle@example.se')).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'new-link')).to.have.length(1);
  });
});
