import { randomUUID } from 'node:crypto';
import { Types } from 'mongoose';
import { type Authority, AuthorityModel, findAuthority } from '../../src/authorities/authority.ts';
import { ensureReferenceData } from '../../src/authorities/reference.ts';
import { type Event, EventModel, type Session } from '../../src/events/event.ts';
import { PublicAddressModel } from '../../src/events/planning/address.ts';
import { FileModel } from '../../src/files/stored-file.ts';
import { exampleAnswers, fieldsOf } from '../../src/registrations/answers.ts';
import type { QuestionName } from '../../src/registrations/questions.ts';
import { type Person, type Registration, RegistrationModel } from '../../src/registrations/registration.ts';
import { searchWords } from '../../src/registrations/search.ts';
import {
  type Engagement,
  EngagementModel,
  newEngagement,
} from '../../src/speakers/engagements/engagement.ts';
import { derivedOf, type SpeakerEntry, SpeakerModel } from '../../src/speakers/entries/speaker.ts';
import { testSettings } from './settings.ts';

/** An ordinary Monday on which `anEvent` is open for sign-up: the start of most stopped clocks. */
export const monday = new Date('2027-01-11T11:00:00Z');

/** The county board of Östergötland in the database (`_id: '04'` for Södermanland), with what the test is about changed. */
export async function anAuthority(facts: Partial<Authority> = {}): Promise<Authority> {
  await ensureReferenceData();
  const { _id = '05', ...changes } = facts;
  const contact = { contactEmail: 'boostdagar@example.se', contactPhone: '010-000 00 00' };
  const change = { $set: { ...contact, ...changes } };
  return AuthorityModel.findByIdAndUpdate(_id, change, { returnDocument: 'after' })
    .orFail()
    .lean<Authority>();
}

/** A published event on 11 February 2027, in person and online, with its last day on 31 January; written to the database. */
export async function anEvent(facts: Partial<Event> = {}): Promise<Event> {
  const _id = facts._id ?? new Types.ObjectId();
  const event: Event = { ...ordinaryEvent(_id), ...facts };
  await EventModel.insertMany([event], { lean: true });
  if (event.state !== 'draft') await PublicAddressModel.create({ _id: event.slug, event: _id });
  return event;
}

/** That event, not written to the database. */
export function ordinaryEvent(_id = new Types.ObjectId()): Event {
  return {
    _id,
    authority: '05',
    slug: `skolan-som-skydd-2027-02-11-${_id}`,
    state: 'published',
    kind: 'boostdag',
    factors: ['skola'],
    title: 'Skolan som skydd: så når fler barn målen',
    start: new Date('2027-02-11T08:00:00Z'),
    end: new Date('2027-02-11T11:00:00Z'),
    opensAt: null,
    closesAt: new Date('2027-01-31T23:00:00Z'),
    changeUntil: null,
    cancelUntil: null,
    venue: 'Residenset',
    address: 'Borggården 1, Linköping',
    meetingLink: 'https://moten.example.se/skolan',
    seats: { plats: 40, digitalt: null },
    taken: { plats: 0, digitalt: 0 },
    waiting: { plats: 0, digitalt: 0 },
    queueHours: 24,
    cost: 'Kostnadsfritt',
    audience: 'Du som är förtroendevald, chef eller tjänsteperson i en kommun eller i regionen.',
    summary: 'Välkommen till årets första boostdag om vad som håller barn kvar i skolan.',
    highlights: [
      'ny forskning om vad som gör att barn klarar skolan',
      'hur Motala arbetar när frånvaron ökar',
    ],
    accessibility: 'Lokalen har hörslinga och hiss. Digitalt finns svensk textning.',
    contactName: 'Maja Lindgren',
    contactEmail: 'maja.lindgren@example.se',
    contactPhone: '010-000 00 00',
    sessions: ordinaryProgramme(),
    movedFrom: null,
    cancelReason: '',
    publishedAt: new Date('2026-12-01T09:00:00Z'),
    changedAt: new Date('2026-12-01T09:00:00Z'),
    example: false,
    version: 1,
  };
}

function ordinaryProgramme(): Session[] {
  const at = (time: string) => new Date(`2027-02-11T${time}:00Z`);
  const lecture = {
    title: 'Det som håller barn kvar i skolan',
    description: 'Vad säger forskningen om närvaro, trygghet och stöd?',
    speakers: [
      { name: 'Elin Sandbäck', title: 'lektor i pedagogik', organisation: 'Norra Ekeby högskola', email: '' },
    ],
  };
  return [
    { _id: new Types.ObjectId(), start: at('08:00'), end: at('09:30'), ...lecture },
    {
      _id: new Types.ObjectId(),
      start: at('09:30'),
      end: at('09:50'),
      title: 'Paus',
      description: '',
      speakers: [],
    },
    {
      _id: new Types.ObjectId(),
      start: at('09:50'),
      end: at('11:00'),
      title: 'Samtal',
      description: '',
      speakers: [],
    },
  ];
}

/** The programme of `anEvent` with two rooms at the same time after the break: one session in the one, two in the other. */
export function parallelProgramme(): Session[] {
  const at = (time: string) => new Date(`2027-02-11T${time}:00Z`);
  const session = (title: string, room: string, [start, end]: [string, string]): Session => ({
    ...{ _id: new Types.ObjectId(), start: at(start), end: at(end), title, room, description: '' },
    speakers: [{ name: 'Per Ljung', title: 'skolchef', organisation: 'Kinda kommun', email: '' }],
  });
  return [
    ...ordinaryProgramme().slice(0, 2),
    { ...session('Föräldrar', 'Stora salen', ['09:50', '11:00']), speakers: [], responsible: 'Maja' },
    session('Fritid', 'Lilla salen', ['09:50', '10:20']),
    session('Skola', 'Lilla salen', ['10:20', '11:00']),
  ];
}

