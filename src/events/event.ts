import { model, Schema, type Types } from 'mongoose';

export const kinds = ['boostdag', 'kunskapsformiddag', 'annat'] as const;
export type Kind = (typeof kinds)[number];
export const kindNames: Record<Kind, string> = {
  boostdag: 'Boostdag',
  kunskapsformiddag: 'Kunskapsförmiddag',
  annat: 'Annat evenemang',
};

/** The three protective factors of Alla barn i Östergötland. */
export const factors = ['skola', 'foraldrar', 'fritid'] as const;
export type Factor = (typeof factors)[number];
export const factorNames: Record<Factor, string> = {
  skola: 'Måluppfyllelse i skolan',
  foraldrar: 'Goda föräldra-barn-relationer',
  fritid: 'Meningsfull fritid',
};

/** The ways of attending. */
export const modes = ['plats', 'digitalt'] as const;
export type Mode = (typeof modes)[number];
export const modeNames: Record<Mode, string> = { plats: 'På plats', digitalt: 'Digitalt' };

/** When a waiting list usually closes: a day before, so that anyone who gets a seat has an evening to plan in. */
export const usualQueueHours = 24;

/** What the form of a programme asks about a speaker. */
export type SpeakerAnswers = { name: string; title: string; organisation: string; email: string };
/** A speaker of a session, as they were presented at that event. */
export type Speaker = SpeakerAnswers & {
  /** Their entry in the county board's register. */
  entry?: Types.ObjectId;
  /** The event's page also shows the portrait and the text of the register. */
  profile?: boolean;
};
/** An item of the programme. The order is that of the programme; times are wise and not required. */
export type Session = {
  _id: Types.ObjectId;
  /** Null: it has only its place in the order. */
  start: Date | null;
  /** Null where it has no start, or an end that is not decided. */
  end: Date | null;
  title: string;
  description: string;
  /** The same in English, if there is a translation. */
  titleEn?: string;
  descriptionEn?: string;
  /** What it consists of, each in a line of its own. */
  parts?: string[];
  isBreak?: boolean;
  /** Which of the venue's rooms it is in. Sessions that overlap in different rooms run in parallel (planning/parallel.ts). */
  room?: string;
  speakers: Speaker[];
} & RunSheet;

/** What only organisers know of a session: it stands on the run sheet, and visitors never see it. */
export type RunSheet = { responsible?: string; technique?: string; notes?: string };

/** A session with its times. */
export type TimedSession = Session & { start: Date; end: Date };

/** The picture of an event's page, with what it shows in words; width and height in pixels. */
export type EventPicture = { hash: string; alt: string; width: number; height: number };
/** A file that visitors can download from an event's page; size in bytes. */
export type EventDocument = { hash: string; title: string; name: string; type: string; size: number };

/** An event with its programme, its seats and its place in time. Instants are UTC; days and hours are Stockholm's. */
export type Event = {
  _id: Types.ObjectId;
  /** County code of the county board that arranges it. */
  authority: string;
  /** The part of its public address that names it: of a draft, what the address would be. */
  slug: string;
  /** `recorded`: it was held without the system and is written down afterwards, with sums of those who came; never public. */
  state: 'draft' | 'published' | 'cancelled' | 'recorded';
  kind: Kind;
  factors: Factor[];
  title: string;
  start: Date;
  end: Date;
  /** When sign-up opens; null: as soon as it is published. */
  opensAt: Date | null;
  /** The midnight that ends the last day of sign-up: open while now is before it. */
  closesAt: Date;
  /** The midnight that ends the last day on which people change their own answers; null: when sign-up closes. */
  changeUntil: Date | null;
  /** The midnight that ends the last day on which people cancel; null: until it starts. */
  cancelUntil: Date | null;
  venue: string;
  address: string;
  /** Never on a public page: only those who attend digitally get it. */
  meetingLink: string;
  /**
   * Those who attend online have the meeting link itself, from before the digital door: a change of it is told to them.
   * All others have the door's address, which stays.
   */
  linkIsOut?: boolean;
  /** Seats of each way: null is no limit, 0 is not offered. */
  seats: Record<Mode, number | null>;
  /** How many hold a seat; changed only in the transaction that changes the registration. */
  taken: Record<Mode, number>;
  /** How many wait for a seat of each way; who would take either counts in both. Changed like `taken`. */
  waiting: Record<Mode, number>;
  /** When `taken` or `waiting` last changed. */
  countedAt?: Date;
  /** The place in time of who came into a queue last: nobody who comes later stands before them. */
  lastWaitingSince?: Date;
  /** So many hours before the start the waiting list closes. */
  queueHours: number;
  cost: string;
  audience: string;
  summary: string;
  highlights: string[];
  accessibility: string;
  contactName: string;
  contactEmail: string;
  contactPhone: string;
  sessions: Session[];
  /**
   * Which letters go by themselves, by the keys of their steps (`letters/kinds`); left out: the usual ones. An event only
   * keeps the choice: the kinds of letters stand above it, since what they say needs registrations. So the form is told
   * which there are, and readers of the plan leave out keys that no kind has.
   */
  letterPlan?: string[];
  /** Letters by plan that never went, since no worker ran while they were of use. */
  missedLetters?: { step: string; dueAt: Date }[];
  /** Presentations and films, for the page and the letters after the event. */
  documentation?: { title: string; url: string }[];
  /** The time that visitors last knew, where it was changed after publication; `at`: when, which moves from before it was noted lack. */
  movedFrom: { start: Date; end: Date; at?: Date } | null;
  picture?: EventPicture | null;
  downloads?: EventDocument[];
  cancelReason: string;
  publishedAt: Date | null;
  /** Rises whenever the portrait or text of a speaker whom the event's page shows changes: then the page is made anew. */
  profilesVersion?: number;
  changedAt: Date;
  /** Belongs to the example county: its letters never leave. */
  example: boolean;
  /** Rises with every save by an organiser, not with sign-ups, so that an edit conflict is noticed. */
  version: number;
};

