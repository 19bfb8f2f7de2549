import { expect } from 'chai';
import type { Types } from 'mongoose';
import { type Event, EventModel, type Mode, modes } from '../../../src/events/event.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { cancelRegistration } from '../../../src/registrations/changes/cancel.ts';
import { changeRegistration } from '../../../src/registrations/changes/change.ts';
import { changeEvent } from '../../../src/registrations/changes/change-event.ts';
import { lackOf } from '../../../src/registrations/changes/too-few-seats.ts';
import { type Registration, RegistrationModel } from '../../../src/registrations/registration.ts';
import { register } from '../../../src/registrations/sign-up/register.ts';
import { giveSeat } from '../../../src/registrations/waiting-list/promote.ts';
import { newSeed, seeded } from '../../store/temporary.ts';
import { anAuthority, anEvent, aPerson, monday } from '../../support/builders.ts';
import { organiserAt, visitorAt } from '../../support/contexts.ts';
import { useDatabase } from '../../support/database.ts';

/** `SEED=… ROUNDS=… mocha …` repeats or prolongs what the tests do in short. */
const seed = newSeed();
const rounds = Number(process.env.ROUNDS ?? 8);
const actsPerRound = 30;

type Scene = { event: Event; people: Registration[]; letters: string[] };

describe(`The waiting list in random sequences (SEED=${seed})`, function () {
  this.timeout(20_000 + rounds * 10_000);

  useDatabase();
  beforeEach(async () => {
    await anAuthority();
  });

  const look = async (id: Types.ObjectId): Promise<Scene> => ({
    event: await EventModel.findById(id).orFail().lean<Event>(),
    people: await RegistrationModel.find({ event: id })
      .sort({ waitingSince: 1, _id: 1 })
      .lean<Registration[]>(),
    letters: (await LetterModel.find({ event: id }).sort({ _id: 1 }).lean()).map(
      ({ registration, kind }) => `${registration} ${kind}`,
    ),
  });

  /** One random act of a visitor or an organiser. @returns what it was, for the message */
  async function context(
    scene: Scene,
    dice: (sides: number) => number,
    now: Date,
    n: number,
  ): Promise<string> {
    const { event, people } = scene;
    const pick = <T>(some: readonly T[]): T | undefined => some[dice(some.length || 1)];
    const wayward: Mode[][] = [['plats'], ['digitalt'], ['plats', 'digitalt'], ['digitalt', 'plats']];
    const ways = pick(wayward) ?? ['plats'];
    const [mode = 'plats'] = ways;
    const confirmed = people.filter(({ status }) => status === 'confirmed');
    const waiting = people.filter(({ status }) => status === 'waiting');
    const [visitor, organiser] = [visitorAt(now), organiserAt(now)];
    const kind = dice(10);
    if (kind < 4) {
      const person = aPerson({ email: `person${n}@example.se`, mode });
      await register(visitor, event._id, person, { modes: ways, wait: dice(4) > 0 });
      return `sign-up for ${ways}`;
    }
    const somebody = pick(kind === 4 || kind === 6 ? confirmed : waiting);
    if (kind < 6 && somebody) {
      await cancelRegistration(visitor, somebody._id);
      return `cancellation of ${somebody._id}`;
    }
    if (kind < 8 && somebody) {
      await changeRegistration(visitor, somebody._id, { ...somebody, mode, modes: ways });
      return `change of ${somebody._id} to ${ways}`;
    }
    if (kind === 8 && somebody && dice(3) === 0) {
      await giveSeat(organiser, somebody._id, mode);
      return `a seat for ${somebody._id}`;
    }
    const seats = { plats: dice(6), digitalt: dice(8) === 0 ? null : 1 + dice(5) };
    const planned = { ...event, seats };
    const unseated = modes.flatMap((way) => {
      const most = lackOf(planned, way);
      return confirmed.filter((one) => one.mode === way).slice(0, most && dice(most + 1));
    });
    const seen = { version: event.version, letters: true, unseated: unseated.map(({ _id }) => _id) };
    await changeEvent(organiser, event._id, seen, planned);
    return `seats ${JSON.stringify(seats)}, ${unseated.length} to the list`;
  }

  function checkCounts({ event, people }: Scene): void {
    for (const mode of modes) {
      const seated = people.filter((one) => one.status === 'confirmed' && one.mode === mode).length;
      const queue = people.filter((one) => one.status === 'waiting' && one.waitsFor.includes(mode)).length;
      expect(event.taken[mode], `taken ${mode}`).to.equal(seated);
      expect(event.waiting[mode], `waiting ${mode}`).to.equal(queue);
      const seats = event.seats[mode];
      if (queue > 0)
        expect(seats !== null && seats <= seated, `somebody waits, ${mode} is free`).to.equal(true);
    }
  }

  /** Only an organiser may exceed the seats. */
  function checkSeats(before: Scene, after: Scene, what: string): void {
    if (/^a seat|^seats/.test(what)) return;
    for (const mode of modes) {
      const most = Math.max(after.event.seats[mode] ?? Number.POSITIVE_INFINITY, before.event.taken[mode]);
      expect(after.event.taken[mode], `seats ${mode}`).to.be.at.most(most);
    }
  }

  /** Whoever got a seat stood before all who wait for it still; those keep their order. */
  function checkOrder(before: Scene, after: Scene, what: string): void {
    if (what.startsWith('a seat')) return;
    const now = new Map(after.people.map((one) => [String(one._id), one]));
    for (const mode of modes) {
      const line = before.people.filter((one) => one.status === 'waiting' && one.waitsFor.includes(mode));
      const ends = line.map((one) => now.get(String(one._id)));
      const isStill = (one?: Registration) => one?.status === 'waiting' && one.waitsFor.includes(mode);
      const gotIt = (one?: Registration) => one?.status === 'confirmed' && one.mode === mode;
      const firstStill = ends.findIndex(isStill);
      const passed = firstStill < 0 ? [] : ends.slice(firstStill).filter(gotIt);
      expect(passed, `the queue for ${mode} was passed`).to.deep.equal([]);
      const still = ends.filter(isStill).map((one) => String(one?._id));
      const order = after.people.map(({ _id }) => String(_id)).filter((id) => still.includes(id));
      expect(order, `the order of the queue for ${mode}`).to.deep.equal(still);
    }
  }

  const letterFor: Record<string, string[]> = {
    'none confirmed': ['confirmation'],
    'none waiting': ['waiting-list'],
    'waiting confirmed': ['promoted'],
    'confirmed waiting': ['moved-to-waiting-list'],
    'confirmed cancelled': ['cancelled'],
    'waiting cancelled': ['left-waiting-list', 'no-seat'],
    'confirmed moved': ['changed', 'confirmation'],
  };

  /** One letter for each change of state, and none else. */
  function checkLetters(before: Scene, after: Scene): void {
    const old = new Map(before.people.map((one) => [String(one._id), one]));
    const written = after.letters.slice(before.letters.length);
    for (const one of after.people) {
      const was = old.get(String(one._id));
      const moved = was?.status === 'confirmed' && one.status === 'confirmed' && was.mode !== one.mode;
      const change = moved ? 'confirmed moved' : `${was?.status ?? 'none'} ${one.status}`;
      const got = written
        .filter((letter) => letter.startsWith(String(one._id)))
        .map((row) => row.split(' ')[1]);
      if (was?.status === one.status && !moved) expect(got, change).to.deep.equal([]);
      else {
        expect(got, change).to.have.length(1);
        expect(letterFor[change]).to.include(got[0]);
      }
    }
  }

  it('never oversells, never lets anybody pass, leaves no seat empty and tells everybody once', async () => {
    const seen = new Set<string>();
    for (let round = 0; round < rounds; round += 1) {
      const dice = seeded(seed + round * 104_729);
      const { _id } = await anEvent({ seats: { plats: 2, digitalt: 2 } });
      const history: string[] = [];
      let scene = await look(_id);
      for (let n = 0; n < actsPerRound; n += 1) {
        const now = new Date(+monday + (round * actsPerRound + n) * 60_000);
        const what = await context(scene, dice, now, round * actsPerRound + n);
        history.push(what);
        const after = await look(_id);
        try {
          checkCounts(after);
          checkSeats(scene, after, what);
          checkOrder(scene, after, what);
          checkLetters(scene, after);
        } catch (error) {
          throw new Error(`${(error as Error).message}\nafter ${history.join('; ')}`, { cause: error });
        }
        for (const letter of after.letters.slice(scene.letters.length)) seen.add(letter.split(' ')[1] ?? '');
        scene = after;
      }
    }
    // What never happened was not shown.
    if (rounds >= 8)
      expect([...seen]).to.include.members([
        'confirmation',
        'waiting-list',
        'promoted',
        'cancelled',
        'left-waiting-list',
      ]);
  });
});
