import { expect } from 'chai';
import { Counter, type CounterRow } from '../../src/limits/counter.ts';

const limit = { name: 'people', most: 10, minutes: 5 };
const noon = new Date('2027-01-11T11:00:00Z');
const later = (seconds: number) => new Date(+noon + seconds * 1000);

/** A row in which so many were counted at each of these seconds. */
function counted(...counts: [seconds: number, number: number][]): CounterRow {
  let row: CounterRow | undefined;
  for (const [seconds, number] of counts) {
    const counter = new Counter(limit, later(seconds), 'x', row);
    counter.add(number);
    row = counter.row();
  }
  return row as CounterRow;
}

const wait = (row: CounterRow, seconds: number, more = 1) =>
  new Counter(limit, later(seconds), 'x', row).secondsToWait(more);

describe('A counter', () => {
  it('takes so many in any period, and not one more', () => {
    const row = counted([0, 4], [100, 6]);
    expect([wait(row, 100), wait(row, 299), wait(row, 300), wait(row, 300, 5)]).to.deep.equal([
      200, 1, 0, 100,
    ]);
    expect(wait(counted([0, 4], [100, 6], [300, 4]), 399)).to.equal(1);
  });

  it('waits until enough of the oldest are over', () => {
    const row = counted([0, 2], [100, 2], [200, 6]);
    expect([1, 2, 3, 4, 5].map((more) => wait(row, 250, more))).to.deep.equal([50, 50, 150, 150, 250]);
  });

  it('stays small: what comes close together is one count, over when the last of it is', () => {
    const row = counted(...Array.from({ length: 100 }, (_, second): [number, number] => [second, 1]));
    expect(row.counts.length).to.be.below(9);
    expect(row.counts.reduce((sum, { number }) => sum + number, 0)).to.equal(100);
  });

  it('forgets itself after the period, and is not held up by a clock that is set back', () => {
    const row = counted([0, 10]);
    expect(+row.endsAt - +noon).to.equal(300_000);
    expect(wait(row, -3600)).to.equal(0);
  });

  it('gives letters their turns: as many at once, and then so many a minute', () => {
    const counter = new Counter(limit, noon, 'x');
    const turns = Array.from({ length: 9 }, () => (+counter.takeTurn(6) - +noon) / 1000);
    expect(turns).to.deep.equal([0, 0, 0, 0, 0, 0, 10, 20, 30]);
    const next = new Counter(limit, later(60), 'x', counter.row());
    expect((+next.takeTurn(6) - +noon) / 1000).to.equal(60);
  });
});
