import { expect } from 'chai';
import { Types } from 'mongoose';
import type { Event, Session } from '../../../src/events/event.ts';
import { programmeWarnings } from '../../../src/events/planning/programme-check.ts';
import { hindrances, oddities } from '../../../src/events/planning/publish-check.ts';
import { ordinaryEvent } from '../../support/builders.ts';

const now = new Date('2027-01-11T11:00:00Z');
const lacking = (facts: Partial<Event>) =>
  hindrances({ ...ordinaryEvent(), ...facts }, now).map(({ page, field }) => `${page} ${field}`);

describe('The publish check', () => {
  it('lets a complete event pass', () => {
    expect(lacking({})).to.deep.equal([]);
  });

  it('names each thing that is missing by its field', () => {
    expect(lacking({ audience: '' })).to.deep.equal(['details audience']);
    expect(lacking({ summary: '' })).to.deep.equal(['details summary']);
    expect(lacking({ contactName: '', contactEmail: '' })).to.deep.equal([
      'details contactName',
      'details contactEmail',
    ]);
    expect(lacking({ contactPhone: '', address: '', highlights: [], meetingLink: '' })).to.deep.equal([]);
    expect(lacking({ cost: '' })).to.deep.equal(['details cost']);
    expect(lacking({ accessibility: '' })).to.deep.equal(['details accessibility']);
    expect(lacking({ sessions: [] })).to.deep.equal(['programme title']);
  });

  it('asks for a room only where one can come in person, and for one way at least', () => {
    expect(lacking({ venue: '' })).to.deep.equal(['details venue']);
    expect(lacking({ venue: '', seats: { plats: 0, digitalt: null } })).to.deep.equal([]);
    expect(lacking({ seats: { plats: 0, digitalt: 0 } })).to.deep.equal(['details seatsPlats']);
  });

  it('asks for a last day before the day itself, in Stockholm', () => {
    expect(lacking({ closesAt: new Date('2027-02-10T23:00:00Z') })).to.deep.equal([]);
    expect(lacking({ closesAt: new Date('2027-02-11T23:00:00Z') })).to.deep.equal(['details lastDay']);
  });

  it('asks for a day that has not been', () => {
    expect(lacking({ start: now })).to.include('details date');
  });
});

describe('Warnings about a programme', () => {
  const part = (title: string, from: string, to: string): Session => {
    const [start, end] = [from, to].map((time) => new Date(`2027-02-11T${time}:00Z`));
    if (!start || !end) throw new Error('A part needs its times.');
    return { _id: new Types.ObjectId(), start, end, title, description: '', speakers: [] };
  };
  const apart = 'Ska de pågå samtidigt? Skriv en lokal för var och en.';
  const warnings = (...sessions: Session[]) => programmeWarnings({ ...ordinaryEvent(), sessions });

  it('are none for parts that follow each other from start to end, in any order', () => {
    expect(warnings(part('B', '09:30', '11:00'), part('A', '08:00', '09:30'))).to.deep.equal([]);
    expect(warnings()).to.deep.equal([]);
  });

  it('name clashes in Stockholm’s hours, each pair once', () => {
    expect(warnings(part('A', '08:00', '09:31'), part('B', '09:30', '11:00'))).to.deep.equal([
      `”A” (9.00–10.31) krockar med ”B” (10.30–12.00). ${apart}`,
    ]);
  });

  it('name gaps, also where an early part is the longest', () => {
    expect(
      warnings(part('A', '08:00', '10:00'), part('B', '08:10', '08:20'), part('C', '10:15', '11:00')),
    ).to.deep.equal([
      `”A” (9.00–11.00) krockar med ”B” (9.10–9.20). ${apart}`,
      'Programmet är tomt 11.00–11.15.',
    ]);
    expect(warnings(part('A', '08:30', '10:00'))).to.deep.equal([
      'Programmet är tomt 9.00–9.30.',
      'Programmet är tomt 11.00–12.00.',
    ]);
  });

  it('name what lies outside the event', () => {
    expect(warnings(part('Kaffe', '07:30', '08:00'), part('A', '08:00', '11:00'))).to.deep.equal([
      '”Kaffe” (8.30–9.00) ligger utanför evenemangets tid, 9.00–12.00.',
    ]);
  });

  const elin = { name: 'Elin Sandbäck', title: '', organisation: '', email: '' };
  const whole = ['08:00', '11:00'] as const;

  it('are none for parts at the same time in rooms of their own', () => {
    const [one, other] = [part('A', ...whole), part('B', ...whole)];
    expect(warnings({ ...one, room: 'Stora salen' }, { ...other, room: 'Lilla salen' })).to.deep.equal([]);
    expect(warnings({ ...one, room: 'Stora salen' }, other)).to.have.length(1);
  });

  it('name a room and a speaker that are needed twice at the same time', () => {
    const [one, other] = [part('A', ...whole), part('B', ...whole)];
    const pair = '”A” (9.00–12.00) och ”B” (9.00–12.00)';
    expect(warnings({ ...one, room: 'Sal A' }, { ...other, room: 'sal a' })).to.deep.equal([
      `${pair} är i Sal A samtidigt.`,
    ]);
    const busy = [
      { ...one, room: 'Sal A', speakers: [elin] },
      { ...other, room: 'Sal B', speakers: [{ ...elin, name: 'elin sandbäck' }] },
    ];
    expect(warnings(...busy)).to.deep.equal([`Elin Sandbäck medverkar i ${pair} samtidigt.`]);
    expect(oddities({ ...ordinaryEvent(), sessions: busy }, now).map(({ message }) => message)).to.deep.equal(
      [`Elin Sandbäck medverkar i ${pair} samtidigt.`],
    );
    const [first, second] = [new Types.ObjectId(), new Types.ObjectId()];
    const namesakes = busy.map((session, index) => ({
      ...session,
      speakers: [{ ...elin, entry: index ? first : second }],
    }));
    expect(warnings(...namesakes)).to.deep.equal([]);
  });
});
