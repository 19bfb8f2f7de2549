import { expect } from 'chai';
import { paths } from '../../../src/base/paths.ts';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { type Engagement, EngagementModel } from '../../../src/speakers/engagements/engagement.ts';
import { speakerToken } from '../../../src/speakers/engagements/links.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEngagement, anEvent, formOf } from '../../support/builders.ts';
import { type Browser, signIn } from '../../support/requests/sign-in.ts';
import { fieldsOf } from '../../support/requests/visitor.ts';
import { wordsOf } from '../../support/requests/words.ts';

/** Bo Öberg speaks first and last, with a break between. */
describe('A speaker with two sessions', () => {
  let app: TestApp;
  let maja: Browser;
  let event: Event;
  let engagement: Engagement;
  let link: string;

  beforeEach(async () => {
    app = await startApp();
    await anAuthority();
    event = await anEvent();
    engagement = await anEngagement(event);
    const speaker = { name: 'Bo Öberg', title: '', organisation: '', email: '', entry: engagement.speaker };
    const own = { 'sessions.0.speakers': [speaker], 'sessions.2.speakers': [speaker] };
    await EventModel.updateOne({ _id: event._id }, { $set: own });
    link = app.url + paths.engagement(speakerToken(engagement, app.settings.secret));
    maja = await signIn(app);
  });
  afterEach(() => app.close());

  const stored = async () => EventModel.findById(event._id).orFail().lean<Event>();
  const ids = () => [event.sessions[0]?._id, event.sessions[2]?._id].map(String);
  /** As a browser sends it, with both hidden fields. */
  const send = async (fields: Record<string, string>, sessions = ids()) => {
    const body = new URLSearchParams({ answer: 'ja', ...fields });
    for (const id of sessions) body.append('session', id);
    return fetch(link, { ...formOf({}), body });
  };
  const approve = async (approved: string[]) =>
    maja.post(paths.eventSpeaker(event._id, engagement._id), { approved });

  it('writes about each of them, and the organiser decides on each', async () => {
    const html = await (await fetch(link)).text();
    expect(wordsOf(html)).to.include('Din programpunkt ”Samtal”');
    expect([...html.matchAll(/name="session" value="(\w+)"/g)].map(([, id]) => id)).to.deep.equal(ids());
    expect(fieldsOf(html)).to.include({ title: 'Det som håller barn kvar i skolan', 'title-2': 'Samtal' });

    await send({ 'title-2': 'Samtal om vägen dit', 'titleEn-2': 'A talk', 'description-2': 'Vi talar.' });
    expect(fieldsOf(await (await fetch(link)).text())['title-2'], 'what waits').to.equal(
      'Samtal om vägen dit',
    );
    const decision = await (await maja.get(paths.eventSpeaker(event._id, engagement._id))).text();
    expect(wordsOf(decision)).to.include('Rubrik, ”Samtal” Samtal Samtal om vägen dit');
    expect(decision).not.to.include('value="title"');
    await approve(['title-2', 'titleEn-2']);
    const { sessions } = await stored();
    expect(sessions[0]).to.include({ title: 'Det som håller barn kvar i skolan' });
    expect(sessions[2]).to.include({ title: 'Samtal om vägen dit', titleEn: 'A talk', description: '' });
  });

  it('writes about the session that the form showed, although the order is another by now', async () => {
    const { sessions } = await stored();
    await EventModel.updateOne({ _id: event._id }, { $set: { sessions: sessions.toReversed() } });
    await send({ title: 'Om närvaro' });
    const { proposal } = await EngagementModel.findById(engagement._id).orFail().lean<Engagement>();
    const named = proposal?.sessions.map(({ session, title }) => [String(session), title]);
    expect(named).to.deep.equal([
      [ids()[0], 'Om närvaro'],
      [ids()[1], 'Samtal'],
    ]);
  });

  it('keeps a title that is left empty, and is told what is too long', async () => {
    await send({ title: '', description: event.sessions[0]?.description ?? '' });
    expect((await EngagementModel.findOne().orFail().lean<Engagement>()).proposal).to.equal(null);
    const long = await send({ 'description-2': 'x'.repeat(2001) });
    expect(long.status).to.equal(422);
    expect(await long.text()).to.include('href="#description-2"');
  });
});
