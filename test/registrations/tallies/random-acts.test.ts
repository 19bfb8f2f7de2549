import { expect } from 'chai';
import { Types } from 'mongoose';
import { AuditModel, actions } from '../../../src/audit/log.ts';
import { roles } from '../../../src/authorities/roles.ts';
import type { Context } from '../../../src/base/context.ts';
import { erasePerson } from '../../../src/erasing/erase-person.ts';
import { type Event, EventModel, type Mode, modes } from '../../../src/events/event.ts';
import { diceOf } from '../../../src/example/people.ts';
import { draftFromFile } from '../../../src/meeting-reports/draft.ts';
import { importReport } from '../../../src/meeting-reports/import.ts';
import { type MeetingReport, MeetingReportModel } from '../../../src/meeting-reports/report.ts';
import { undoImport } from '../../../src/meeting-reports/undo.ts';
import { closeEvent } from '../../../src/registrations/acts/close-event.ts';
import { cancelRegistration } from '../../../src/registrations/changes/cancel.ts';
import { cancelMany } from '../../../src/registrations/changes/cancel-many.ts';
import { changeRegistration } from '../../../src/registrations/changes/change.ts';
import { markAttendance, markSeveral } from '../../../src/registrations/participants/attendance.ts';
import { addWalkIn } from '../../../src/registrations/participants/walk-in.ts';
import { tokenOf } from '../../../src/registrations/personal/links.ts';
import { type Registration, RegistrationModel } from '../../../src/registrations/registration.ts';
import { register } from '../../../src/registrations/sign-up/register.ts';
import { HeadcountModel, noteHeadcounts } from '../../../src/registrations/tallies/headcount.ts';
import { rebuildTallies, tallyPastEvents } from '../../../src/registrations/tallies/past-events.ts';
import { findTally } from '../../../src/registrations/tallies/read.ts';
import { type Cell, emptyCell, type Tally, TallyModel } from '../../../src/registrations/tallies/tally.ts';
import { giveSeat } from '../../../src/registrations/waiting-list/promote.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, aPerson } from '../../support/builders.ts';
import { organiserAt, visitorAt } from '../../support/contexts.ts';
import { zoomFile } from '../../support/reports.ts';
import { type Browser, signIn } from '../../support/requests/sign-in.ts';

const hour = 3600_000;
const municipalities = ['0580', '0583', 'annan'];

/** The acts that change an event's people or attendance, by what they write into the log. The walk must have done them all. */
const counted = Object.keys(actions).filter(
  (action) =>
    /^(registration|attendance|person|event)\.(made|changed|cancelled|cancelledMany|queued|promoted|present|absent|cleared|imported|importUndone|walkIn|erased|closed)$/.test(
      action,
    ) && !['event.changed', 'event.cancelled'].includes(action),
);

