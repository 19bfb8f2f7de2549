import { expect } from 'chai';
import { Types } from 'mongoose';
import { AuditModel } from '../../src/audit/log.ts';
import type { Authority } from '../../src/authorities/authority.ts';
import { databaseClient } from '../../src/base/database.ts';
import { erasePerson, eraseSentLetters } from '../../src/erasing/erase-person.ts';
import { type Event, EventModel } from '../../src/events/event.ts';
import { MailModel } from '../../src/inbox/mail.ts';
import { draftFromFile } from '../../src/meeting-reports/draft.ts';
import { importReport } from '../../src/meeting-reports/import.ts';
import { MeetingReportModel } from '../../src/meeting-reports/report.ts';
import { putBack } from '../../src/organisers/kept-form.ts';
import { LetterModel } from '../../src/outbox/letter.ts';
import { markAttendance } from '../../src/registrations/participants/attendance.ts';
import {
  countParticipants,
  listParticipants,
  namesOf,
} from '../../src/registrations/participants/participants.ts';
import { findByToken, tokenOf } from '../../src/registrations/personal/links.ts';
import { type Registration, RegistrationModel } from '../../src/registrations/registration.ts';
import { registerColleagues } from '../../src/registrations/sign-up/colleagues.ts';
import { register } from '../../src/registrations/sign-up/register.ts';
import { countHeads, noteHeadcounts } from '../../src/registrations/tallies/headcount.ts';
import { countAttendance } from '../../src/statistics/attendance.ts';
import { turnoutOf } from '../../src/statistics/turnout.ts';
import { anAuthority, anEvent, aPerson, aRegistration, monday } from '../support/builders.ts';
import { organiserAt, visitorAt } from '../support/contexts.ts';
import { useDatabase } from '../support/database.ts';
import { aMail } from '../support/mail/inbox.ts';
import { zoomFile } from '../support/reports.ts';
import { anOrganiser } from '../support/requests/sign-in.ts';

const who = aPerson({ givenName: 'Torborg', familyName: 'Kvist', email: 'torborg.kvist@example.se' });
const person = { authority: '05', email: who.email, record: new Types.ObjectId() };
const maja = organiserAt(new Date(+monday + 3600_000));

