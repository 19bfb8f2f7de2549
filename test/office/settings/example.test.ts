import { expect } from 'chai';
import { AuditModel } from '../../../src/audit/log.ts';
import { AuthorityModel } from '../../../src/authorities/authority.ts';
import { EventModel } from '../../../src/events/event.ts';
import { loadExample } from '../../../src/example/load.ts';
import { FileModel } from '../../../src/files/stored-file.ts';
import { OrganiserModel } from '../../../src/organisers/organiser.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { RegistrationModel } from '../../../src/registrations/registration.ts';
import { SpeakerModel } from '../../../src/speakers/entries/speaker.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import {
  anAuthority,
  anEngagement,
  anEvent,
  anEventsFiles,
  aPortrait,
  aRegistration,
  monday,
} from '../../support/builders.ts';
import { visitorAt } from '../../support/contexts.ts';
import { type Browser, signIn } from '../../support/requests/sign-in.ts';
import { visit } from '../../support/requests/visitor.ts';
import { wordsOf } from '../../support/requests/words.ts';

const path = '/kontor/installningar/exempel/ta-bort';

describe('The example county', () => {
  let app: TestApp;
  let maja: Browser;

  beforeEach(async () => {
    app = await startApp();
    await anAuthority();
    await loadExample(visitorAt(monday, app.settings));
    const { email, authority } = await OrganiserModel.findOne({ authority: '05' }).orFail().lean();
    maja = await signIn(app, { email, authority });
  });
  afterEach(() => app.close());

  const words = async (address: string) => wordsOf(await (await maja.get(address)).text());

  it('says on the public pages that it is one, and in the office how it is taken away', async () => {
    const { slug } = await EventModel.findOne({ state: 'published' }).orFail().lean();
    expect((await visit(app, '/')).words).to.include('Personerna är påhittade och evenemangen finns inte.');
    expect((await visit(app, `/evenemang/${slug}`)).words).to.include('Det här är ett exempel.');
    expect(await words('/kontor'))
      .to.include('Ta bort exemplet')
      .and.not.include('EXAMPLE_DATA');
  });

  it('is counted first, and stays if the address is missing or wrong', async () => {
    const events = await EventModel.countDocuments();
    const people = await RegistrationModel.countDocuments();
    expect(await words(path))
      .to.include(`${events} evenemang`)
      .and.include(`${people} anmälningar`);
    for (const email of ['', 'maja']) expect((await maja.post(path, { email })).status).to.equal(422);
    expect(await EventModel.countDocuments()).to.equal(events);
  });

  it('goes with what hangs on it; the real organiser is signed in, and what is real stays', async () => {
    const real = await anEvent({ title: 'Riktig dag' });
    const stays = await aRegistration(real);
    const example = await EventModel.findOne({ example: true }).orFail().lean();
    await aRegistration(example, { email: 'riktig@example.se' });
    await anEventsFiles(example);
    const engagement = await anEngagement(example);
    await SpeakerModel.updateOne({ _id: engagement.speaker }, { example: true });
    await aPortrait(engagement);
    const answer = await maja.post(path, { email: 'Eva.Ek@example.se' });
    expect([answer.status, answer.headers.get('location')]).to.deep.equal([303, '/kontor']);

    expect(await EventModel.distinct('title')).to.deep.equal(['Riktig dag']);
    expect(await RegistrationModel.distinct('_id')).to.deep.equal([stays._id]);
    expect(await LetterModel.countDocuments()).to.equal(0);
    expect(await FileModel.countDocuments()).to.equal(0);
    expect(await OrganiserModel.find({}, 'name email authority example -_id').lean()).to.deep.equal([
      { name: 'Eva Ek', email: 'eva.ek@example.se', authority: '05', example: false },
    ]);
    expect(await AuthorityModel.distinct('contactEmail')).to.deep.equal(['']);
    const log = await AuditModel.find({}, 'action by about -_id').sort({ _id: 1 }).lean();
    expect(log).to.deep.equal([
      { action: 'organiser.invited', about: 'Eva Ek' },
      { action: 'example.removed', by: 'Eva Ek', about: '' },
    ]);

    const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const office = await fetch(`${app.url}/kontor`, { headers: { cookie } });
    expect(wordsOf(await office.text()))
      .to.include('Eva Ek')
      .and.not.include('Ta bort exemplet');
    expect((await maja.get('/kontor')).status, 'the invented organiser is signed out').to.equal(303);
    expect((await fetch(app.url + path, { headers: { cookie } })).status).to.equal(404);
  });

  it('goes without an address for a real organiser, who stays signed in', async () => {
    const eva = await signIn(app, { name: 'Eva Ek', email: 'eva.ek@example.se' });
    expect((await maja.post(path, { email: 'eva.ek@example.se' })).status, 'she has a way in').to.equal(422);
    expect((await eva.post(path)).status).to.equal(303);
    expect((await eva.get('/kontor')).status).to.equal(200);
    expect(await EventModel.countDocuments()).to.equal(0);
  });
});