describe('Tallies', () => {
  let now: Date;
  let app: TestApp;
  let browser: Browser;
  let events: Event[];

  before(async () => {
    now = new Date('2027-01-04T09:00:00Z');
    app = await startApp({ clock: () => now });
    await anAuthority();
    const seats = { plats: 2, digitalt: 2 };
    const early = { start: new Date('2027-01-11T08:00:00Z'), end: new Date('2027-01-11T11:00:00Z') };
    const closesAt = new Date('2027-01-10T23:00:00Z');
    events = [await anEvent({ ...early, closesAt, seats }), await anEvent({ closesAt, seats })];
    browser = await signIn(app);
  });
  after(() => app.close());

  it('are what the rows say after any acts, through every door', async () => {
    const dice = diceOf(11);
    const some = <T>(list: readonly T[]) => list[Math.floor(dice() * list.length)];
    const maja = (): Context => organiserAt(now, app.settings);
    const someone = () => {
      const email = `person${Math.floor(dice() * 9)}@example.se`;
      const facts = { municipality: some(municipalities), role: some(roles), mode: some(modes) };
      return aPerson({ email, ...facts, organisation: `Enhet ${Math.floor(dice() * 1e9)}` });
    };
    const rowOf = async (event: Event, facts: object = {}) =>
      some(
        await RegistrationModel.find({ event: event._id, erasedAt: null, ...facts }).lean<Registration[]>(),
      );

    const before: ((event: Event) => Promise<unknown>)[] = [
      (event) => register(visitorAt(now, app.settings), event._id, someone(), { wait: true }),
      (event) => register(visitorAt(now, app.settings), event._id, someone(), { wait: true }),
      async (event) => {
        const row = await rowOf(event);
        if (row) await cancelRegistration(maja(), row._id);
      },
      async (event) => {
        const row = await rowOf(event, { status: 'waiting' });
        if (row) await giveSeat(maja(), row._id, row.mode);
      },
      async (event) => {
        const row = await rowOf(event, { status: 'confirmed' });
        if (row) await cancelMany(maja(), event._id, { people: [row._id], isTold: true });
      },
    ];
    const afterwards: ((event: Event) => Promise<unknown>)[] = [
      async (event) => {
        const row = await rowOf(event);
        if (row)
          await markAttendance(maja(), event, row._id, some([true, false, null, ...modes] as const) ?? null);
      },
      async (event) => {
        const row = await rowOf(event, { status: 'confirmed' });
        const present = some(['plats', 'digitalt', 'nej', '']) ?? '';
        const form = { registration: String(row?._id), present };
        if (row) await browser.post(`/kontor/evenemang/${event._id}/narvaro`, form);
      },
      async (event) => {
        const rows = await RegistrationModel.find({ event: event._id }).lean<Registration[]>();
        const ids = rows.map(({ _id }) => _id).filter(() => dice() < 0.4);
        await markSeveral(maja(), event, ids, some([false, null, ...modes] as const) ?? null);
      },
      (event) => addWalkIn(maja(), event._id, { ...someone(), email: dice() < 0.5 ? '' : someone().email }),
      (event) => register(maja(), event._id, someone(), { late: true, beyondSeats: true }),
      async (event) => {
        const { municipality = '0580', role = 'chef', mode = 'plats' } = someone();
        const row = await rowOf(event, { status: 'confirmed' });
        if (row) await changeRegistration(maja(), row._id, { municipality, role, mode });
      },
      (event) => report(event),
      async (event) => {
        const saved = await MeetingReportModel.findOne({ event: event._id, state: 'imported' }).lean();
        if (saved) await undoImport(maja(), event, saved as MeetingReport);
      },
      async (event) => dice() < 0.3 && closeEvent(maja(), event._id),
    ];
    const report = async (event: Event) => {
      const people = (await RegistrationModel.find({ event: event._id }).lean()).filter(() => dice() < 0.5);
      const file = zoomFile(people.map(({ givenName, email }) => [givenName, email, '09:00', '11:00']));
      const draft = await draftFromFile(maja(), event, file);
      if (!('refused' in draft)) await importReport(maja(), event, draft);
    };
    const walk = async (acts: typeof before, steps: number) => {
      for (let step = 0; step < steps; step += 1) {
        const event = some(events) as Event;
        await some(acts)?.(await EventModel.findById(event._id).orFail().lean<Event>());
        for (const one of events) await compare(one, acts === afterwards);
      }
    };

    await walk(before, 60);
    // The digital door, which is open while the event lasts.
    for (const event of events) {
      now = new Date(+event.end - 60_000);
      const row = await rowOf(event, { status: 'confirmed' });
      if (row) await browser.post(`/delta/${tokenOf(row, app.settings.secret)}`);
    }
    now = new Date(+(events[1]?.end ?? 0) + hour);
    await tallyPastEvents(maja());
    await walk(afterwards, 70);
    for (const event of events) await closeEvent(maja(), event._id);
    await compare(events[1] as Event, true);

    const kept = await all();
    await erasePerson(
      maja(),
      { authority: '05', email: 'person1@example.se', record: new Types.ObjectId() },
      false,
    );
    expect(await all()).to.deep.equal(kept);
    await rebuildTallies(now);
    expect(await all()).to.deep.equal(kept);
    const done = new Set((await AuditModel.find().lean()).map(({ action }) => action as string));
    expect(counted.filter((action) => !done.has(action))).to.deep.equal([]);
  });

  it('count people in meeting rooms, and are made anew by a command', async () => {
    const [event] = events as [Event];
    const room = {
      account: 'sal@example.se',
      name: 'Sal',
      number: 7,
      municipality: '0583',
      role: 'chef',
    } as const;
    await noteHeadcounts(event, { source: event._id, at: now }, [room]);
    await RegistrationModel.updateMany({ event: event._id }, { $unset: { erasedAt: 1 } });
    await TallyModel.updateOne({ _id: event._id }, { $set: { cells: [] } });
    expect(await rebuildTallies(now)).to.deep.include({ made: 1 });
    const tally = (await findTally(event._id)) as Tally;
    expect(tally.cells.reduce((sum, { unnamed }) => sum + unnamed, 0)).to.equal(7);
    expect(tally.closed?.by).to.equal('Maja Lindgren');
    await HeadcountModel.deleteMany();
  });

  const all = () => TallyModel.find().sort({ _id: 1 }).lean();

  /** The tally of an event that is over against its rows, counted one by one. */
  async function compare(event: Event, isMade: boolean): Promise<void> {
    const tally = await findTally(event._id);
    expect(tally !== null, 'the tally is there').to.equal(isMade);
    if (!tally) return;
    const rows = await RegistrationModel.find({ event: event._id, status: 'confirmed' }).lean<
      Registration[]
    >();
    const cells = new Map<string, Cell>();
    for (const row of rows) {
      const key = `${row.municipality} ${row.role}`;
      const cell = cells.get(key) ?? emptyCell(row);
      cells.set(key, cell);
      add(cell, row);
    }
    const withoutNewcomers = tally.cells.map(({ firstTimers: _ever, firstThisYear: _year, ...rest }) => rest);
    const expected = [...cells.values()].map(({ firstTimers: _ever, firstThisYear: _year, ...rest }) => rest);
    expect(byPlace(withoutNewcomers)).to.deep.equal(byPlace(expected));
    if (tally.closed) expect(sumOf(tally, 'firstTimers')).to.be.at.most(sumOf(tally, 'present'));
  }

  function add(cell: Cell, { mode, present, attendedMode, walkIn }: Registration): void {
    if (walkIn) cell.unannounced[mode] += 1;
    else cell.registered[mode] += 1;
    if (present !== null) cell.marked[mode] += 1;
    if (present && !walkIn) cell.came[mode] += 1;
    if (present) cell.present[attendedMode as Mode] += 1;
    if (present && walkIn) cell.walkIns[attendedMode as Mode] += 1;
  }

  const byPlace = (cells: Pick<Cell, 'municipality' | 'role'>[]) =>
    new Map(cells.map((cell) => [`${cell.municipality} ${cell.role}`, cell]));

  const sumOf = ({ cells }: Tally, name: 'firstTimers' | 'present') =>
    cells.reduce((sum, cell) => sum + cell[name].plats + cell[name].digitalt, 0);

  it('know who came for the first time, and how many people came in a year', async () => {
    const [first, second] = events as [Event, Event];
    await RegistrationModel.deleteMany();
    await TallyModel.deleteMany();
    const came = (event: Event, email: string, facts: Partial<Registration> = {}) =>
      addWalkIn(organiserAt(now), event._id, { ...aPerson({ email }), ...facts });
    const earlier = await anEvent({
      start: new Date('2026-02-11T08:00Z'),
      end: new Date('2026-02-11T11:00Z'),
    });
    await came(earlier, 'a@example.se');
    for (const email of ['a@example.se', 'b@example.se', '']) await came(first, email);
    for (const email of ['a@example.se', 'b@example.se', 'c@example.se']) await came(second, email);
    const ids: Types.ObjectId[] = [earlier._id, first._id, second._id];
    for (const id of ids) await closeEvent(organiserAt(now), id);
    const figures = async () =>
      Promise.all(
        ids.map(async (id) => {
          const { cells } = (await findTally(id)) as Tally;
          const sum = (name: 'firstTimers' | 'firstThisYear') =>
            cells.reduce((so, cell) => so + cell[name].plats + cell[name].digitalt, 0);
          return [sum('firstTimers'), sum('firstThisYear')];
        }),
      );
    // b at the first; a and b in the first's year, and c later.
    expect(await figures()).to.deep.equal([
      [1, 1],
      [1, 2],
      [1, 1],
    ]);
    await erasePerson(
      organiserAt(now),
      { authority: '05', email: 'b@example.se', record: new Types.ObjectId() },
      false,
    );
    await came(first, 'd@example.se');
    expect((await figures())[1], 'nobody can tell any more').to.deep.equal([1, 2]);
  });
});
