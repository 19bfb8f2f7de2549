import { expect } from 'chai';
import { Cursors } from '../../../src/store/wire/cursors.ts';

const documents = (count: number) => Array.from({ length: count }, () => new Uint8Array(100));
const code = (work: () => unknown) => {
  try {
    work();
    return 0;
  } catch (error) {
    return (error as { code: number }).code;
  }
};

describe('cursors', () => {
  it('hold no more than a bound together, and count what has been read, closed or ended', () => {
    const cursors = new Cursors(1000);
    const hold = (count: number, owner = 'me') => cursors.openHolding('db.c', owner, documents(count), 1);
    const { id } = hold(6);
    expect(code(() => hold(7))).to.equal(146);
    // one that was refused holds nothing
    const other = hold(6);
    expect(code(() => hold(2))).to.equal(146);
    expect(cursors.more(id, 'db.c', 3).documents).to.have.length(3);
    const third = hold(4);
    expect(code(() => hold(2))).to.equal(146);
    cursors.kill(other.id);
    expect(code(() => hold(6, 'you'))).to.equal(0);
    expect(code(() => hold(2))).to.equal(146);
    cursors.killOf('you');
    cursors.kill(third.id);
    expect(cursors.more(id, 'db.c', 100).documents).to.have.length(2);
    expect(code(() => hold(11))).to.equal(0);
    expect(code(() => hold(2))).to.equal(146);
  });

  it('that stream hold nothing', () => {
    const cursors = new Cursors(1000);
    for (let n = 0; n < 50; n++) cursors.open('db.c', 'me', documents(100), 1);
    expect(code(() => cursors.openHolding('db.c', 'me', documents(11), 1))).to.equal(0);
  });

  it('give every document once and in order, held or not', () => {
    const cursors = new Cursors();
    const source = Array.from({ length: 7 }, (_, i) => Uint8Array.of(i));
    for (const open of [cursors.open.bind(cursors), cursors.openHolding.bind(cursors)]) {
      const first = open('db.c', 'me', source, 2);
      const second = cursors.more(first.id, 'db.c', 3);
      const third = cursors.more(first.id, 'db.c', 3);
      expect(third.id.isZero()).to.equal(true);
      expect([first, second, third].map((batch) => batch.documents.map(([n]) => n))).to.deep.equal([
        [0, 1],
        [2, 3, 4],
        [5, 6],
      ]);
    }
  });
});
