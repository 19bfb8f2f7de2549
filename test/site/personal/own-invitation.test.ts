import { expect } from 'chai';
import { paths } from '../../../src/base/paths.ts';
import type { Event } from '../../../src/events/event.ts';
import { compose } from '../../../src/letters/compose.ts';
import { type Letter, LetterModel } from '../../../src/outbox/letter.ts';
import { cancelRegistration } from '../../../src/registrations/changes/cancel.ts';
import { changeRegistration } from '../../../src/registrations/changes/change.ts';
import type { LetterFacts } from '../../../src/registrations/letter-facts.ts';
import { tokenOf } from '../../../src/registrations/personal/links.ts';
import type { Registration } from '../../../src/registrations/registration.ts';
import { register } from '../../../src/registrations/sign-up/register.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, aPerson, aRegistration, monday } from '../../support/builders.ts';
import { visitorAt } from '../../support/contexts.ts';
import { visit } from '../../support/requests/visitor.ts';

describe("One's own invitation as a file (R43, R45)", () => {
  let app: TestApp;
  let event: Event;
  let registration: Registration;

  const at = (minutes: number) => visitorAt(new Date(+monday + minutes * 60_000), { ...app.settings });

  beforeEach(async () => {
    app = await startApp();
    await anAuthority();
    event = await anEvent({ slug: 'dagen' });
    const outcome = await register(at(0), event._id, aPerson());
    if ('refused' in outcome) throw new Error(outcome.refused);
    registration = outcome.registration;
  });
  afterEach(() => app.close());

  const file = (init: RequestInit = {}, of = registration) =>
    visit(app, paths.ownInvitation(tokenOf(of, app.settings.secret)), init);
  const page = (of = registration) => visit(app, paths.registration(tokenOf(of, app.settings.secret)));
  const sent = async () => {
    const letters = await LetterModel.find({ registration: registration._id })
      .sort({ createdAt: 1 })
      .lean<Letter<LetterFacts>[]>();
    const last = letters.at(-1);
    return last && (await compose(last, app.settings)).calendar?.text;
  };

  it('is byte for byte the object of the last letter, and the page offers it', async () => {
    const first = await file();
    expect(first.status).to.equal(200);
    expect(first.headers.get('content-type')).to.equal('text/calendar; charset=utf-8; method=REQUEST');
    expect(first.headers.get('content-disposition')).to.equal('attachment; filename=inbjudan.ics');
    expect(first.html).to.equal(await sent());
    expect((await page()).words).to.include('Hämta din inbjudan till kalendern');

    await changeRegistration(at(5), registration._id, { mode: 'digitalt' });
    const second = await file();
    expect(second.html).to.equal(await sent());
    expect(second.html).to.include('SEQUENCE:1').and.include(`UID:${registration.uid}`);
  });

  it('is not there for anyone who has cancelled, and the page does not offer it', async () => {
    await cancelRegistration(at(5), registration._id);
    const answer = await file();
    expect(answer.status).to.equal(303);
    expect((await page()).html).not.to.include('kalender.ics');
  });

  it('is not there for anyone whom no letter has invited', async () => {
    const other = await aRegistration(event, { email: 'bo.ek@example.se' });
    expect((await file({}, other)).status).to.equal(303);
    expect((await page(other)).html).not.to.include('kalender.ics');
  });

  it('is not given to other sites, as all personal files', async () => {
    const answer = await file({ headers: { 'Sec-Fetch-Site': 'cross-site' } });
    expect(answer.status).to.equal(303);
    expect(answer.html).not.to.include('BEGIN');
  });
});