describe('Erasing a person at their request', () => {
  useDatabase();
  let board: Authority;
  let past: Event;
  let coming: Event;

  beforeEach(async () => {
    board = await anAuthority();
    await anAuthority({ _id: '04' });
    past = await anEvent({ start: new Date('2027-01-08T08:00Z'), end: new Date('2027-01-08T11:00Z') });
    coming = await anEvent({ seats: { plats: 1, digitalt: 0 } });
  });

  const signUp = async (event: Event, facts = {}) => {
    const result = await register(visitorAt(monday), event._id, { ...who, ...facts }, { wait: true });
    if ('refused' in result) throw new Error(result.refused);
    return result.registration;
  };
  /** A report of a meeting that has been saved, and a draft of one that names the person; behind both accounts sat four. */
  const aReportOf = async ({ _id, event }: Registration) => {
    const file = zoomFile([['Torborg Kvist', who.email, '09:00', '10:00']]);
    const saved = await draftFromFile(maja, past, file);
    if ('refused' in saved) throw new Error(saved.refused);
    await importReport(maja, past, saved);
    const account = { account: who.email, name: 'Torborg Kvist', number: 4 };
    await noteHeadcounts(past, { source: saved._id, at: monday }, [
      { ...account, municipality: '0583', role: 'chef' },
    ]);
    expect(await MeetingReportModel.exists({ event, 'outcomes.registration': _id })).not.to.equal(null);
    await draftFromFile(maja, past, file);
    const elsewhere = await anEvent({ seats: { plats: null, digitalt: null } });
    await draftFromFile(maja, elsewhere, file);
  };
  /** Everything in the database as text, and of what is in bytes the text of it. */
  const everything = async () => {
    const { client, dbName } = databaseClient();
    const names = await client.db(dbName).listCollections().toArray();
    const rows = await Promise.all(
      names.map(({ name }) => client.db(dbName).collection(name).find().toArray()),
    );
    const texts = rows
      .flat()
      .map(
        (row) =>
          JSON.stringify(row) + ['raw', 'packed'].map((field) => String(row[field]?.buffer ?? '')).join(),
      );
    return texts.join('\n');
  };

  it('leaves nothing of them in the database, wherever it was', async () => {
    const gone = await aRegistration(past, { ...who, present: true, presentAt: past.start });
    await signUp(coming);
    const others = ['Åsa', 'Bo'].map((givenName) => aPerson({ givenName, email: `${givenName}@example.se` }));
    const online = await anEvent({ seats: { plats: null, digitalt: null } });
    await registerColleagues(visitorAt(monday), online._id, { registrar: who, people: others });
    const karin = aPerson({ givenName: 'Karin', email: 'karin@example.se' });
    await registerColleagues(visitorAt(monday), online._id, { registrar: karin, people: [karin, who] });
    const ofKarin = { kind: 'confirmation', 'to.address': 'karin@example.se' };
    await LetterModel.updateMany({ 'to.address': 'karin@example.se' }, { mailbox: who.email });
    await aReportOf(gone);
    const raw = Buffer.from('Hej Torborg Kvist! torborg.kvist@example.se');
    await LetterModel.updateMany({ $nor: [ofKarin] }, { raw });
    await aMail({ from: { name: 'Torborg Kvist', address: who.email }, authority: '05' });
    await aMail({ registration: gone._id, authority: '05', text: 'Hälsar Torborg' });
    const kept = await aMail({ authority: '05', text: 'Någon annan' });
    const fields = ['Torborg.Kvist@example.se', 'Torborg'].map((value) => ({ name: 'email', value }));
    await putBack({
      ...{ _id: 'form', organiser: (await anOrganiser())._id, action: '/kontor', fields },
      ...{ keptAt: monday, expiresAt: new Date(+monday + 3600_000) },
    });
    expect(await everything())
      .to.include('Torborg')
      .and.include('torborg.kvist');

    await erasePerson(maja, person, false);
    const left = (await everything()).split('\n').filter((row) => /torborg|kvist/i.test(row));
    expect(left).to.deep.equal([]);
    expect(await findByToken(tokenOf(gone, maja.settings.secret), maja.settings)).to.equal(null);
    expect((await MailModel.find().lean()).map(({ _id }) => String(_id))).to.deep.equal([String(kept._id)]);
    const registered = await RegistrationModel.find({ event: online._id, erasedAt: null })
      .sort({ email: 1 })
      .lean();
    expect(registered.map(({ givenName }) => givenName)).to.have.members(['Karin', 'Åsa', 'Bo']);
    const [report] = await MeetingReportModel.find().lean();
    expect(report?.outcomes).to.deep.equal([]);
    expect(await everything()).not.to.include(`"registration":"${gone._id}"`);
    const heads = { event: past._id, municipality: '0583', role: 'chef', number: 4 };
    expect(await countHeads([past._id])).to.deep.equal([heads]);
    const list = await LetterModel.findOne({ kind: 'colleagues-list' }).orFail().lean();
    expect(list.facts.names).to.deep.equal(['Karin Öberg']);
  });

  it('leaves statistics and counts of events that are over as they were', async () => {
    await aRegistration(past, { ...who, present: true, presentAt: past.start, municipality: '0583' });
    await aRegistration(past, { email: 'annan@example.se', present: false });
    const turnout = async () => {
      const { municipalities, ...numbers } = (await turnoutOf([past], board, maja.now))(past._id);
      return { ...numbers, municipalities: municipalities.toSorted() };
    };
    const figures = async () => ({
      attendance: await countAttendance(board, {}, maja.now),
      turnout: await turnout(),
      counts: await countParticipants(board, past._id),
      taken: (await EventModel.findById(past._id).orFail().lean()).taken,
    });
    const before = await figures();
    expect(before.attendance.table.total).to.equal(1);
    await erasePerson(maja, person, false);
    expect(await figures()).to.deep.equal(before);
    const row = await RegistrationModel.findOne({ erasedAt: maja.now }).orFail().lean<Registration>();
    expect(Object.keys(row)).to.have.members([
      ...['_id', 'event', 'authority', 'status', 'municipality', 'role', 'mode', 'present', 'example'],
      ...['attendedMode', 'email', 'waitsFor', 'erasedAt'],
    ]);
    expect((await listParticipants(past._id, {}, 1)).total).to.equal(1);
    expect((await namesOf([row._id])).size).to.equal(0);
  });

  it('cancels coming seats first: those who wait get them, and the letter leaves before it is erased', async () => {
    const mine = await signUp(coming);
    await LetterModel.updateMany({}, { $set: { state: 'sent' }, $unset: { dueAt: 1 } });
    const next = await signUp(coming, { email: 'nasta@example.se' });
    await erasePerson(maja, person, true);
    expect(await RegistrationModel.findById(next._id).lean()).to.have.property('status', 'confirmed');
    expect((await EventModel.findById(coming._id).orFail().lean()).taken.plats).to.equal(1);
    const mineLeft = () => LetterModel.find({ registration: mine._id }).lean();
    expect((await mineLeft()).map(({ kind, state }) => `${kind} ${state}`)).to.deep.equal([
      'cancelled queued',
    ]);
    await eraseSentLetters();
    expect(await mineLeft()).to.have.length(1);
    await LetterModel.updateMany({ registration: mine._id }, { state: 'sent' });
    await eraseSentLetters();
    expect(await mineLeft()).to.deep.equal([]);
    expect(await LetterModel.countDocuments({ registration: next._id })).to.equal(2);
  });

  it('is one line of the log with no name, and nothing of another county board', async () => {
    const theirs = await anEvent({ authority: '04' });
    await aRegistration(theirs, who);
    await aRegistration(past, who);
    await erasePerson(maja, person, false);
    const lines = await AuditModel.find({ action: 'person.erased' }).lean();
    expect(lines.map(({ by, about, authority }) => [by, about, authority])).to.deep.equal([
      ['Maja Lindgren', '1 anmälan', '05'],
    ]);
    expect(await RegistrationModel.countDocuments({ email: who.email, authority: '04' })).to.equal(1);
  });

  it('can be done for several people of one event, and nobody marks who is erased', async () => {
    const [first] = [
      await aRegistration(past, who),
      await aRegistration(past, { ...who, email: 'b@example.se' }),
    ];
    await erasePerson(maja, person, false);
    await erasePerson(maja, { ...person, email: 'b@example.se' }, false);
    expect(await RegistrationModel.countDocuments({ erasedAt: { $ne: null }, status: 'confirmed' })).to.equal(
      2,
    );
    expect(await AuditModel.countDocuments({ registration: new Types.ObjectId() })).to.equal(0);
    expect(await markAttendance(maja, past, first._id, true)).to.equal(null);
  });

  it('takes of people without an address only the one that was asked about', async () => {
    const walkIn = { email: '', walkIn: true as const, present: true };
    const { _id: record } = await aRegistration(past, { ...walkIn, familyName: 'Ek' });
    const other = await aRegistration(past, { ...walkIn, familyName: 'Berg' });
    await erasePerson(maja, { authority: '05', email: '', record }, false);
    expect((await RegistrationModel.findById(record).lean())?.familyName).to.equal(undefined);
    expect(await RegistrationModel.findById(other._id).lean()).to.deep.equal(other);
  });
});
