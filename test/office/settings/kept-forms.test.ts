import { expect } from 'chai';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { KeptFormModel } from '../../../src/organisers/kept-form.ts';
import { makeLink } from '../../../src/organisers/sign-in.ts';
import { forgetSessions, SignInSessionModel } from '../../../src/organisers/sign-in-session.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { hiddenIn } from '../../support/browser/hidden.ts';
import { anAuthority, anEvent, aRegistration, aSpeaker, monday } from '../../support/builders.ts';
import { type Form, typedForms } from '../../support/requests/forms.ts';
import { anOrganiser, type Browser, browser, cookieOf, tokenIn } from '../../support/requests/sign-in.ts';
import { wordsOf } from '../../support/requests/words.ts';

const hour = 3600_000;
const kept = '/kontor/skrivet';
const office = typedForms.filter(({ path }) => path.startsWith('/kontor/') && !path.includes('logga-in'));

describe('A form that is sent when the sign-in session has run out', () => {
  let app: TestApp;
  let now: Date;
  let event: Event;
  let ids: Record<string, string>;

  beforeEach(async () => {
    now = monday;
    app = await startApp({ clock: () => now, settings: { rateLimit: false } });
    await anAuthority({ version: 1 });
    event = await anEvent();
    // With the event's id, so that `:id` names either.
    await aSpeaker({ _id: event._id });
    ids = { id: String(event._id), registration: String((await aRegistration(event))._id) };
  });
  afterEach(() => app.close());

  const addressOf = (path: string) => path.replace(/:(\w+)/g, (_all, name: string) => ids[name] ?? '');
  const later = (hours: number) => {
    now = new Date(+now + hours * hour);
  };

  /** Signs somebody in with a link, in a browser that may have a cookie already. @returns the browser, and where it is led */
  async function comeIn(
    who: Parameters<typeof anOrganiser>[0] = {},
    cookie = '',
  ): Promise<Browser & { ledTo: string | null }> {
    const context = { now, by: {}, settings: app.settings };
    const { pathname } = new URL(await makeLink(context, await anOrganiser(who), 15));
    const answer = await fetch(app.url + pathname, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie },
    });
    const fresh = cookieOf(answer);
    const page = await fetch(`${app.url}/kontor`, { headers: { cookie: fresh } });
    return {
      ...browser(app, fresh, tokenIn(await page.text())),
      ledTo: answer.headers.get('location'),
    };
  }

  /** Sends a form two hours too late. @returns where that leads */
  async function sendLate(maja: Browser, path: string, answers: Form['answers']): Promise<string | null> {
    later(2);
    const answer = await maja.post(path, answers);
    expect(answer.status).to.equal(303);
    return answer.headers.get('location');
  }

  /** What the first kept form would send again; the form that throws it away comes after it. */
  const fieldsIn = (html: string) => hiddenIn(html.slice(0, html.lastIndexOf('<form')));

  const textOf = async (one: Browser, path = kept) => wordsOf(await (await one.get(path)).text());

  it('is one of these', () => expect(office).to.have.length.above(6));

  for (const { path, query = '', answers, typed, at = monday, given, answersWithPage } of office)
    it(`is kept with all that was typed, and saved by a click: ${path}`, async () => {
      now = at;
      const maja = await comeIn();
      ids = { ...ids, ...(await given?.(event)) };
      const address = addressOf(path) + query;
      const form = await (await maja.get(address)).text();
      const hidden = { version: tokenIn(form, 'version') || '1', seen: tokenIn(form, 'seen') };
      const named = Object.entries(answers).map(([name, answer]) => [addressOf(name), answer]);
      expect(await sendLate(maja, address, { ...Object.fromEntries(named), ...hidden })).to.equal(
        '/kontor/logga-in?kvar=ja',
      );
      expect(await textOf(maja, '/kontor/logga-in?kvar=ja')).to.include('Det du skrev finns kvar');
      const before = JSON.stringify(await EventModel.find().lean());
      const again = await comeIn({}, maja.cookie);
      expect(again.ledTo).to.equal(kept);
      const page = await (await again.get(kept)).text();
      for (const name of Object.keys(typed))
        expect(wordsOf(page), name).to.include(wordsOf(answers[name] ?? ''));
      expect(JSON.stringify(await EventModel.find().lean()), 'nothing acts by itself').to.equal(before);
      const saved = await again.post(address, fieldsIn(page));
      expect(saved.status, await saved.text()).to.equal(answersWithPage ? 200 : 303);
      expect(await textOf(again)).to.include('Här finns inget just nu');
    });

  const reason = { reason: 'Föreläsaren är sjuk' };
  const cancelling = () => addressOf('/kontor/evenemang/:id/stall-in');

  it('waits on the first page of the office too, until it is thrown away', async () => {
    const maja = await comeIn();
    await sendLate(maja, cancelling(), reason);
    const again = await comeIn();
    expect(await textOf(again, '/kontor')).to.include('Det du skrev finns kvar');
    const drop = /\/kontor\/skrivet\/\w+\/ta-bort/.exec(await (await again.get(kept)).text())?.[0] ?? '';
    expect((await again.post(drop)).headers.get('location')).to.equal('/kontor');
    expect(await textOf(again, '/kontor')).not.to.include('Det du skrev finns kvar');
    expect((await again.post(drop)).status).to.equal(404);
  });

  it('is shown to nobody else: another organiser in the same browser, an organiser of another county board', async () => {
    const maja = await comeIn();
    await sendLate(maja, cancelling(), reason);
    const { _id } = await KeptFormModel.findOne().orFail();
    for (const who of [
      { email: 'eva.ek@example.se', name: 'Eva Ek' },
      { email: 'karin.ekdal@example.se', authority: '04' },
    ]) {
      const other = await comeIn(who, maja.cookie);
      expect(other.ledTo).to.equal('/kontor');
      expect(await textOf(other)).not.to.include(reason.reason);
      expect((await other.post(`${kept}/${_id}/ta-bort`)).status).to.equal(404);
      await other.post(cancelling(), { kept: _id });
    }
    expect((await comeIn()).ledTo).to.equal(kept);
  });

  it('is kept once if it is sent twice, and not without a typed answer', async () => {
    const maja = await comeIn();
    await sendLate(maja, cancelling(), reason);
    await maja.post(cancelling(), reason);
    expect(await maja.post(addressOf('/kontor/evenemang/:id/publicera'), { version: '1' })).to.have.property(
      'status',
      303,
    );
    expect(await KeptFormModel.countDocuments()).to.equal(1);
  });

  it('is kept seven days, and twenty for one organiser', async () => {
    const maja = await comeIn();
    later(3);
    for (let number = 0; number < 22; number++) {
      now = new Date(+now + 1000);
      await maja.post(cancelling(), { reason: `Orsak ${number}` });
    }
    expect(await KeptFormModel.countDocuments()).to.equal(20);
    expect(await KeptFormModel.countDocuments({ 'fields.value': 'Orsak 1' })).to.equal(0);
    later(7 * 24 - 1);
    expect((await comeIn()).ledTo).to.equal(kept);
    later(1);
    expect((await comeIn()).ledTo).to.equal('/kontor');
  });

  it('is not kept for a forged cookie, a foreign form, a session that was signed out or is forgotten, a file', async () => {
    const maja = await comeIn();
    const [name = '', value = ''] = maja.cookie.split('=');
    later(3);
    const forged = browser(app, `${name}=${value.slice(0, -3)}AAA`, maja.csrf);
    for (const one of [forged, browser(app, '', maja.csrf), browser(app, maja.cookie, 'x'.repeat(43))])
      expect((await one.post(cancelling(), reason)).headers.get('location')).to.equal('/kontor/logga-in');
    const file = new FormData();
    for (const [field, text] of Object.entries({ csrf: maja.csrf, addresses: 'asa@example.se' }))
      file.set(field, text);
    await fetch(`${app.url}${addressOf('/kontor/evenemang/:id/narvaro/rapport')}`, {
      ...{ method: 'POST', body: file, redirect: 'manual', headers: { cookie: maja.cookie } },
    });
    expect(await KeptFormModel.countDocuments()).to.equal(0);
    expect(await sendLate(maja, cancelling(), reason), 'the control').to.equal('/kontor/logga-in?kvar=ja');
    later(7 * 24);
    await forgetSessions({ now });
    expect(await sendLate(maja, cancelling(), { reason: 'För sent' })).to.equal('/kontor/logga-in');
    const eva = await comeIn({ email: 'eva.ek@example.se' });
    await SignInSessionModel.deleteMany({});
    expect(await sendLate(eva, cancelling(), { reason: 'Utloggad' })).to.equal('/kontor/logga-in');
    expect(await KeptFormModel.countDocuments()).to.equal(1);
  });

  it('stays kept if it cannot be sent again, because the event is gone', async () => {
    const maja = await comeIn();
    await sendLate(maja, cancelling(), reason);
    const again = await comeIn();
    await EventModel.deleteMany({});
    const page = await (await again.get(kept)).text();
    expect((await again.post(cancelling(), fieldsIn(page))).status).to.equal(404);
    expect(await textOf(again)).to.include(reason.reason);
  });
});
