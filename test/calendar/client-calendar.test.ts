import { expect } from 'chai';
import type { CalendarEntry } from '../../src/calendar/entry.ts';
import { cancellation, invitation } from '../../src/calendar/invitation.ts';
import { toBytes } from '../../src/outbox/message.ts';
import { clientCalendar, inTransit } from '../support/calendar/client-calendar.ts';
import { confirmation, entry, letter } from '../support/mail/letters.ts';

const owner = 'asa.oberg@example.se';
const uid = '0b8e7c52-6f0c-4f0e-9a7e-3c1d2f5a9b10@boostdagar.example.se';
const stamp = (minute: number) => new Date(Date.UTC(2026, 10, 21, 9, minute));

/** A mail with this revision of the entry. */
async function mail(
  method: 'REQUEST' | 'CANCEL',
  changes: Partial<CalendarEntry>,
  about = method,
): Promise<Buffer> {
  const object = entry(changes);
  const text = method === 'REQUEST' ? invitation(object) : cancellation(object);
  return toBytes(letter(), confirmation({ calendar: { method: about, text } }));
}

const first = await mail('REQUEST', {});
const moved = await mail('REQUEST', { sequence: 1, stamp: stamp(1), location: 'Rådhuset' });
const reworded = await mail('REQUEST', { sequence: 1, stamp: stamp(2), location: 'Rådhuset, sal 2' });
const cancelled = await mail('CANCEL', { sequence: 2, stamp: stamp(3) });
const plain = await toBytes(letter(), confirmation({ calendar: undefined }));

/** What a calendar did with each of these mails, and where its entries then are. */
async function left(...mails: Buffer[]): Promise<[actions: string[], places: string[]]> {
  const calendar = clientCalendar(owner);
  const actions = [];
  for (const raw of mails) actions.push(await calendar.deliver(raw));
  return [actions, calendar.entries().map(({ location }) => location)];
}

describe('the model of a calendar program', () => {
  it('shows an invitation as it is', async () => {
    const calendar = clientCalendar(owner);
    expect(await calendar.deliver(first)).to.equal('added');
    expect(calendar.entries()).to.deep.equal([
      {
        uid,
        sequence: 0,
        title: entry().title,
        location: entry().location,
        start: '2026-12-01T08:00:00.000Z',
        end: '2026-12-01T10:30:00.000Z',
      },
    ]);
  });

  it('takes a later revision, and of the same SEQUENCE the later DTSTAMP (RFC 5546 2.1.5)', async () => {
    expect(await left(first, moved, reworded)).to.deep.equal([
      ['added', 'updated', 'updated'],
      ['Rådhuset, sal 2'],
    ]);
    expect(await left(first, reworded, moved)).to.deep.equal([
      ['added', 'updated', 'ignored'],
      ['Rådhuset, sal 2'],
    ]);
    expect(await left(moved, first)).to.deep.equal([['added', 'ignored'], ['Rådhuset']]);
  });

  it('changes nothing for a repeated letter', async () => {
    expect(await left(moved, moved)).to.deep.equal([['added', 'ignored'], ['Rådhuset']]);
    expect(await left(first, cancelled, cancelled, first, moved)).to.deep.equal([
      ['added', 'removed', 'ignored', 'ignored', 'ignored'],
      [],
    ]);
  });

  it('does not take away what has been moved since the CANCEL was written', async () => {
    const old = await mail('CANCEL', { sequence: 1, stamp: stamp(0) });
    expect(await left(moved, old)).to.deep.equal([['added', 'ignored'], ['Rådhuset']]);
  });

  it('ignores a CANCEL of what it never had, and then shows the invitation: nothing may overtake that (R71)', async () => {
    expect(await left(cancelled, first)).to.deep.equal([['ignored', 'added'], [entry().location]]);
  });

  it('keeps two entries apart by their UID', async () => {
    const other = await mail('REQUEST', { uid: 'another@example.se', location: 'Residenset' });
    expect((await left(first, other, cancelled))[1]).to.deep.equal(['Residenset']);
  });

  it('ignores what is not for its owner, not from the organiser, contradicts its mail, or is no invitation (R2, R15, R17)', async () => {
    const foreign = await mail('REQUEST', { attendee: { name: 'Bo', address: 'bo@example.se' } });
    const spoofed = await mail('REQUEST', { organiser: { name: 'Ond', address: 'ond@example.se' } });
    const contradictory = await mail('CANCEL', { sequence: 2 }, 'REQUEST');
    expect(await left(foreign, spoofed, contradictory, plain)).to.deep.equal([
      ['ignored', 'ignored', 'ignored', 'ignored'],
      [],
    ]);
  });

  it('ends right whatever the order and the repetition that SMTP allows', async () => {
    const again = await mail('REQUEST', { uid: 'another@example.se', location: 'Residenset' });
    const mails = [first, moved, plain, reworded, cancelled, again].map((raw) => ({ raw }));
    const orders = new Set<string>();
    let seed = 1;
    const random = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    for (let round = 0; round < 30; round += 1) {
      const deliveries = await inTransit(mails, random);
      expect(new Set(deliveries).size).to.equal(mails.length);
      orders.add(deliveries.map((mail) => mails.indexOf(mail)).join());
      expect((await left(...deliveries.map(({ raw }) => raw)))[1]).to.deep.equal(['Residenset']);
    }
    expect(orders.size).to.be.above(20);
    expect([...orders].some((order) => order.split(',').length > mails.length)).to.equal(true);
  });
});
