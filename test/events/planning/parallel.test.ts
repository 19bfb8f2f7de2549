import { expect } from 'chai';
import { Types } from 'mongoose';
import type { Session } from '../../../src/events/event.ts';
import { byRoom, inParallel } from '../../../src/events/planning/parallel.ts';
import { swapped } from '../../../src/events/programme/order.ts';

const part = (title: string, hours: string, room?: string): Session => {
  const [start = null, end = null] = hours.split('–').map((time) => new Date(`2027-02-11T${time}:00Z`));
  const times = hours ? { start, end } : { start: null, end: null };
  return { _id: new Types.ObjectId(), ...times, title, description: '', ...(room && { room }), speakers: [] };
};
const titles = (groups: Session[][]) => groups.map((group) => group.map(({ title }) => title).join('+'));
const shown = (sessions: Session[]) =>
  sessions.map(({ title, start, end }) =>
    [title, ...[start, end].map((one) => one?.toISOString().slice(11, 16))].join(' '),
  );

describe('Parallel sessions', () => {
  it('are those that overlap in rooms of their own, also several in one room after each other', () => {
    const programme = [
      part('Välkomna', '08:00–09:00', 'Aulan'),
      part('A1', '09:00–09:30', 'Sal A'),
      part('B', '09:00–10:00', 'Sal B'),
      part('A2', '09:30–10:00', 'Sal A'),
      part('Slut', '10:00–10:30', 'Aulan'),
    ];
    const groups = inParallel(programme);
    expect(titles(groups)).to.deep.equal(['Välkomna', 'A1+B+A2', 'Slut']);
    expect(titles(byRoom(groups[1] ?? []))).to.deep.equal(['A1+A2', 'B']);
  });

  it('are none without times, without a room, or in the same one', () => {
    const none = [part('A', '', 'Sal A'), part('B', '', 'Sal B')];
    expect(titles(inParallel(none))).to.deep.equal(['A', 'B']);
    const roomless = [part('A', '08:00–09:00', 'Sal A'), part('B', '08:00–09:00')];
    expect(titles(inParallel(roomless))).to.deep.equal(['A', 'B']);
    const same = [part('A', '08:00–09:00', 'Sal A'), part('B', '08:00–09:00', 'sal a')];
    expect(titles(inParallel(same))).to.deep.equal(['A', 'B']);
  });

  it('move together past what comes before, and change places among themselves', () => {
    const programme = [
      part('Välkomna', '08:00–08:20'),
      part('A', '08:20–09:00', 'Sal A'),
      part('B', '08:20–09:20', 'Sal B'),
    ];
    const together = ['A 08:00 08:40', 'B 08:00 09:00', 'Välkomna 09:00 09:20'];
    expect(shown(swapped(programme, 0))).to.deep.equal(together);
    expect(shown(swapped(programme, 1))).to.deep.equal([
      'Välkomna 08:00 08:20',
      'B 08:20 09:20',
      'A 08:20 09:00',
    ]);
  });
});
