import { expect } from 'chai';
import { tokenOf } from '../src/registrations/personal/links.ts';
import { startApp, type TestApp } from './support/app.ts';
import { anAuthority, anEvent, aRegistration } from './support/builders.ts';
import { visit } from './support/requests/visitor.ts';

describe('A link with the end of its sentence behind it', () => {
  let app: TestApp;
  let own: string;

  before(async () => {
    app = await startApp();
    await anAuthority();
    own = `/anmalan/${tokenOf(await aRegistration(await anEvent({ slug: 'dagen' })), app.settings.secret)}`;
  });
  after(() => app.close());

  for (const end of ['.', ')', ',', ';', '>', '%3E', ').', '”', '"', '...'])
    it(`opens: ${end}`, async () => {
      for (const path of [own, `/en${own}`, '/evenemang/dagen', '/kalender.ics']) {
        const { status, headers } = await visit(app, `${path}${end}?klart=ja`);
        expect([status, headers.get('Location')], path).to.deep.equal([302, `${path}?klart=ja`]);
      }
      expect((await visit(app, own)).status).to.equal(200);
    });

  it('never leads off the site', async () => {
    expect((await visit(app, '//evil.example/).')).headers.get('Location')).to.equal('/evil.example/');
    expect((await visit(app, '/).')).headers.get('Location')).to.equal('/');
  });

  it('acts on nothing: a post there is a 404', async () => {
    expect((await visit(app, `${own}/avboka).`, { method: 'POST' })).status).to.equal(404);
  });
});
