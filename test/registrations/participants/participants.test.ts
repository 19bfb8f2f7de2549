import { expect } from 'chai';
import { Types } from 'mongoose';
import { AuditModel } from '../../../src/audit/log.ts';
import type { Authority } from '../../../src/authorities/authority.ts';
import type { Event } from '../../../src/events/event.ts';
import { changeRegistration } from '../../../src/registrations/changes/change.ts';
import {
  countParticipants,
  exportParticipants,
  findParticipant,
  listParticipants,
  type ParticipantFilter,
} from '../../../src/registrations/participants/participants.ts';
import {
  byName,
  notErased,
  type Registration,
  RegistrationModel,
  swedish,
} from '../../../src/registrations/registration.ts';
import { foundBy } from '../../../src/registrations/search.ts';
import { anAuthority, anEvent, aRegistration, monday } from '../../support/builders.ts';
import { organiserAt } from '../../support/contexts.ts';
import { useDatabase } from '../../support/database.ts';

describe('the participants of an event', () => {
  let authority: Authority;
  let event: Event;

  useDatabase();
  beforeEach(async () => {
    authority = await anAuthority();
    event = await anEvent();
  });

  let number = 0;
  const add = (facts: Partial<Registration>) => {
    number += 1;
    return aRegistration(event, { email: `person${number}@example.se`, ...facts });
  };

  const list = async (filter: ParticipantFilter = {}) =>
    (await listParticipants(event._id, filter, 1)).registrations.map((one) => one.familyName);

  it('stand in the order of the Swedish alphabet, by family name and then given name', async () => {
    for (const familyName of [
      'Öberg',
      'Zetterberg',
      'ek',
      'Ärlig',
      'Åberg',
      'Ek',
      'Adamsson',
      'Dé',
      'Wik',
      'Vik',
    ])
      await add({ familyName, givenName: familyName === 'ek' ? 'Bo' : 'Ada' });
    expect(await list()).to.deep.equal([
      ...['Adamsson', 'Dé', 'Ek', 'ek', 'Vik', 'Wik', 'Zetterberg', 'Åberg', 'Ärlig', 'Öberg'],
    ]);
  });

  it('are those of this event only', async () => {
    await add({ familyName: 'Ek' });
    await aRegistration(await anEvent(), { familyName: 'Annan' });
    expect(await list()).to.deep.equal(['Ek']);
  });

  it('are found by name, organisation, address and municipality, every word of them', async () => {
    await add({
      familyName: 'Lindberg',
      givenName: 'Karin',
      organisation: 'Motala kommun',
      municipality: '0583',
    });
    await add({
      familyName: 'Åkerlind',
      givenName: 'Omar',
      email: 'omar@kinda.example.se',
      organisation: 'Region X',
    });
    await add({ familyName: 'Ek', givenName: 'Linda', municipality: '0561', organisation: 'Skolan' });
    const found: [string, string[]][] = [
      ['lind', ['Ek', 'Lindberg']],
      ['LINDBERG', ['Lindberg']],
      ['karin lindberg', ['Lindberg']],
      ['lindberg  omar', []],
      ['motala', ['Lindberg']],
      ['kinda', ['Åkerlind']],
      ['ÅKER', ['Åkerlind']],
      ['åtvida', ['Ek']],
      ['region', ['Åkerlind']],
    ];
    for (const [q, names] of found) expect(await list({ q }), q).to.deep.equal(names);
  });

  it('are found however their names are typed, and as the list writes them', async () => {
    await add({ givenName: 'A\u030asa', familyName: 'Öberg', organisation: 'Skolan' });
    await add({ givenName: 'Renée', familyName: 'Möller', organisation: 'Øresund straße Æra' });
    await add({ givenName: 'Anna\u2011Karin', familyName: 'O’Brien', municipality: '0580' });
    await add({
      givenName: 'Bo',
      familyName: 'Ek',
      email: 'bo@xn--vxj-qla6g.se',
      organisation: 'X',
      municipality: '0583',
    });
    const found: [string, string[]][] = [
      ['Åsa', ['Öberg']],
      ['A\u030asa', ['Öberg']],
      ['Öberg, Åsa', ['Öberg']],
      ['oberg', ['Öberg']],
      ['Renee', ['Möller']],
      ['Moller', ['Möller']],
      ['oresund strasse aera', ['Möller']],
      ['Anna-Karin', ['O’Brien']],
      ['anna–karin', ['O’Brien']],
      ["O'Brien", ['O’Brien']],
      ['obrien', ['O’Brien']],
      ['linkoping', ['Möller', 'O’Brien', 'Öberg']],
      ['linko\u0308ping', ['Möller', 'O’Brien', 'Öberg']],
      ['LINKÖPING', ['Möller', 'O’Brien', 'Öberg']],
      ['växjö', ['Ek']],
      ['bo@växjö.se', ['Ek']],
      ['ö\u200bberg', ['Öberg']],
    ];
    for (const [q, names] of found) expect((await list({ q })).toSorted(), q).to.deep.equal(names.toSorted());
  });

  it('are found by the index, as many records as match', async () => {
    await RegistrationModel.createIndexes();
    for (const givenName of ['Åsa', 'Bo', 'Cai', 'Åsa-Lena'])
      await add({ givenName, email: `${number}@x.se` });
    const plan = await RegistrationModel.find({ event: event._id, ...foundBy('åsa') })
      .collation({ locale: 'sv', strength: 2 })
      .explain('executionStats');
    expect(JSON.stringify(plan)).to.include('event_1_search_1');
    expect((plan as unknown as { executionStats: object }).executionStats).to.include({
      totalDocsExamined: 2,
    });
  });

  it('are found by what a change has made of them', async () => {
    const one = await add({ givenName: 'Åsa' });
    await changeRegistration(organiserAt(monday), one._id, { givenName: 'Örjan', municipality: '0583' });
    expect(await list({ q: 'orjan motala' })).to.have.length(1);
    expect(await list({ q: 'åsa' })).to.have.length(0);
  });

  it('are searched for as text, never as a pattern', async () => {
    await add({ familyName: 'Ek', organisation: 'Barn & unga (0–18) [länet] 100 % a.b*c^d|e\\f{2}' });
    await add({ familyName: 'Annan', organisation: 'aXbc' });
    for (const q of ['(0–18)', '[länet]', 'a.b*c^d|e\\f{2}', '100 %', '^Ek', 'Ek$', 'Barn & unga'])
      expect(await list({ q }), q).to.deep.equal(['Ek']);
    for (const q of ['.*', '.', '&', '*', '(', '\\', '%', 'Ek|Annan', '$where', 'a.bc'])
      expect(await list({ q }), q).to.deep.equal([]);
  });

  it('are filtered by municipality, role, way of attending and state, together', async () => {
    await add({ familyName: 'A', municipality: '0583', role: 'chef', mode: 'digitalt' });
    await add({ familyName: 'B', municipality: '0583', role: 'chef', status: 'cancelled' });
    await add({ familyName: 'C', municipality: 'annan', role: 'fortroendevald' });
    expect(await list({ municipality: '0583' })).to.deep.equal(['A', 'B']);
    expect(await list({ municipality: 'annan' })).to.deep.equal(['C']);
    expect(await list({ role: 'chef', status: 'confirmed' })).to.deep.equal(['A']);
    expect(await list({ mode: 'plats', status: 'confirmed' })).to.deep.equal(['C']);
    expect(await list({ status: 'cancelled', q: 'b' })).to.deep.equal(['B']);
  });

  it('come in pages, in an order that the index gives', async () => {
    // It knows no order once it has held a name in another script.
    await RegistrationModel.collection.dropIndexes();
    await RegistrationModel.createIndexes();
    const one = await add({ familyName: 'Aa' });
    const many = Array.from({ length: 200 }, (_, n) => ({
      ...one,
      _id: new Types.ObjectId(),
      familyName: `Ek${String(n).padStart(3, '0')}`,
      email: `ek${n}@example.se`,
    }));
    await RegistrationModel.insertMany(many, { lean: true });
    const third = await listParticipants(event._id, {}, 3);
    expect(third).to.include({ total: 201, pages: 3 });
    expect(third.registrations).to.have.length(41);
    expect(third.registrations[0]).to.have.property('familyName', 'Ek159');
    const plan = await RegistrationModel.find({ event: event._id, ...notErased })
      .collation(swedish)
      .sort(byName)
      .limit(80)
      .explain('executionStats');
    expect(JSON.stringify(plan)).not.to.include('SORT');
    expect((plan as unknown as { executionStats: object }).executionStats).to.include({
      totalDocsExamined: 80,
    });
  });

  it('are counted by municipality and role, without the cancelled ones', async () => {
    await add({ municipality: '0583', role: 'chef' });
    await add({ municipality: '0583', role: 'chef', mode: 'digitalt' });
    await add({ municipality: '0580', role: 'fortroendevald' });
    await add({ municipality: 'annan', role: 'annan' });
    await add({ municipality: '0580', role: 'chef', status: 'cancelled' });
    const { table, perMode, cancelled } = await countParticipants(authority, event._id);
    expect(perMode).to.deep.equal({ plats: 3, digitalt: 1 });
    expect(cancelled).to.equal(1);
    expect(table.total).to.equal(4);
    expect(table.totals).to.include({ chef: 2, fortroendevald: 1, annan: 1, tjansteperson: 0 });
    expect(table.rows.map(({ name }) => name)).to.deep.equal([
      ...[
        'Boxholm',
        'Finspång',
        'Kinda',
        'Linköping',
        'Mjölby',
        'Motala',
        'Norrköping',
        'Söderköping',
        'Vadstena',
      ],
      ...['Valdemarsvik', 'Ydre', 'Åtvidaberg', 'Ödeshög', 'Annan'],
    ]);
    expect(table.rows.find(({ code }) => code === '0583')).to.deep.include({ total: 2 });
    expect(table.rows.find(({ code }) => code === '0512')).to.deep.include({ total: 0 });
  });

  it('belong to their event', async () => {
    const { _id } = await add({});
    expect(await findParticipant(event._id, String(_id))).to.have.property('familyName', 'Öberg');
    expect(await findParticipant((await anEvent())._id, String(_id))).to.equal(null);
  });

  describe('as a file', () => {
    const file = (filter: ParticipantFilter = {}) =>
      exportParticipants(organiserAt(monday), authority, event, filter);

    it('opens right in Swedish Excel', async () => {
      const online = { present: true, attendedMode: 'digitalt' as const, walkIn: true as const };
      await add({ familyName: 'Öberg', organisation: 'Barn; unga "länet"', ...online });
      await add({
        familyName: 'Ek',
        municipality: 'annan',
        mode: 'digitalt',
        status: 'cancelled',
        email: 'ek@example.se',
      });
      const [head, first, second, ...rest] = (await file()).split('\r\n');
      expect(head).to.equal(
        '\ufeffEfternamn;Förnamn;E-postadress;Organisation;Kommun;Roll;Deltar;Läge;Närvaro;Anmäld;Plats i kön;Deltog;Utan anmälan',
      );
      expect(first).to.equal(
        'Ek;Åsa;ek@example.se;Linköpings kommun;Annan;Strategisk tjänsteperson;Digitalt;Avbokad;;2027-01-04 10.00;;;',
      );
      expect(second).to.match(
        /^Öberg;Åsa;person\d+@example\.se;"Barn; unga ""länet""";Linköping;.*;På plats;Anmäld;Kom;.*;;Digitalt;Ja$/,
      );
      expect(rest).to.deep.equal(['']);
    });

    it('holds no cell that a spreadsheet would take for a formula (K4)', async () => {
      const dangerous = [
        '=1+1',
        '+46',
        '-1',
        '@SUM(A1)',
        '\t=1',
        '\r=1',
        '\n=1',
        ' =1',
        '＝1',
        '"=1"',
        'a\r\n=1',
      ];
      for (const organisation of dangerous) await add({ organisation, familyName: 'Ek' });
      const cells = (await file())
        .split('\r\n')
        .slice(1, -1)
        .map((line) => line.split(';')[3]);
      expect(cells).to.have.length(dangerous.length);
      for (const cell of cells) expect(cell).to.match(/^('|"""=1"""$|a =1$)/);
    });

    it('has the rows of the filter, and the log says who fetched it', async () => {
      await add({ familyName: 'Ek', role: 'chef' });
      await add({ familyName: 'Al' });
      expect((await file({ role: 'chef' })).split('\r\n')).to.have.length(3);
      const line = await AuditModel.findOne({ action: 'registration.exported' }).orFail().lean();
      expect(line).to.include({ by: 'Maja Lindgren', about: event.title, authority: '05' });
    });
  });
});
