import { expect } from 'chai';
import { Types } from 'mongoose';
import { AuditModel } from '../../../src/audit/log.ts';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { copyEvent, createEvent } from '../../../src/events/planning/create.ts';
import { deleteDraft, publishEvent } from '../../../src/events/planning/publish.ts';
import { removeSession, saveSession } from '../../../src/events/programme/sessions.ts';
import { anEvent, ordinaryEvent } from '../../support/builders.ts';
import { organiserAt } from '../../support/contexts.ts';
import { useDatabase } from '../../support/database.ts';

const context = organiserAt('2027-01-11T11:00:00Z');
const find = (id: Types.ObjectId) => EventModel.findById(id).lean<Event>();
const actions = () => AuditModel.find().sort({ _id: 1 }).distinct('action');

describe('Planning', () => {
  useDatabase();

  it('gives the address of title and day at publication; a second event of that name gets a number', async () => {
    const plan = {
      ...ordinaryEvent(),
      title: 'Å, ä & ö – <Fritid>!',
      start: new Date('2027-02-10T23:30:00Z'),
    };
    const programme = ordinaryEvent().sessions;
    const create = () => createEvent(context, '05', plan, { programme });
    const drafts = await Promise.all([create(), create()]);
    expect(drafts.map(({ slug }) => slug)).to.deep.equal(Array(2).fill('a-a-o-fritid-2027-02-11'));
    const published = await Promise.all(drafts.map(({ _id }) => publishEvent(context, _id)));
    expect(published.map((one) => 'slug' in one && one.slug).sort()).to.deep.equal([
      'a-a-o-fritid-2027-02-11',
      'a-a-o-fritid-2027-02-11-2',
    ]);
    const nameless = await createEvent(context, '05', { ...plan, title: '日本' });
    expect(nameless.slug).to.equal('evenemang-2027-02-11');
  });

  it('never gives an address that was public to another event, also when its own is deleted', async () => {
    const { sessions: programme, ...plan } = ordinaryEvent();
    const first = await createEvent(context, '05', plan, { programme });
    await publishEvent(context, first._id);
    await EventModel.deleteOne({ _id: first._id });
    const second = await createEvent(context, '05', plan, { programme });
    expect(await publishEvent(context, second._id)).to.have.property(
      'slug',
      'skolan-som-skydd-sa-nar-fler-barn-malen-2027-02-11-2',
    );
  });

  it('makes the address of a copy from its own title and day', async () => {
    const published = await anEvent();
    const copy = await copyEvent(context, published);
    await EventModel.updateOne({ _id: copy._id }, { title: 'Föräldrar och barn', slug: 'gammal' });
    expect(await publishEvent(context, copy._id)).to.have.property('slug', 'foraldrar-och-barn-2028-02-10');
  });

  it('copies to the same weekday and hours of the first year to come, with the programme and its speakers', async () => {
    const past = await anEvent({
      start: new Date('2025-03-27T08:00:00Z'),
      end: new Date('2025-03-27T11:00:00Z'),
      closesAt: new Date('2025-03-20T23:00:00Z'),
      sessions: ordinaryEvent().sessions.map((one) => ({
        ...one,
        start: new Date('2025-03-27T08:00:00Z'),
        end: new Date('2025-03-27T09:00:00Z'),
      })),
      movedFrom: { start: new Date(0), end: new Date(1) },
      example: true,
    });
    const copy = await copyEvent(context, past);
    // 52 weeks later it is Thursday 26 March 2026, which has been; 104 weeks later 25 March 2027, still winter time.
    expect(copy.start.toISOString()).to.equal('2027-03-25T08:00:00.000Z');
    expect(copy.closesAt.toISOString()).to.equal('2027-03-18T23:00:00.000Z');
    expect(copy).to.include({ state: 'draft', movedFrom: null, meetingLink: '', example: false, version: 1 });
    expect(copy.sessions[0]?.start).to.deep.equal(copy.start);
    expect(copy.sessions[0]?.speakers).to.deep.equal(past.sessions[0]?.speakers);
    expect(copy.sessions[0]?._id).not.to.deep.equal(past.sessions[0]?._id);
    expect(await actions()).to.deep.equal(['event.copied']);
  });

  it('copies across a change of the clock with the same wall times', async () => {
    const event = await anEvent({
      start: new Date('2026-03-26T08:00:00Z'),
      end: new Date('2026-03-26T11:00:00Z'),
    });
    const copy = await copyEvent(organiserAt('2027-04-01T00:00:00Z'), event);
    expect(copy.start.toISOString()).to.equal('2028-03-23T08:00:00.000Z');
    const summer = await anEvent({
      start: new Date('2026-03-30T07:00:00Z'),
      end: new Date('2026-03-30T10:00:00Z'),
    });
    expect((await copyEvent(context, summer)).start.toISOString()).to.equal('2027-03-29T07:00:00.000Z');
    const winter = await anEvent({
      start: new Date('2026-10-26T08:00:00Z'),
      end: new Date('2026-10-26T11:00:00Z'),
    });
    expect((await copyEvent(context, winter)).start.toISOString()).to.equal('2027-10-25T07:00:00.000Z');
  });

  it('publishes what is complete, once', async () => {
    const draft = await anEvent({ state: 'draft', publishedAt: null });
    expect(await publishEvent(context, draft._id)).to.include({ state: 'published', version: 2 });
    await publishEvent(organiserAt('2027-01-12T11:00:00Z'), draft._id);
    expect(await find(draft._id)).to.deep.include({ publishedAt: context.now, version: 2 });
    expect(await AuditModel.countDocuments({ action: 'event.published' })).to.equal(1);
  });

  it('does not publish what lacks something', async () => {
    const draft = await anEvent({ state: 'draft', cost: '' });
    expect(await publishEvent(context, draft._id)).to.have.property('refused', 'incomplete');
    expect(await find(draft._id)).to.include({ state: 'draft', version: 1 });
    expect(await actions()).to.deep.equal([]);
  });

  it('does not bring a cancelled event back', async () => {
    const event = await anEvent({ state: 'cancelled' });
    await publishEvent(context, event._id);
    expect((await find(event._id))?.state).to.equal('cancelled');
  });

  it('deletes drafts and nothing else', async () => {
    const [draft, published] = [await anEvent({ state: 'draft' }), await anEvent()];
    expect(await deleteDraft(context, draft._id)).to.equal(true);
    expect(await deleteDraft(context, draft._id)).to.equal(false);
    expect(await deleteDraft(context, published._id)).to.equal(false);
    expect(await EventModel.find().distinct('_id')).to.deep.equal([published._id]);
  });
});

