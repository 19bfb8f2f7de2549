import { model, Schema, Types } from 'mongoose';
import type { Context } from '../../base/context.ts';
import { newUid } from '../../base/uid.ts';
import type { Event } from '../../events/event.ts';
import { type Language, languages } from '../../texts/texts.ts';
import type { SpeakerEntry } from '../entries/speaker.ts';

/** The texts of a session that its speakers may write. */
export const sessionTexts = ['title', 'description', 'titleEn', 'descriptionEn'] as const;
type SessionTexts = Record<(typeof sessionTexts)[number], string>;

/** What a speaker writes on their personal page; public only when an organiser has approved it. */
export type Proposal = { sessions: ({ session: Types.ObjectId } & SessionTexts)[]; biography: string };

/** That somebody of the register is asked to speak at an event, and what they have answered. */
export type Engagement = {
  _id: Types.ObjectId;
  authority: string;
  event: Types.ObjectId;
  /** Their entry in the register. */
  speaker: Types.ObjectId;
  /** `removed`: an organiser has taken them out of the programme, or back their invitation. */
  status: 'invited' | 'accepted' | 'declined' | 'removed';
  /** Where the invitation went; its link works for this address only. */
  email: string;
  name: string;
  language: Language;
  /** The identity of their calendar entry, and its revision (RFC 5546 2.1.4). */
  uid: string;
  sequence: number;
  /** Technical needs only. */
  needs: string;
  /** What waits for an organiser's decision; null if nothing does. */
  proposal: Proposal | null;
  /** A portrait that waits for an organiser's decision, by its hash. */
  portrait: string | null;
  /** The speaker's own yes to showing their portrait to visitors. */
  agrees: boolean;
  /** What they have handed in for their session. */
  slides: { hash: string; name: string; isPublic: boolean }[];
  /** When they were asked for slides. */
  slidesAskedAt: Date | null;
  invitedAt: Date;
  answeredAt: Date | null;
  /** The moment of the last change. The order of the letters follows from it. */
  changedAt: Date;
  /** How many reminders to answer have gone. */
  reminders: number;
  thankedAt: Date | null;
  example: boolean;
};

const text = { type: String, default: '' };
const count = { type: Number, default: 0 };
const day = { type: Date, default: null };
const proposedSession = new Schema(
  { session: Schema.Types.ObjectId, ...Object.fromEntries(sessionTexts.map((name) => [name, text])) },
  { _id: false },
);
const schema = new Schema<Engagement>(
  {
    authority: { type: String, required: true },
    event: { type: Schema.Types.ObjectId, required: true },
    speaker: { type: Schema.Types.ObjectId, required: true },
    status: { type: String, enum: ['invited', 'accepted', 'declined', 'removed'], required: true },
    email: { type: String, required: true },
    name: { type: String, required: true },
    language: { type: String, enum: languages, required: true },
    uid: { type: String, required: true },
    sequence: count,
    needs: text,
    proposal: {
      type: new Schema<Proposal>({ biography: text, sessions: [proposedSession] }, { _id: false }),
      default: null,
    },
    portrait: { type: String, default: null },
    agrees: { type: Boolean, default: false },
    slides: [new Schema({ hash: String, name: String, isPublic: Boolean }, { _id: false })],
    slidesAskedAt: day,
    invitedAt: { type: Date, required: true },
    answeredAt: day,
    changedAt: { type: Date, required: true },
    reminders: count,
    thankedAt: day,
    example: { type: Boolean, default: false },
  },
  { versionKey: false },
);
schema.index({ event: 1, status: 1 });
schema.index({ speaker: 1 });
schema.index({ authority: 1, status: 1 });
schema.index({ status: 1, reminders: 1, invitedAt: 1 });
// Invited twice at the same time is invited once.
schema.index(
  { event: 1, speaker: 1 },
  {
    name: 'one engagement of a speaker',
    unique: true,
    partialFilterExpression: { status: { $in: ['invited', 'accepted', 'declined'] } },
  },
);

export const EngagementModel = model<Engagement>('Engagement', schema, 'engagements');

/** The states of those who are to speak, or may. */
export const expected: Engagement['status'][] = ['invited', 'accepted'];

/** An engagement that begins with an invitation; nothing is stored. */
export function newEngagement(
  { now, settings }: Context,
  event: Event,
  { _id: speaker, email, name, language, needs, example, showsPortrait = false }: SpeakerEntry,
): Engagement {
  return {
    ...{ _id: new Types.ObjectId(), authority: event.authority, event: event._id, speaker },
    ...{ status: 'invited', email, name, language, needs, proposal: null },
    ...{ uid: newUid(settings.mailFrom), sequence: 0 },
    ...{ invitedAt: now, answeredAt: null, changedAt: now, thankedAt: null },
    ...{ portrait: null, agrees: showsPortrait, slides: [], slidesAskedAt: null, reminders: 0 },
    example: example || event.example,
  };
}

/** An engagement after a change, which is always later than the one before. */
export function changedTo(engagement: Engagement, now: Date, change: Partial<Engagement>): Engagement {
  const { changedAt: before } = engagement;
  return { ...engagement, ...change, changedAt: now > before ? now : new Date(+before + 1) };
}

/** Writes a changed engagement, in the running transaction. */
export async function writeEngagement({ _id, ...engagement }: Engagement): Promise<void> {
  await EngagementModel.updateOne({ _id }, { $set: engagement });
}
