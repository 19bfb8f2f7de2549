import { expect } from 'chai';
import { AuditModel } from '../../../src/audit/log.ts';
import { detailsOf } from '../../../src/events/details/form.ts';
import { type Event, EventModel, type Session } from '../../../src/events/event.ts';
import { copyEvent } from '../../../src/events/planning/create.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, monday, parallelProgramme } from '../../support/builders.ts';
import { organiserAt } from '../../support/contexts.ts';
import { type Browser, signIn, tokenIn } from '../../support/requests/sign-in.ts';
import { wordsOf } from '../../support/requests/words.ts';

const lecture = {
  start: '09:00',
  end: '09.45',
  title: 'Ett samtal',
  description: 'Om skolan.',
  speakerName: ['Elin Sandbäck', 'Per Ljung', '', ''],
  speakerTitle: ['lektor', 'skolchef', '', ''],
  speakerOrganisation: ['Norra Ekeby högskola', 'Kinda kommun', '', ''],
  speakerEmail: ['Elin@Example.se', '', '', ''],
};

/** The first session, without the entries of its speakers in the register. */
function withoutEntries({ sessions: [first] }: Event): Session {
  if (!first) throw new Error('There is no session');
  return { ...first, speakers: first.speakers.map(({ entry, ...answers }) => answers) };
}

