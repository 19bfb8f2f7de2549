import { expect } from 'chai';
import { detailsOf } from '../../../src/events/details/form.ts';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { calendarUid } from '../../../src/events/feed.ts';
import { changeEvent } from '../../../src/registrations/changes/change-event.ts';
import { RegistrationModel } from '../../../src/registrations/registration.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { aForm, anAuthority, anEvent, formOf } from '../../support/builders.ts';
import { organiserAt } from '../../support/contexts.ts';

describe('An event that was renamed or moved', () => {
  const context = organiserAt('2027-01-11T11:00:00Z');
  let app: TestApp;
  let event: Event;

  const change = async (changes: Partial<Event>) => {
    const { version, ...stands } = await EventModel.findById(event._id).orFail().lean<Event>();
    const saved = await changeEvent(
      context,
      event._id,
      { version, letters: true },
      { ...stands, ...changes },
    );
    if ('refused' in saved) throw new Error(saved.refused);
    return saved.event;
  };
  const at = (path: string, more: RequestInit = {}) =>
    fetch(`${app.url}${path}`, { redirect: 'manual', ...more });
  const seen = async (path: string) => {
    const { status, headers } = await at(path);
    return [status, headers.get('location')];
  };

  beforeEach(async () => {
    app = await startApp();
    await anAuthority();
    event = await anEvent({ slug: 'skolan-2027-02-11', title: 'Skolan' });
  });
  afterEach(() => app.close());

  it('leads on from every earlier address, in both languages and with all that stands behind it', async () => {
    const title = 'Skolan som skydd';
    await change({ title });
    await change({ start: new Date('2027-02-18T08:00:00Z'), end: new Date('2027-02-18T11:00:00Z') });
    const present = '/evenemang/skolan-som-skydd-2027-02-18';
    expect(await seen('/evenemang/skolan-2027-02-11')).to.deep.equal([301, present]);
    expect(await seen('/en/evenemang/skolan-som-skydd-2027-02-11')).to.deep.equal([301, `/en${present}`]);
    expect(await seen('/evenemang/skolan-2027-02-11/kalender.ics?x=1')).to.deep.equal([
      301,
      `${present}/kalender.ics?x=1`,
    ]);
    expect(await seen('/evenemang/skolan-2027-02-11/tack')).to.deep.equal([301, `${present}/tack`]);
    expect((await seen(present))[0]).to.equal(200);
    expect(await seen('/evenemang/skolan-2027-02-12')).to.deep.equal([404, null]);
  });

  it('takes a form that is sent to an earlier address', async () => {
    await change({ title: 'Skolan som skydd' });
    const answer = await at('/evenemang/skolan-2027-02-11/anmalan', formOf(aForm()));
    expect([answer.status, answer.headers.get('location')]).to.deep.equal([
      303,
      '/evenemang/skolan-som-skydd-2027-02-11/tack',
    ]);
    expect(await RegistrationModel.countDocuments({ event: event._id })).to.equal(1);
  });

  it('gets its first address back, which nobody else has got meanwhile', async () => {
    await change({ title: 'Skolan som skydd' });
    const other = await anEvent({ slug: 'annat-2027-02-11', title: 'Annat' });
    const { version } = other;
    const plan = { ...other, title: 'Skolan' };
    const taken = await changeEvent(context, other._id, { version, letters: true }, plan);
    expect('event' in taken && taken.event.slug).to.equal('skolan-2027-02-11-2');
    expect((await change({ title: 'Skolan' })).slug).to.equal('skolan-2027-02-11');
    expect(await seen('/evenemang/skolan-som-skydd-2027-02-11')).to.deep.equal([
      301,
      '/evenemang/skolan-2027-02-11',
    ]);
  });

  it('keeps its address and its calendar entry while title and day are the same', async () => {
    const uid = calendarUid(event, app.settings.mailFrom);
    expect(detailsOf(event)).to.include({ title: 'Skolan' });
    expect((await change({ cost: '200 kronor' })).slug).to.equal(event.slug);
    const moved = await change({ title: 'Skolan som skydd' });
    expect(calendarUid(moved, app.settings.mailFrom)).to.equal(uid);
    const file = await (await at(`/evenemang/${moved.slug}/kalender.ics`)).text();
    expect(file).to.contain(`UID:${uid}`);
  });
});
