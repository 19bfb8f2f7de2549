import { expect } from 'chai';
import { AuditModel } from '../../../src/audit/log.ts';
import type { Event } from '../../../src/events/event.ts';
import { tokenOf } from '../../../src/registrations/personal/links.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, aRegistration } from '../../support/builders.ts';
import { type Browser, signIn } from '../../support/requests/sign-in.ts';

describe('A file with personal data', () => {
  let app: TestApp;
  let maja: Browser;
  let event: Event;
  let files: string[];

  before(async () => {
    app = await startApp();
    await anAuthority();
    event = await anEvent();
    const key = tokenOf(await aRegistration(event), app.settings.secret);
    maja = await signIn(app);
    const list = `/kontor/evenemang/${event._id}/deltagare.csv`;
    files = [list, '/kontor/statistik.csv', `/anmalan/${key}/data.json`, `/en/anmalan/${key}/data.json`];
  });
  after(() => app.close());

  const fetchAs = (path: string, headers: Record<string, string>, method = 'GET') =>
    fetch(app.url + path, { method, headers: { cookie: maja.cookie, ...headers }, redirect: 'manual' });
  const noted = () => AuditModel.countDocuments({ action: 'registration.exported' });

  const prefetches: Record<string, string>[] = [
    { 'Sec-Purpose': 'prefetch' },
    { 'Sec-Purpose': 'prefetch;prerender' },
    { Purpose: 'prefetch' },
    { 'X-Purpose': 'preview' },
    { 'X-Moz': 'prefetch' },
  ];

  it('is not for a browser that looks ahead, and neither is any page with personal data', async () => {
    const pages = [
      `/kontor/evenemang/${event._id}/deltagare`,
      '/kontor',
      files[2]?.replace('/data.json', '') ?? '',
    ];
    for (const path of [...files, ...pages])
      for (const headers of prefetches) {
        const answer = await fetchAs(path, headers);
        expect(answer.status, path).to.equal(403);
        expect(await answer.text(), path).not.to.contain('asa.oberg@example.se');
      }
    expect(await noted()).to.equal(0);
  });

  it('is named to a HEAD, without being made', async () => {
    for (const path of files) {
      const answer = await fetchAs(path, {}, 'HEAD');
      expect(answer.status, path).to.equal(200);
      expect(answer.headers.get('content-disposition'), path).to.match(/^attachment; filename=/);
    }
    expect(await noted()).to.equal(0);
  });

  it('is offered by its page to who comes from another site', async () => {
    for (const path of files)
      for (const site of ['cross-site', 'same-site']) {
        const answer = await fetchAs(path, { 'Sec-Fetch-Site': site });
        expect(answer.status, path).to.equal(303);
        const page = await fetchAs(answer.headers.get('location') ?? '', {});
        expect(page.status, path).to.equal(200);
      }
    expect(await noted()).to.equal(0);
  });

  it('is sent to who asks for it, and noted if that is to be noted', async () => {
    for (const path of files) {
      const answer = await fetchAs(path, { 'Sec-Fetch-Site': 'same-origin' });
      expect(answer.status, path).to.equal(200);
      expect((await answer.text()).length, path).to.be.above(20);
    }
    expect(await noted()).to.equal(1);
  });
});