describe('An event’s programme in the office', () => {
  let app: TestApp;
  let maja: Browser;
  const only = () => EventModel.findOne().orFail().lean<Event>();
  const addressOf = (event: Event) => `/kontor/evenemang/${event._id}/program`;
  const titles = async () => (await only()).sessions.map((one) => one.title);

  beforeEach(async () => {
    app = await startApp();
    await anAuthority();
    maja = await signIn(app);
  });
  afterEach(() => app.close());

  it('gets a part with several speakers, at the hours of the event’s day', async () => {
    const event = await anEvent({ sessions: [], state: 'draft' });
    const answer = await maja.post(addressOf(event), { ...lecture, version: '1' });
    const { _id, ...part } = withoutEntries(await only());
    expect([answer.status, answer.headers.get('location')]).to.deep.equal([
      303,
      `${addressOf(event)}?klart=sparat&after=${_id}#rad-${_id}`,
    ]);
    expect(part).to.deep.equal({
      start: new Date('2027-02-11T08:00:00Z'),
      end: new Date('2027-02-11T08:45:00Z'),
      title: 'Ett samtal',
      description: 'Om skolan.',
      speakers: [
        {
          name: 'Elin Sandbäck',
          title: 'lektor',
          organisation: 'Norra Ekeby högskola',
          email: 'elin@example.se',
        },
        { name: 'Per Ljung', title: 'skolchef', organisation: 'Kinda kommun', email: '' },
      ],
    });
    expect(await AuditModel.countDocuments({ action: 'event.programme' })).to.equal(1);
  });

  it('takes one speaker in fields that come once, as another program may send them', async () => {
    const event = await anEvent({ sessions: [] });
    await maja.post(addressOf(event), {
      version: '1',
      start: '09:00',
      end: '10:00',
      title: 'A',
      speakerName: 'Elin Sandbäck',
    });
    expect(withoutEntries(await only()).speakers).to.deep.equal([
      { name: 'Elin Sandbäck', title: '', organisation: '', email: '' },
    ]);
  });

  it('is changed part by part: the form shows the speakers and two empty rows', async () => {
    const event = await anEvent();
    const key = String(event.sessions[0]?._id);
    const html = await (await maja.get(`${addressOf(event)}?session=${key}`)).text();
    expect(html).to.contain('value="Elin Sandbäck"').and.contain(`name="session" value="${key}"`);
    expect(html.match(/name="speakerName"/g)).to.have.length(3);
    await maja.post(addressOf(event), {
      ...lecture,
      version: '1',
      session: key,
      start: '10:50',
      end: '11:30',
    });
    const { sessions } = await only();
    expect(sessions.map((one) => one.title)).to.deep.equal(['Paus', 'Ett samtal', 'Samtal']);
    expect(sessions.find((one) => one.title === 'Ett samtal')?._id).to.deep.equal(event.sessions[0]?._id);
  });

  it('loses a part, but a published one not its last', async () => {
    const event = await anEvent();
    const remove = async (index: number) => {
      const { version } = await only();
      const session = String(event.sessions[index]?._id);
      return maja.post(addressOf(event), { version: String(version), session, remove: 'ja' });
    };
    await remove(0);
    await remove(1);
    expect(await titles()).to.deep.equal(['Samtal']);
    const answer = await remove(2);
    expect(answer.status).to.equal(422);
    expect(await answer.text()).to.contain('minst en programpunkt');
    expect(await titles()).to.deep.equal(['Samtal']);
  });

  it('points out clashes, gaps and what lies outside the event’s hours', async () => {
    const event = await anEvent({ end: new Date('2027-02-11T12:00:00Z') });
    await maja.post(addressOf(event), { ...lecture, version: '1', start: '08:30', end: '09:30' });
    const html = await (await maja.get(addressOf(event))).text();
    expect(html).to.contain('”Ett samtal” (8.30–9.30) ligger utanför evenemangets tid, 9.00–13.00.');
    expect(html).to.contain(
      '”Ett samtal” (8.30–9.30) krockar med ”Det som håller barn kvar i skolan” (9.00–10.30).',
    );
    expect(html).to.contain('Programmet är tomt 12.00–13.00.');
  });

  it('says what is wrong at each field, also at a speaker’s, and keeps what was typed', async () => {
    const event = await anEvent();
    const wrong = {
      ...lecture,
      version: '1',
      end: '08:00',
      title: '',
      speakerName: ['', 'Per Ljung'],
      speakerEmail: ['x', '19800229-1234'],
    };
    const answer = await maja.post(addressOf(event), wrong);
    const html = await answer.text();
    expect(answer.status).to.equal(422);
    for (const id of ['end', 'title', 'speakerName-1', 'speakerEmail-1', 'speakerEmail-2'])
      expect(html)
        .to.contain(`href="#${id}"`)
        .and.match(new RegExp(`id="${id}"[^>]*aria-invalid="true"`));
    expect(html).to.contain('Det finns 5 fel').and.contain('value="Norra Ekeby högskola"');
    expect(await only()).to.have.property('version', 1);
  });

  it('is not saved over a colleague’s: both versions are shown', async () => {
    const event = await anEvent();
    const key = String(event.sessions[0]?._id);
    await maja.post(addressOf(event), { ...lecture, version: '1', session: key, title: 'Först' });
    const answer = await maja.post(addressOf(event), {
      ...lecture,
      version: '1',
      session: key,
      title: 'Sedan',
    });
    expect(answer.status).to.equal(409);
    expect(await answer.text())
      .to.contain('<td>Först</td><td>Sedan</td>')
      .and.not.contain('<td>Elin Sandbäck');
    expect(await titles())
      .to.include('Först')
      .and.not.include('Sedan');
  });

  it('keeps what two organisers changed in different fields of a part, and says what the other did', async () => {
    const event = await anEvent();
    const key = String(event.sessions[0]?._id);
    const html = await (await maja.get(`${addressOf(event)}?session=${key}`)).text();
    const standing = { start: '09:00', end: '09:30', session: key, version: '1' };
    await maja.post(addressOf(event), { version: '1', session: key, title: 'Först' });
    const ours = {
      ...standing,
      title: event.sessions[0]?.title ?? '',
      description: 'Ny text',
      seen: tokenIn(html, 'seen'),
    };
    const answer = await maja.post(addressOf(event), ours);
    expect(answer.status).to.equal(303);
    expect((await only()).sessions[0]).to.include({ title: 'Först', description: 'Ny text' });
    const page = await (await maja.get((answer.headers.get('location') ?? '').split('#')[0] ?? '')).text();
    expect(page).to.contain('Någon annan har under tiden ändrat ”Rubrik”');
  });

  it('keeps a room and a note that two organisers write at once, and shows two rooms beside each other', async () => {
    const event = await anEvent();
    const session = String(event.sessions[0]?._id);
    const seen = tokenIn(await (await maja.get(`${addressOf(event)}?session=${session}`)).text(), 'seen');
    await maja.post(addressOf(event), { version: '1', session, room: 'Stora salen' });
    const noted = await maja.post(addressOf(event), {
      version: '1',
      session,
      seen,
      room: '',
      notes: 'Nycklar',
    });
    expect(noted.status).to.equal(303);
    expect((await only()).sessions[0]).to.include({ room: 'Stora salen', notes: 'Nycklar' });
    const other = await maja.post(addressOf(event), { version: '1', session, seen, room: 'Aulan' });
    expect(other.status).to.equal(409);
    const words = wordsOf(await other.text());
    expect(words).to.contain('Lokal eller sal Stora salen Aulan').and.not.contain('Nycklar');
  });

  it('takes a new part although something else of the event was saved meanwhile', async () => {
    const event = await anEvent();
    const html = await (await maja.get(addressOf(event))).text();
    await maja.post(addressOf(event), {
      version: '1',
      session: String(event.sessions[0]?._id),
      title: 'Först',
    });
    const ours = { ...lecture, version: '1', seen: tokenIn(html, 'seen') };
    expect((await maja.post(addressOf(event), ours)).status).to.equal(303);
    expect(await titles()).to.include.members(['Först', lecture.title]);
  });

  it('answers 404 to a part that another event has', async () => {
    const [event, other] = [await anEvent(), await anEvent({ title: 'En annan' })];
    const key = String(other.sessions[0]?._id);
    expect((await maja.get(`${addressOf(event)}?session=${key}`)).status).to.equal(404);
    expect((await maja.post(addressOf(event), { version: '1', session: key, remove: 'ja' })).status).to.equal(
      404,
    );
  });

  it('of a cancelled event stays as it is', async () => {
    const event = await anEvent({ state: 'cancelled' });
    expect((await maja.post(addressOf(event), { ...lecture, version: '1' })).status).to.equal(422);
    expect(await titles()).to.have.length(3);
  });

  const times = async () =>
    (await only()).sessions.map(({ title, start, end }) =>
      [title, ...[start, end].map((one) => one?.toISOString().slice(11, 16) ?? '')].join(' '),
    );

  it('needs no times: the order is enough to publish, and nobody is told of hours that are not known', async () => {
    const event = await anEvent({ sessions: [], state: 'draft' });
    for (const title of ['Välkomna', 'Samtal'])
      await maja.post(addressOf(event), {
        version: String((await only()).version),
        title,
        start: '',
        end: '',
      });
    expect(await times()).to.deep.equal(['Välkomna  ', 'Samtal  ']);
    await maja.post(`/kontor/evenemang/${event._id}/publicera`);
    const { slug, state } = await only();
    expect(state).to.equal('published');
    const page = await (await fetch(`${app.url}/evenemang/${slug}`)).text();
    expect(page).to.contain('<h3>Samtal</h3>').and.not.contain('subEvent');
    expect(await (await maja.get(addressOf(event))).text()).not.to.contain('Programmet är tomt');
  });

  it('takes a length instead of an end, and an end only with a start', async () => {
    const event = await anEvent({ sessions: [] });
    await maja.post(addressOf(event), { version: '1', title: 'A', start: '9', minutes: '45 minuter' });
    expect(await times()).to.deep.equal(['A 08:00 08:45']);
    const wrong = await maja.post(addressOf(event), { version: '2', title: 'B', start: '', end: '10.00' });
    expect(wrong.status).to.equal(422);
    expect(await wrong.text()).to.contain('Skriv också när programpunkten börjar');
    await maja.post(addressOf(event), { version: '2', title: 'B', start: '10.00' });
    expect(await times()).to.deep.equal(['A 08:00 08:45', 'B 09:00 ']);
  });

  it('has breaks that are chosen, and parts below a heading', async () => {
    const event = await anEvent({ sessions: [] });
    const parts = 'Motala\r\n\r\nKinda';
    await maja.post(addressOf(event), {
      version: '1',
      title: 'Så arbetar vi',
      start: '09:00',
      end: '10:00',
      parts,
    });
    await maja.post(addressOf(event), {
      ...{ version: '2', title: 'Kaffe', start: '10:00', end: '10:20' },
      ...{ break: 'ja', breakAsked: 'ja' },
    });
    const { sessions, slug } = await only();
    expect(sessions.map((one) => [one.parts, one.isBreak])).to.deep.equal([
      [['Motala', 'Kinda'], undefined],
      [undefined, true],
    ]);
    const page = await (await fetch(`${app.url}/evenemang/${slug}`)).text();
    expect(page.match(/class="pause"/g)).to.have.length(1);
    expect(page).to.contain('<li>Kinda</li>');
    const session = String(sessions[1]?._id);
    await maja.post(addressOf(event), { version: '3', session, title: 'Kaffe och te' });
    expect((await only()).sessions[1]).to.include({ title: 'Kaffe och te', isBreak: true });
    await maja.post(addressOf(event), { version: '4', session, title: 'Samtal', breakAsked: 'ja' });
    expect((await only()).sessions[1]).not.to.have.property('isBreak');
  });

  it('moves up and down by buttons: each keeps its length, and the hours stay filled', async () => {
    const event = await anEvent();
    const html = await (await maja.get(addressOf(event))).text();
    expect(html.match(/name="move" value="upp"/g)).to.have.length(2);
    const session = String(event.sessions[1]?._id);
    const move = async (way: string) =>
      maja.post(addressOf(event), { version: String((await only()).version), session, move: way });
    const answer = await move('upp');
    expect(answer.headers.get('location')).to.equal(`${addressOf(event)}?klart=sparat#rad-${session}`);
    expect(await times()).to.deep.equal([
      'Paus 08:00 08:20',
      'Det som håller barn kvar i skolan 08:20 09:50',
      'Samtal 09:50 11:00',
    ]);
    await move('upp');
    await move('ner');
    expect((await times())[0]).to.equal('Det som håller barn kvar i skolan 08:00 09:30');
  });

  it('is shifted from a time on', async () => {
    const event = await anEvent();
    const shift = { version: '1', shift: 'ja', shiftFrom: '10.30', shiftMinutes: '15' };
    await maja.post(addressOf(event), shift);
    expect(await times()).to.deep.equal([
      'Det som håller barn kvar i skolan 08:00 09:30',
      'Paus 09:45 10:05',
      'Samtal 10:05 11:15',
    ]);
    await maja.post(addressOf(event), { ...shift, version: '2', shiftMinutes: '−15' });
    expect((await times())[2]).to.equal('Samtal 09:50 11:00');
    const wrong = await maja.post(addressOf(event), { ...shift, version: '3', shiftMinutes: 'lite' });
    expect(wrong.status).to.equal(422);
    expect(await wrong.text())
      .to.contain('href="#shiftMinutes"')
      .and.contain('value="lite"');
  });

  it('gets one row of a double click, and the form after it', async () => {
    const event = await anEvent();
    const newSession = '65f0000000000000000000c1';
    const part = { ...lecture, version: '1', newSession, start: '09:30', end: '09:40' };
    const answers = [await maja.post(addressOf(event), part), await maja.post(addressOf(event), part)];
    expect(answers.map(({ status }) => status)).to.deep.equal([303, 303]);
    expect(await titles()).to.have.length(4);
    const html = await (await maja.get(`${addressOf(event)}?after=${newSession}`)).text();
    const places = [`id="rad-${newSession}"`, 'id="punkt"', `id="rad-${event.sessions[1]?._id}"`];
    const found = places.map((one) => html.indexOf(one));
    expect(found).to.deep.equal(found.toSorted((a, b) => a - b));
    expect(html).to.contain('value="09:40"');
  });

  it('has parallel sessions by their times and rooms: added from the one they run beside, and no clash', async () => {
    const event = await anEvent({ sessions: [], state: 'draft' });
    const first = { start: '09:00', end: '12:00', title: 'A', version: '1' };
    await maja.post(addressOf(event), { ...first, room: 'Stora salen' });
    const [one] = (await only()).sessions;
    const form = await (await maja.get(`${addressOf(event)}?after=${one?._id}&parallel=ja`)).text();
    expect(form).to.contain('value="09:00"').and.contain('value="12:00"');
    expect(form).to.contain('<option value="Stora salen">');
    await maja.post(addressOf(event), { ...first, title: 'B', version: '2' });
    const clash = await (await maja.get(addressOf(event))).text();
    expect(clash).to.contain('krockar med').and.contain('Skriv en lokal för var och en.');
    const session = String((await only()).sessions[1]?._id);
    await maja.post(addressOf(event), { version: '3', session, room: 'Lilla salen' });
    const html = await (await maja.get(addressOf(event))).text();
    expect(html).to.contain('Samtidigt som B (Lilla salen)').and.not.contain('krockar med');
  });

  it('keeps a room and the run sheet when the event moves, and the room when it is copied', async () => {
    const event = await anEvent({ sessions: parallelProgramme(), state: 'draft' });
    const kept = ({ sessions }: Event) => sessions.map(({ room, responsible }) => [room, responsible]);
    await maja.post(`/kontor/evenemang/${event._id}`, {
      ...detailsOf(event),
      date: '2027-02-18',
      version: '1',
    });
    const moved = await only();
    expect(moved.sessions[2]?.start).to.deep.equal(new Date('2027-02-18T09:50:00Z'));
    expect(kept(moved)).to.deep.equal(kept(event));
    const noted = { ...moved, sessions: moved.sessions.map((one) => ({ ...one, notes: 'Nycklar' })) };
    const copy = await copyEvent(organiserAt(monday), noted);
    expect(kept(copy)).to.deep.equal(kept(event));
    expect(copy.sessions[2]).not.to.have.property('notes');
  });
});
