import { ObjectId } from 'mongodb';

const before = new Date('2026-12-01T09:00:00Z');

/** An event as it was written before there were waiting lists, with two seats of which one is taken. */
export function eventBeforeWaitingLists(_id: ObjectId) {
  return {
    _id,
    authority: '05',
    slug: `skolan-som-skydd-2027-02-11-${_id}`,
    state: 'published',
    kind: 'boostdag',
    factors: ['skola'],
    title: 'Skolan som skydd',
    start: new Date('2027-02-11T08:00:00Z'),
    end: new Date('2027-02-11T11:00:00Z'),
    opensAt: null,
    closesAt: new Date('2027-01-31T23:00:00Z'),
    changeUntil: null,
    cancelUntil: null,
    venue: 'Residenset',
    address: 'Borggården 1, Linköping',
    meetingLink: '',
    seats: { plats: 2, digitalt: 0 },
    taken: { plats: 1, digitalt: 0 },
    cost: 'Kostnadsfritt',
    audience: 'Alla som arbetar med barn.',
    summary: 'Om vad som håller barn kvar i skolan.',
    highlights: [],
    accessibility: '',
    contactName: 'Maja Lindgren',
    contactEmail: 'maja.lindgren@example.se',
    contactPhone: '',
    sessions: [],
    movedFrom: null,
    cancelReason: '',
    publishedAt: before,
    changedAt: before,
    example: false,
    version: 1,
  };
}

/** A registration with a seat at such an event, as it was written then. */
export function registrationBeforeWaitingLists(event: ObjectId, email: string) {
  return {
    _id: new ObjectId(),
    event,
    authority: '05',
    status: 'confirmed',
    givenName: 'Åsa',
    familyName: 'Öberg',
    email,
    organisation: 'Linköpings kommun',
    municipality: '0580',
    role: 'tjansteperson',
    mode: 'plats',
    language: 'sv',
    uid: `${email}.uid@example.se`,
    sequence: 0,
    createdAt: before,
    changedAt: before,
    cancelledAt: null,
    present: null,
    presentAt: null,
    remindedAt: null,
    example: false,
  };
}