/** What an invented person answers in the form. */
export function aPerson(facts: Partial<Person> = {}): Person {
  return {
    ...exampleAnswers(),
    language: 'sv',
    ...facts,
  };
}

/** What a browser sends for an invented person: nothing for a box that is not ticked. */
export function aForm(facts: Partial<Person> = {}): Record<QuestionName, string> {
  const fields = Object.entries(fieldsOf(aPerson(facts))).filter(([, field]) => field !== '');
  return Object.fromEntries(fields) as Record<QuestionName, string>;
}

/** A person who is registered for the event, with the seat that is taken or the place in the queues; no letter and no line in the log. */
export async function aRegistration(event: Event, facts: Partial<Registration> = {}): Promise<Registration> {
  const registration: Registration = {
    ...aPerson(),
    _id: new Types.ObjectId(),
    event: event._id,
    authority: event.authority,
    status: 'confirmed',
    waitsFor: [],
    waitingSince: null,
    uid: `${randomUUID()}@example.se`,
    sequence: 0,
    createdAt: new Date('2027-01-04T09:00:00Z'),
    changedAt: new Date('2027-01-04T09:00:00Z'),
    cancelledAt: null,
    present: null,
    presentAt: null,
    attendedMode: facts.present ? (facts.mode ?? 'plats') : null,
    remindedAt: null,
    search: [],
    example: false,
    ...facts,
  };
  const authority = await findAuthority(event.authority);
  registration.search = facts.search ?? searchWords(registration, authority ?? { municipalities: [] });
  await RegistrationModel.insertMany([registration], { lean: true });
  const seat = registration.status === 'confirmed' ? 1 : 0;
  const queues = registration.status === 'waiting' ? registration.waitsFor : [];
  const $inc = {
    [`taken.${registration.mode}`]: seat,
    ...Object.fromEntries(queues.map((mode) => [`waiting.${mode}`, 1])),
  };
  await EventModel.updateOne({ _id: event._id }, { $inc });
  return registration;
}

/** Somebody in the register of Östergötland. */
export async function aSpeaker(facts: Partial<SpeakerEntry> = {}): Promise<SpeakerEntry> {
  const details = {
    ...{ name: 'Elin Sandbäck', title: 'lektor i pedagogik', organisation: 'Norra Ekeby högskola' },
    ...{
      email: 'elin.sandback@example.se',
      phone: '',
      language: 'sv' as const,
      text: '',
      textEn: '',
      needs: '',
    },
    ...facts,
  };
  const entry = {
    ...{ _id: new Types.ObjectId(), authority: '05', ...details, ...derivedOf(details) },
    ...{ changedAt: new Date('2026-12-01T09:00:00Z'), version: 1, example: false, ...facts },
  };
  await SpeakerModel.insertMany([entry], { lean: true });
  return entry;
}

/** Somebody who is invited to speak at the event; no letter. */
export async function anEngagement(event: Event, facts: Partial<Engagement> = {}): Promise<Engagement> {
  const entry = await aSpeaker({ name: 'Bo Öberg', email: 'bo.oberg@example.se' });
  const context = { now: new Date('2027-01-04T09:00:00Z'), by: {}, settings: testSettings() };
  const engagement = { ...newEngagement(context, event, entry), ...facts };
  await EngagementModel.insertMany([engagement], { lean: true });
  return engagement;
}

/** A portrait that a speaker has handed in. @returns its hash */
export async function aPortrait({ _id, speaker, authority }: Engagement): Promise<string> {
  const portrait = 'a'.repeat(64);
  const owners = [{ of: speaker, authority, isPublic: false }];
  const file = { _id: portrait, type: 'image/webp', bytes: Buffer.from('RIFF'), owners, storedAt: monday };
  await FileModel.insertMany([file], { lean: true });
  await EngagementModel.updateOne({ _id }, { $set: { portrait } });
  return portrait;
}

/** The smallest picture, as WebP. */
const dot = Buffer.from('UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoBAAEAAgA0JaQAA3AA/vuUAAA=', 'base64');

/** A picture and a document of a published event. @returns the hash of the document */
export async function anEventsFiles({ _id, authority }: Event): Promise<string> {
  const [hash, picture] = ['d'.repeat(64), 'e'.repeat(64)];
  const owners = [{ of: _id, authority, isPublic: true }];
  const pdf = {
    _id: hash,
    type: 'application/pdf',
    bytes: Buffer.from('%PDF-1.7'),
    owners,
    storedAt: monday,
  };
  const webp = { _id: picture, type: 'image/webp', bytes: dot, owners, storedAt: monday };
  await FileModel.insertMany([pdf, webp], { lean: true });
  const download = { hash, title: 'Program', name: 'Program.pdf', type: 'application/pdf', size: 164_500 };
  const shown = { hash: picture, alt: 'Två elever läser en bok', width: 1, height: 1 };
  await EventModel.updateOne({ _id }, { $set: { picture: shown, downloads: [download] } });
  return hash;
}

/** The answers of a form as a browser sends them. */
export function formOf(answers: Record<string, string>): RequestInit {
  return { method: 'POST', body: new URLSearchParams(answers), redirect: 'manual' };
}
