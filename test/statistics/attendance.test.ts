import { expect } from 'chai';
import type { Authority } from '../../src/authorities/authority.ts';
import { type Event, EventModel } from '../../src/events/event.ts';
import { type Registration, RegistrationModel } from '../../src/registrations/registration.ts';
import { countAttendance, withNobody, withNoElected } from '../../src/statistics/attendance.ts';
import { attendanceFile } from '../../src/statistics/attendance-file.ts';
import { type Selection, yearsWithEvents } from '../../src/statistics/selection.ts';
import { anAuthority, anEvent, aRegistration } from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';

describe('attendance of a county', () => {
  let authority: Authority;

  useDatabase();
  beforeEach(async () => {
    authority = await anAuthority();
  });

  const now = new Date('2027-06-01T10:00:00Z');
  const count = (selection: Selection = {}, at = now) => countAttendance(authority, selection, at);

  /** An event of three hours from this moment on. */
  const held = (start: string, facts: Partial<Event> = {}) =>
    anEvent({ start: new Date(start), end: new Date(Date.parse(start) + 3 * 3600_000), ...facts });

  let number = 0;
  const came = (event: Event, municipality: string, facts: Partial<Registration> = {}) => {
    number += 1;
    const email = `person${number}@example.se`;
    return aRegistration(event, { email, municipality, role: 'tjansteperson', present: true, ...facts });
  };

  it('counts those who came, by municipality and role, over all events', async () => {
    const [one, two] = [await held('2027-02-11T08:00:00Z'), await held('2027-05-11T08:00:00Z')];
    await came(one, '0580');
    await came(two, '0580');
    await came(one, '0580', { role: 'fortroendevald' });
    await came(two, '0583', { role: 'chef' });
    await came(two, '0583', { present: false });
    await came(two, '0512', { present: null });
    await came(two, '0513', { status: 'cancelled' });
    await came(one, 'annan', { role: 'annan' });
    const attendance = await count();
    expect(attendance).to.include({ registered: 7, events: 2 });
    expect(attendance.unmarked).to.deep.equal([]);
    const { table } = attendance;
    expect(table.total).to.equal(5);
    expect(table.totals).to.deep.equal({
      fortroendevald: 1,
      chef: 1,
      'strategisk-tjansteperson': 0,
      tjansteperson: 2,
      annan: 1,
    });
    expect(table.rows.find(({ code }) => code === '0580')).to.deep.include({ name: 'Linköping', total: 3 });
    expect(table.rows.find(({ code }) => code === '0512')).to.deep.include({ total: 0 });
    expect(withNoElected(attendance).map(({ name }) => name)).to.deep.equal(['Motala']);
    expect(withNobody(attendance)).to.have.length(11);
  });

  it('counts no event that is still going on, a draft, cancelled, or another county board’s', async () => {
    const events = [
      await held('2027-06-01T08:00:00Z'),
      await held('2027-02-11T08:00:00Z', { state: 'draft' }),
      await held('2027-02-11T08:00:00Z', { state: 'cancelled' }),
      await held('2027-02-11T08:00:00Z', { authority: '04' }),
    ];
    for (const event of events) await came(event, '0580');
    expect(await count()).to.include({ registered: 0, events: 0 });
    const atItsEnd = await count({}, new Date('2027-06-01T11:00:00Z'));
    expect(atItsEnd).to.include({ registered: 1, events: 1 });
  });

  it('takes the year as it is in Stockholm', async () => {
    const events = {
      2026: [await held('2026-01-01T00:00:00Z'), await held('2026-12-31T22:30:00Z')],
      2027: [await held('2026-12-31T23:00:00Z')],
    };
    for (const event of [...events[2026], ...events[2027]]) await came(event, '0580');
    expect(await count({ year: 2026 })).to.include({ events: 2 });
    expect(await count({ year: 2027 })).to.include({ events: 1 });
    expect(await count({ year: 2025 })).to.include({ events: 0 });
    expect(await yearsWithEvents(authority, now)).to.deep.equal([2027, 2026]);
  });

  it('filters by kind and protective factor', async () => {
    const day = await held('2027-02-11T08:00:00Z', { factors: ['skola', 'fritid'] });
    const morning = await held('2027-03-11T08:00:00Z', { kind: 'kunskapsformiddag', factors: ['fritid'] });
    await came(day, '0580');
    await came(morning, '0583');
    expect((await count({ kind: 'kunskapsformiddag' })).table.total).to.equal(1);
    expect((await count({ factor: 'fritid' })).table.total).to.equal(2);
    expect((await count({ factor: 'skola' })).table.total).to.equal(1);
    expect((await count({ factor: 'foraldrar' })).events).to.equal(0);
    expect((await count({ factor: 'skola', kind: 'kunskapsformiddag', year: 2027 })).events).to.equal(0);
  });

  it('names the events where nobody has noted who came', async () => {
    const [noted, forgotten] = [await held('2027-02-11T08:00:00Z'), await held('2027-03-11T08:00:00Z')];
    await held('2027-04-11T07:00:00Z');
    await came(noted, '0580', { present: false });
    await came(noted, '0580', { present: null });
    await came(forgotten, '0580', { present: null });
    const { unmarked } = await count();
    expect(unmarked.map(({ _id }) => String(_id))).to.deep.equal([String(forgotten._id)]);
  });

  it('has no years before the first event has been held', async () => {
    await held('2027-09-11T08:00:00Z');
    expect(await yearsWithEvents(authority, now)).to.deep.equal([]);
    expect(await count({ year: 2027 })).to.include({ events: 0, registered: 0 });
  });

  it('tells apart who came on site, online and without having signed up', async () => {
    const event = await held('2027-02-11T08:00:00Z');
    await came(event, '0580', { mode: 'plats', attendedMode: 'digitalt' });
    await came(event, '0580', { mode: 'digitalt', attendedMode: 'plats' });
    await came(event, '0583', { attendedMode: 'plats', walkIn: true });
    await came(event, '0583', { present: false, walkIn: true });
    await came(event, '0583', { present: null });
    const attendance = await count();
    expect(attendance.how).to.deep.include({ online: 1, walkIns: 1 });
    expect(attendance.howFrom.get('0583')).to.deep.include({ online: 0, walkIns: 1 });
    expect(attendance).to.include({ registered: 3 });
    expect(attendance.table.total).to.equal(3);
  });

  it('is a file with the same numbers', async () => {
    const event = await held('2027-02-11T08:00:00Z');
    await came(event, '0580', { role: 'chef', attendedMode: 'digitalt' });
    await came(event, '0586', { attendedMode: 'plats', walkIn: true });
    const lines = attendanceFile(await count()).split('\r\n');
    expect(lines[0]).to.equal(
      '\ufeffKommun;Förtroendevalda;Chefer;Strategiska tjänstepersoner;Tjänstepersoner;Andra roller;Alla;På plats;Digitalt;Utan anmälan',
    );
    expect(lines).to.include('Linköping;0;1;0;0;0;1;0;1;0').and.to.include('Mjölby;0;0;0;1;0;1;1;0;1');
    expect(lines.slice(-2)).to.deep.equal(['Alla;0;1;0;1;0;2;1;1;1', '']);
    expect(lines).to.have.length(16);
  });

  it('finds its events and registrations through indexes', async () => {
    const event = await held('2027-02-11T08:00:00Z');
    const plans = [
      await EventModel.find({ authority: '05', start: { $lt: now } }).explain('queryPlanner'),
      await RegistrationModel.find({ authority: '05', event: { $in: [event._id] } }).explain('queryPlanner'),
    ];
    for (const plan of plans) expect(JSON.stringify(plan)).to.include('IXSCAN').and.not.include('COLLSCAN');
  });
});
