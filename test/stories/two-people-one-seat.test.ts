import { expect } from 'chai';
import { paths } from '../../src/base/paths.ts';
import { type Event, EventModel } from '../../src/events/event.ts';
import { LetterModel } from '../../src/outbox/letter.ts';
import { tokenOf } from '../../src/registrations/personal/links.ts';
import { type Registration, RegistrationModel } from '../../src/registrations/registration.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { aForm, anAuthority, anEvent, formOf } from '../support/builders.ts';
import { signIn } from '../support/requests/sign-in.ts';
import { fieldsOf } from '../support/requests/visitor.ts';
import { wordsOf } from '../support/requests/words.ts';

describe('two people and one seat', () => {
  let app: TestApp;
  let event: Event;

  beforeEach(async () => {
    app = await startApp();
    await anAuthority();
    event = await anEvent({ seats: { plats: 5, digitalt: 0 }, taken: { plats: 4, digitalt: 0 } });
  });

  afterEach(() => app.close());

  const people = ['karin@example.se', 'omar@example.se'];
  const seen = async () => wordsOf(await (await fetch(app.url + paths.event(event.slug))).text());
  const signUp = (email: string) => {
    const answers = aForm({
      email,
      organisation: `Arbetsplatsen för ${email}`,
    });
    return fetch(app.url + paths.signUp(event.slug), formOf(answers));
  };
  const rows = () => RegistrationModel.find({ event: event._id, status: 'confirmed' }).lean();
  const taken = async () => (await EventModel.findById(event._id).orFail().lean()).taken.plats;
  const ownPage = (registration: Pick<Registration, '_id' | 'email'>) =>
    app.url + paths.cancelRegistration(tokenOf(registration, app.settings.secret));

  it('give one place, one kind refusal, and the place to the other when the first one cancels', async () => {
    expect(await seen()).to.include('1 plats kvar');
    const answers = await Promise.all(people.map(signUp));
    const won = answers.findIndex(({ status }) => status === 303);
    const lost = 1 - won;
    expect(answers[lost]?.status).to.equal(422);
    const [first, second] = [people[won] ?? '', people[lost] ?? ''];
    const refusal = (await answers[lost]?.text()) ?? '';
    expect(wordsOf(refusal)).to.include('Platserna är slut').and.include('Ställ dig på väntelistan');
    expect(fieldsOf(refusal)).to.include({ email: second, organisation: `Arbetsplatsen för ${second}` });
    expect(refusal).to.not.include(first);
    expect(await seen()).to.include('Platserna är slut');
    const [registration] = await rows();
    expect(registration?.email).to.equal(first);
    expect(await taken()).to.equal(5);
    expect(await LetterModel.countDocuments({ event: event._id })).to.equal(1);

    const own = ownPage(registration as Registration);
    expect((await fetch(own)).status).to.equal(200);
    expect(await taken(), 'opening the link does nothing').to.equal(5);
    expect((await fetch(own, { method: 'POST', redirect: 'manual' })).status).to.equal(303);
    expect(await taken()).to.equal(4);
    expect(await seen()).to.include('1 plats kvar');

    expect((await signUp(second)).status).to.equal(303);
    expect((await rows()).map(({ email }) => email)).to.deep.equal([second]);
    expect((await signUp(first)).status).to.equal(422);
    expect(await taken()).to.equal(5);
    const kinds = (await LetterModel.find({ event: event._id }).sort({ _id: 1 }).lean()).map(
      ({ kind }) => kind,
    );
    expect(kinds).to.have.members(['confirmation', 'cancelled', 'confirmation']);
  });

  it('show the organiser who came in, and let her make room for the other', async () => {
    await Promise.all(people.map(signUp));
    const [registration] = await rows();
    const second = people.find((email) => email !== registration?.email) ?? '';
    const maja = await signIn(app);
    const list = paths.participants(event._id);
    expect(wordsOf(await (await maja.get(list)).text()))
      .to.include(registration?.email)
      .and.not.include(second);
    const answers = aForm({ email: second });
    const asked = await maja.post(paths.addParticipant(event._id), answers);
    expect(wordsOf(await asked.text())).to.include('Platserna är slut: 5 av 5');
    const added = await maja.post(paths.addParticipant(event._id), { ...answers, trots: 'beyondSeats' });
    expect(added.status).to.equal(303);
    expect(await taken()).to.equal(6);
    expect(wordsOf(await (await maja.get(list)).text())).to.include(second);
    expect(await seen()).to.include('Platserna är slut');
  });
});
