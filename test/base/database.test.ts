import { expect } from 'chai';
import { Types } from 'mongoose';
import { AuditModel } from '../../src/audit/log.ts';
import { insertRows, transaction } from '../../src/base/database.ts';
import { EventModel } from '../../src/events/event.ts';
import { anEvent } from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';

describe('transaction', () => {
  useDatabase();

  const entry = (about: string) => ({
    _id: new Types.ObjectId(),
    at: new Date(),
    authority: '05',
    action: 'event.changed' as const,
    about,
  });
  const abouts = async () => (await AuditModel.find().sort({ about: 1 }).lean()).map(({ about }) => about);
  const fail = () => Promise.reject(new Error('half-way'));

  it('leaves nothing of an act that fails half-way: updates, inserted rows, bulk writes', async () => {
    const { _id } = await anEvent();
    const act = transaction(async () => {
      await EventModel.updateOne({ _id }, { $set: { title: 'Ny' } });
      await insertRows(AuditModel, [entry('row')]);
      await AuditModel.insertMany([entry('document')]);
      await AuditModel.bulkWrite([{ insertOne: { document: entry('bulk') } }]);
      expect(await AuditModel.countDocuments()).to.equal(3);
      await fail();
    });
    expect(await act.catch(({ message }: Error) => message)).to.equal('half-way');
    expect(await abouts()).to.deep.equal([]);
    expect(await EventModel.findById(_id).lean())
      .to.have.property('title')
      .not.equal('Ny');
  });

  it('does not draw in what runs beside it', async () => {
    const beside = Promise.withResolvers<void>();
    const act = transaction(async () => {
      await insertRows(AuditModel, [entry('inside')]);
      await beside.promise;
      await fail();
    });
    await insertRows(AuditModel, [entry('outside')]);
    expect(await abouts(), 'nobody else sees what is not committed').to.deep.equal(['outside']);
    beside.resolve();
    await act.catch(() => {});
    expect(await abouts()).to.deep.equal(['outside']);
  });

  it('is joined by an act inside it', async () => {
    const inner = () => transaction(() => insertRows(AuditModel, [entry('inner')]));
    await transaction(async () => {
      await inner();
      await fail();
    }).catch(() => {});
    expect(await abouts()).to.deep.equal([]);
    await transaction(inner);
    expect(await abouts()).to.deep.equal(['inner']);
  });
});
