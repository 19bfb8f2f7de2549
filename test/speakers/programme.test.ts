import { expect } from 'chai';
import { Types } from 'mongoose';
import { type Event, EventModel, type SpeakerAnswers } from '../../src/events/event.ts';
import { copyEvent } from '../../src/events/planning/create.ts';
import { saveSession } from '../../src/events/programme/sessions.ts';
import { SpeakerModel } from '../../src/speakers/entries/speaker.ts';
import { changeProgramme } from '../../src/speakers/programme.ts';
import { anAuthority, anEvent, aSpeaker, monday } from '../support/builders.ts';
import { organiserAt } from '../support/contexts.ts';
import { useDatabase } from '../support/database.ts';

const context = organiserAt(monday);

describe('The register and a programme', () => {
  useDatabase();
  let event: Event;

  beforeEach(async () => {
    await anAuthority();
    event = await anEvent({ sessions: [] });
  });

  /** Saves a session with these speakers. @returns its speakers as they are stored */
  async function save(...typed: Partial<SpeakerAnswers>[]) {
    const { version } = await EventModel.findById(event._id).orFail().lean();
    const speakers = typed.map((one) => ({ name: '', title: '', organisation: '', email: '', ...one }));
    const id = new Types.ObjectId();
    const plan = { id, start: null, end: null, title: 'Samtal', description: '', speakers };
    const saved = await changeProgramme(context, event._id, () =>
      saveSession(context, event._id, version, plan),
    );
    if ('refused' in saved) throw new Error(saved.refused);
    return saved.sessions.find(({ _id }) => _id.equals(id))?.speakers ?? [];
  }

  it('a new name makes an entry, and the same person in two sessions is one', async () => {
    const cai = { name: 'Cai Berg', organisation: 'Motala kommun' };
    const [first] = await save(cai, { name: 'Bo Ek' });
    const [second] = await save({ name: 'CAI  BERG', organisation: 'Motala  Kommun', title: 'rektor' });
    expect(await SpeakerModel.countDocuments({ authority: '05' })).to.equal(2);
    expect(second?.entry).to.deep.equal(first?.entry);
    expect(await SpeakerModel.findById(first?.entry).lean()).to.deep.include({ ...cai, title: 'rektor' });
  });

  it('one who is chosen is presented as in the register', async () => {
    const { _id, name, title, organisation, email } = await aSpeaker();
    const [chosen] = await save({ name: 'Elin Sandbäck, Norra Ekeby högskola' });
    expect(chosen).to.deep.equal({ name, title, organisation, email, entry: _id });
  });

  it('the address tells more than the name, and another address is another person', async () => {
    const elin = await aSpeaker();
    const [renamed, namesake] = await save(
      { name: 'Elin Ek', email: elin.email },
      { name: elin.name, organisation: elin.organisation, email: 'en.annan@example.se' },
    );
    expect(renamed).to.deep.include({ name: 'Elin Ek', entry: elin._id });
    expect(namesake?.entry).not.to.deep.equal(elin._id);
  });

  it('nobody of another county board is found', async () => {
    const { _id, name, organisation, email } = await aSpeaker({ authority: '04' });
    const [speaker] = await save({ name, organisation, email });
    expect(speaker?.entry).not.to.deep.equal(_id);
  });

  it('a refused save makes no entry', async () => {
    const plan = { id: new Types.ObjectId(), start: null, end: null, title: 'Samtal', description: '' };
    const speakers = [{ name: 'Cai Berg', title: '', organisation: '', email: '' }];
    const late = () => saveSession(context, event._id, 0, { ...plan, speakers });
    expect(await changeProgramme(context, event._id, late)).to.have.property('refused', 'conflict');
    expect(await SpeakerModel.countDocuments()).to.equal(0);
  });

  it('what an event shows of somebody besides is not copied to the next', async () => {
    await save({ name: 'Bo Ek' });
    await EventModel.updateOne({ _id: event._id }, { $set: { 'sessions.$[].speakers.$[].profile': true } });
    const copy = await copyEvent(context, await EventModel.findById(event._id).orFail().lean<Event>());
    expect(copy.sessions[0]?.speakers[0]).to.include({ name: 'Bo Ek' }).and.not.have.property('profile');
  });
});
