import { expect } from 'chai';
import { Types } from 'mongoose';
import { AuditModel } from '../../src/audit/log.ts';
import { erasePerson, eraseSentLetters } from '../../src/erasing/erase-person.ts';
import { countSpoken } from '../../src/erasing/erase-speaker.ts';
import { type Event, EventModel } from '../../src/events/event.ts';
import { FileModel } from '../../src/files/stored-file.ts';
import { LetterModel } from '../../src/outbox/letter.ts';
import { RegistrationModel } from '../../src/registrations/registration.ts';
import { EngagementModel } from '../../src/speakers/engagements/engagement.ts';
import { SpeakerModel } from '../../src/speakers/entries/speaker.ts';
import {
  anAuthority,
  anEngagement,
  anEvent,
  aPortrait,
  aRegistration,
  aSpeaker,
  monday,
} from '../support/builders.ts';
import { organiserAt } from '../support/contexts.ts';
import { useDatabase } from '../support/database.ts';

const person = { authority: '05', email: 'bo.oberg@example.se', record: new Types.ObjectId() };

describe('Erasing a speaker at their request', () => {
  useDatabase();

  it('takes the entry, the files, the invitation and the name in programmes, and tells them first', async () => {
    await anAuthority();
    const event = await anEvent();
    const engagement = await anEngagement(event, { status: 'accepted' });
    await aPortrait(engagement);
    const other = { name: 'Eva Ek', title: '', organisation: '', email: '' };
    const bo = { ...other, name: 'Bo Öberg', entry: engagement.speaker };
    await EventModel.updateOne({ _id: event._id }, { $set: { 'sessions.0.speakers': [bo, other] } });
    expect(await countSpoken(person)).to.equal(1);

    await erasePerson(organiserAt(monday), person, true);
    expect(await SpeakerModel.countDocuments()).to.equal(0);
    expect(await EngagementModel.countDocuments()).to.equal(0);
    expect(await FileModel.countDocuments()).to.equal(0);
    const { sessions } = await EventModel.findById(event._id).orFail().lean<Event>();
    expect(sessions[0]?.speakers).to.deep.equal([other]);
    expect((await LetterModel.find().lean()).map(({ kind }) => kind)).to.deep.equal(['speaker-removed']);
    await LetterModel.updateMany({}, { $set: { state: 'sent' } });
    await eraseSentLetters();
    expect(await LetterModel.countDocuments()).to.equal(0);
  });

  it('takes somebody without an address by their entry, and nobody else', async () => {
    await anAuthority();
    const entry = await aSpeaker({ name: 'Cai Berg', email: '' });
    const other = await aSpeaker({ name: 'Eva Ek', email: '' });
    await aRegistration(await anEvent(), { email: '' });
    await erasePerson(organiserAt(monday), { authority: '05', email: '', record: entry._id }, false);
    expect(await SpeakerModel.find().lean()).to.deep.equal([other]);
    expect((await RegistrationModel.findOne().orFail().lean()).erasedAt).to.equal(undefined);
    const lines = await AuditModel.find().lean();
    expect(lines.map(({ action, about }) => `${action}: ${about}`)).to.deep.equal([
      'person.erased: posten i registret över medverkande',
    ]);
  });
});
