import { expect } from 'chai';
import type { Authority } from '../../../src/authorities/authority.ts';
import type { Context } from '../../../src/base/context.ts';
import { type Event, EventModel, type Mode } from '../../../src/events/event.ts';
import { compose } from '../../../src/letters/compose.ts';
import { type Letter, LetterModel } from '../../../src/outbox/letter.ts';
import type { LetterFacts } from '../../../src/registrations/letter-facts.ts';
import { ownData } from '../../../src/registrations/personal/opened.ts';
import {
  type Person,
  type Registration,
  RegistrationModel,
} from '../../../src/registrations/registration.ts';
import { registerColleagues } from '../../../src/registrations/sign-up/colleagues.ts';
import { register } from '../../../src/registrations/sign-up/register.ts';
import { anAuthority, anEvent, aPerson, monday } from '../../support/builders.ts';
import { visitorAt } from '../../support/contexts.ts';
import { useDatabase } from '../../support/database.ts';

describe('registerColleagues', () => {
  let authority: Authority;
  const context = visitorAt(monday);

  useDatabase();
  beforeEach(async () => {
    authority = await anAuthority();
  });

  const person = (name: string, mode: Mode = 'plats') =>
    aPerson({ givenName: name, familyName: 'Ek', email: `${name.toLowerCase()}@example.se`, mode });

  const signUp = (event: Event, people: Person[], leave = {}, registrar = people[0], at: Context = context) =>
    registerColleagues(at, event._id, { registrar: registrar ?? person('Ingen'), people }, leave);

  const states = async (event: Event) =>
    (await RegistrationModel.find({ event: event._id }).sort({ _id: 1 }).lean()).map(
      ({ givenName, status }) => `${givenName} ${status}`,
    );

  const letters = async (event: Event) =>
    (await LetterModel.find({ event: event._id }).sort({ _id: 1 }).lean()).map(
      ({ kind, to }) => `${kind} ${to.address.split('@')[0]}`,
    );

  const said = async (event: Event, kind: string) => {
    const found = LetterModel.findOne({ event: event._id, kind }).orFail();
    const letter = await found.lean<Letter<LetterFacts>>();
    return (await compose(letter, context.settings)).content;
  };

  it('signs all up, each with an own letter, and gives the list to who did it', async () => {
    const event = await anEvent();
    const people = ['Ada', 'Bo', 'Cai'].map((name) => person(name));
    expect(await signUp(event, people)).to.deep.equal({ registered: true });
    expect(await states(event)).to.deep.equal(['Ada confirmed', 'Bo confirmed', 'Cai confirmed']);
    expect(await letters(event)).to.deep.equal([
      'confirmation ada',
      'confirmation bo',
      'confirmation cai',
      'colleagues-list ada',
    ]);
    const [ada, bo] = await RegistrationModel.find({ event: event._id }).sort({ _id: 1 }).lean();
    expect(ada?.registeredBy).to.equal(undefined);
    expect(bo?.registeredBy).to.deep.equal({ name: 'Ada Ek', email: 'ada@example.se' });
  });

  it('tells everybody by whom, and names all in the list', async () => {
    const event = await anEvent();
    await signUp(event, [person('Bo')], {}, person('Karin'));
    expect((await said(event, 'confirmation')).paragraphs).to.include('Karin Ek har anmält dig.');
    const list = await said(event, 'colleagues-list');
    expect(list.paragraphs).to.include('Har en plats:\nBo Ek').and.not.include('Står på väntelistan:');
    expect(list.greeting).to.equal('Hej Karin!');
    // Nothing of the others is opened by it.
    expect(list.action?.label).to.equal('Se vilka du har anmält');
    expect(await states(event), 'who only fills in the form does not come').to.deep.equal(['Bo confirmed']);
  });

  it('tells nobody the address of who signed them up', async () => {
    const event = await anEvent();
    await signUp(event, [person('Bo')], {}, person('Karin'));
    const registration = await RegistrationModel.findOne({ event: event._id }).orFail().lean<Registration>();
    const data = JSON.stringify(await ownData({ registration, event, authority }));
    expect(data).to.include('Karin Ek').and.not.include('karin@example.se');
  });

  it('takes nothing where some would have no seat, and says how many there are', async () => {
    const event = await anEvent({ seats: { plats: 2, digitalt: null } });
    const people = ['Ada', 'Bo', 'Cai'].map((name) => person(name));
    const answer = await signUp(event, people);
    expect(answer).to.deep.include({ refused: 'partly', lacking: [{ mode: 'plats', wanted: 3, left: 2 }] });
    expect(await states(event)).to.deep.equal([]);
    expect((await EventModel.findById(event._id).orFail().lean()).taken).to.deep.equal({
      plats: 0,
      digitalt: 0,
    });
  });

  it('gives the seats in the order of the form, and the others a place in the queue, where that was agreed', async () => {
    const event = await anEvent({ seats: { plats: 2, digitalt: 0 } });
    const people = ['Ada', 'Bo', 'Cai', 'Dan'].map((name) => person(name));
    await signUp(event, people, { wait: ['plats'] });
    expect(await states(event)).to.deep.equal([
      'Ada confirmed',
      'Bo confirmed',
      'Cai waiting',
      'Dan waiting',
    ]);
    expect(await letters(event)).to.include.members(['waiting-list cai', 'waiting-list dan']);
    expect((await said(event, 'colleagues-list')).paragraphs).to.include.members([
      'Har en plats:\nAda Ek\nBo Ek',
      'Står på väntelistan:\nCai Ek\nDan Ek',
    ]);
    expect((await EventModel.findById(event._id).orFail().lean()).waiting.plats).to.equal(2);
  });

  it('offers no queue that is closed', async () => {
    const event = await anEvent({
      seats: { plats: 1, digitalt: 0 },
      closesAt: new Date('2027-02-11T07:00:00Z'),
    });
    const late = visitorAt(new Date(+event.start - 23 * 3600_000));
    const people = [person('Ada'), person('Bo')];
    expect(await signUp(event, people, { wait: ['plats'] }, people[0], late)).to.have.property(
      'refused',
      'partly',
    );
  });

  it('does not tell somebody apart who is registered already (K3)', async () => {
    const event = await anEvent({ seats: { plats: 3, digitalt: 0 } });
    await register(visitorAt(new Date(+monday - 3600_000 * 24)), event._id, person('Bo'));
    const people = [person('Ada'), person('Bo')];
    expect(await signUp(event, people)).to.deep.equal({ registered: true });
    expect(await letters(event)).to.deep.equal([
      'confirmation bo',
      'already-registered bo',
      'confirmation ada',
      'colleagues-list ada',
    ]);
    const more = [person('Cai'), person('Bo')];
    expect(await signUp(event, more), 'as if both needed a seat').to.have.property('refused', 'partly');
  });

  it('floods no stranger with lists, who may be named as the one who fills in the form', async () => {
    const event = await anEvent();
    const lists = () =>
      LetterModel.countDocuments({ kind: 'colleagues-list', 'to.address': 'ingen@example.se' });
    for (const name of ['Ada', 'Bo', 'Cai', 'Dan', 'Eva', 'Fia'])
      expect(await signUp(event, [person(name)], {}, person('Ingen'))).to.deep.equal({ registered: true });
    expect(await lists()).to.equal(5);
    await signUp(event, [person('Gun')], {}, person('Ingen'), visitorAt(new Date(+monday + 3600_000)));
    expect(await lists()).to.equal(6);
  });

  it('does nothing more on a second click', async () => {
    const event = await anEvent();
    const people = [person('Ada'), person('Bo')];
    await signUp(event, people);
    expect(await signUp(event, people)).to.deep.equal({ registered: true });
    expect(await letters(event)).to.deep.equal([
      'confirmation ada',
      'confirmation bo',
      'colleagues-list ada',
    ]);
  });

  it('is refused as one is: before, after, cancelled', async () => {
    const people = [person('Ada'), person('Bo')];
    const closed = await anEvent({ closesAt: monday });
    const cancelled = await anEvent({ state: 'cancelled' });
    expect(await signUp(closed, people)).to.have.property('refused', 'closed');
    expect(await signUp(cancelled, people)).to.have.property('refused', 'cancelled');
  });
});