describe('The programme', () => {
  useDatabase();
  const part = (start: string, title: string) => ({
    start: new Date(`2027-02-11T${start}:00Z`),
    end: new Date('2027-02-11T11:00:00Z'),
    title,
    description: '',
    speakers: [],
  });
  const titles = async (id: Types.ObjectId) => (await find(id))?.sessions.map((one) => one.title);

  it('is kept in the order of time', async () => {
    const { _id } = await anEvent({ sessions: [] });
    await saveSession(context, _id, 1, part('09:00', 'B'));
    await saveSession(context, _id, 2, part('08:00', 'A'));
    await saveSession(context, _id, 3, part('10:00', 'C'));
    expect(await titles(_id)).to.deep.equal(['A', 'B', 'C']);
    const key = (await find(_id))?.sessions[0]?._id;
    if (!key) throw new Error('There is no first part.');
    await saveSession(context, _id, 4, { ...part('10:30', 'A'), key });
    expect(await titles(_id)).to.deep.equal(['B', 'C', 'A']);
    await removeSession(context, _id, 5, key);
    expect(await titles(_id)).to.deep.equal(['B', 'C']);
  });

  it('is saved by one of two who save at the same time; the other is told and sees what stands', async () => {
    const { _id } = await anEvent({ sessions: [] });
    const saves = await Promise.all(
      ['A', 'B'].map((title) => saveSession(context, _id, 1, part('08:00', title))),
    );
    const [conflict] = saves.flatMap((save) => ('refused' in save ? save : []));
    const stands = await titles(_id);
    expect(stands).to.have.length(1);
    expect(conflict?.event.sessions.map((one) => one.title)).to.deep.equal(stands);
    expect(await AuditModel.countDocuments({ action: 'event.programme' })).to.equal(1);
  });

  it('of nothing cannot be saved', async () => {
    const error = await saveSession(context, new Types.ObjectId(), 1, part('08:00', 'A')).catch(
      (reason: Error) => reason,
    );
    expect(error).to.have.property('name', 'DocumentNotFoundError');
  });
});