const text = { type: String, default: '' };
const instant = { type: Date, required: true };
const speaker = new Schema<Speaker>(
  {
    ...{ name: text, title: text, organisation: text, email: text },
    entry: Schema.Types.ObjectId,
    profile: Boolean,
  },
  { _id: false },
);
const session = new Schema<Session>({
  start: { type: Date, default: null },
  end: { type: Date, default: null },
  title: text,
  description: text,
  titleEn: String,
  descriptionEn: String,
  parts: { type: [String], default: undefined },
  isBreak: Boolean,
  room: String,
  responsible: String,
  technique: String,
  notes: String,
  speakers: [speaker],
});
const pictureFields = { hash: text, alt: text, width: Number, height: Number };
const documentFields = { hash: text, title: text, name: text, type: text, size: Number };
const perMode = (type: object) =>
  new Schema<Record<Mode, number | null>>({ plats: type, digitalt: type }, { _id: false });

const schema = new Schema<Event>(
  {
    authority: { type: String, required: true },
    slug: { type: String, required: true },
    state: { type: String, enum: ['draft', 'published', 'cancelled', 'recorded'], default: 'draft' },
    kind: { type: String, enum: kinds, required: true },
    factors: [{ type: String, enum: factors }],
    title: { type: String, required: true },
    start: instant,
    end: instant,
    opensAt: { type: Date, default: null },
    closesAt: instant,
    changeUntil: { type: Date, default: null },
    cancelUntil: { type: Date, default: null },
    venue: text,
    address: text,
    meetingLink: text,
    linkIsOut: { type: Boolean, default: undefined },
    seats: { type: perMode({ type: Number, default: null }), required: true },
    taken: { type: perMode({ type: Number, default: 0 }), default: () => ({ plats: 0, digitalt: 0 }) },
    waiting: { type: perMode({ type: Number, default: 0 }), default: () => ({ plats: 0, digitalt: 0 }) },
    countedAt: Date,
    lastWaitingSince: Date,
    queueHours: { type: Number, default: usualQueueHours },
    cost: text,
    audience: text,
    summary: text,
    highlights: [String],
    accessibility: text,
    contactName: text,
    contactEmail: text,
    contactPhone: text,
    sessions: [session],
    letterPlan: { type: [String], default: undefined },
    missedLetters: {
      type: [new Schema({ step: String, dueAt: instant }, { _id: false })],
      default: undefined,
    },
    documentation: { type: [new Schema({ title: text, url: text }, { _id: false })], default: undefined },
    picture: { type: new Schema(pictureFields, { _id: false }), default: undefined },
    downloads: { type: [new Schema(documentFields, { _id: false })], default: undefined },
    movedFrom: { type: new Schema({ start: Date, end: Date, at: Date }, { _id: false }), default: null },
    cancelReason: text,
    publishedAt: { type: Date, default: null },
    profilesVersion: Number,
    changedAt: instant,
    example: { type: Boolean, default: false },
    version: { type: Number, default: 1 },
  },
  { versionKey: false },
);
// Drafts may share one; what visitors may see has one of its own (planning/address.ts).
schema.index({ slug: 1 });
schema.index({ state: 1, start: 1 });
schema.index({ authority: 1, start: 1 });
schema.index({ example: 1 }, { partialFilterExpression: { example: true } });
// The events at which somebody of the register speaks.
schema.index({ 'sessions.speakers.entry': 1 });
// When a feed last changed.
schema.index({ changedAt: 1 });

export const EventModel = model<Event>('Event', schema, 'events');
