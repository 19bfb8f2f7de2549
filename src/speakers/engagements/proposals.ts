import type { Types } from 'mongoose';
import { logAction } from '../../audit/log.ts';
import type { Context } from '../../base/context.ts';
import { transaction } from '../../base/database.ts';
import { paths } from '../../base/paths.ts';
import { type Event, EventModel, type Session } from '../../events/event.ts';
import { writeEvent } from '../../events/planning/write-event.ts';
import { sessionsOf, showAnew } from '../entries/sessions.ts';
import { type SpeakerEntry, SpeakerModel } from '../entries/speaker.ts';
import {
  changedTo,
  type Engagement,
  EngagementModel,
  type Proposal,
  sessionTexts,
  writeEngagement,
} from './engagement.ts';
import { fieldOf } from './page-form.ts';
import { decidePortrait, decideSlides } from './uploads.ts';

/** Where a speaker introduces themselves, by the language of their page. */
const biographyIn = { sv: 'text', en: 'textEn' } as const;

/** What the programme and the register say now about a speaker's sessions, and about them. */
export function standing(event: Event, entry: SpeakerEntry, { language }: Engagement): Proposal {
  const sessions = sessionsOf(event, entry._id).map((session) => {
    const { _id, title, description, titleEn = '', descriptionEn = '' } = session;
    return { session: _id, title, description, titleEn, descriptionEn };
  });
  return { sessions, biography: entry[biographyIn[language]] };
}

/** The same with what waits for a decision in its place, as the speaker sees it. */
export function proposed(event: Event, entry: SpeakerEntry, engagement: Engagement): Proposal {
  const stands = standing(event, entry, engagement);
  const { proposal } = engagement;
  if (!proposal) return stands;
  const waiting = (id: Types.ObjectId) => proposal.sessions.find(({ session }) => session.equals(id));
  const sessions = stands.sessions.map((one) => waiting(one.session) ?? one);
  return { sessions, biography: proposal.biography };
}

/** A form's answers for a proposal, by their fields. */
export function proposalAnswers({ sessions, biography }: Proposal): Record<string, string> {
  const texts = sessions.flatMap((one, index) =>
    sessionTexts.map((name) => [fieldOf(name, index), one[name]] as const),
  );
  return { ...Object.fromEntries(texts), biography };
}

/**
 * What a speaker has typed, as a proposal; null if it says what they saw already. A session keeps its title if none is
 * typed.
 * @param seen `sessions` in the order of the form
 */
export function proposalIn(typed: Record<string, string>, seen: Proposal): Proposal | null {
  const sessions = seen.sessions.map((one, index) => {
    const texts = sessionTexts.map((name) => [name, typed[fieldOf(name, index)] ?? one[name]] as const);
    const written = { ...one, ...Object.fromEntries(texts) };
    return { ...written, title: written.title || one.title };
  });
  const proposal = { sessions, biography: typed.biography ?? seen.biography };
  return JSON.stringify(proposal) === JSON.stringify(seen) ? null : proposal;
}

/**
 * What an organiser decides: which fields of a proposal count and whether its portrait does, which slides visitors may
 * have, and whether the event's page introduces the speaker.
 */
export type Decision = {
  approved: string[];
  portrait: boolean;
  slides: string[];
  profile: boolean;
};

/** Makes public what an organiser approves of a proposal, and puts the rest aside. */
export async function decideProposal(
  context: Context,
  id: Types.ObjectId,
  { approved, portrait, slides: published, profile }: Decision,
): Promise<void> {
  await transaction(async () => {
    const engagement = await EngagementModel.findById(id).orFail().lean<Engagement>();
    const event = await EventModel.findById(engagement.event).orFail().lean<Event>();
    const { proposal } = engagement;
    if (proposal && approved.includes('biography')) await introduce(context, engagement, proposal.biography);
    await decidePortrait(engagement, portrait);
    await showAnew(engagement.speaker);
    const slides = await decideSlides(engagement, published);
    const sessions = presentedBy(event, engagement, { approved, profile });
    const documentation = documentedBy(context, event, { ...engagement, slides });
    if (JSON.stringify([sessions, documentation]) !== JSON.stringify([event.sessions, event.documentation]))
      await writeEvent(context, 'event.programme', event, { sessions, documentation });
    await writeEngagement(changedTo(engagement, context.now, { proposal: null, portrait: null, slides }));
    const { authority, _id, title } = event;
    await logAction(context, { authority, action: 'speaker.approved', event: _id, about: title });
  });
}

/** The event's documentation with those slides of a speaker's that visitors may have. */
function documentedBy({ settings }: Context, event: Event, { slides, name }: Engagement) {
  const urlOf = (hash: string, file: string) => `${settings.baseUrl}${paths.file(hash, file)}`;
  const own = slides.map((one) => ({ title: `${name}: ${one.name}`, url: urlOf(one.hash, one.name) }));
  const others = (event.documentation ?? []).filter(({ url }) => !own.some((one) => one.url === url));
  const shown = own.filter((_one, index) => slides[index]?.isPublic);
  const all = [...others, ...shown];
  return all.length > 0 ? all : undefined;
}

async function introduce({ now }: Context, { speaker, language }: Engagement, biography: string) {
  const $set = { [biographyIn[language]]: biography, changedAt: now };
  await SpeakerModel.updateOne({ _id: speaker }, { $set, $inc: { version: 1 } });
}

/** The programme with the approved texts in the speaker's sessions. */
function presentedBy(
  event: Event,
  { speaker, proposal }: Engagement,
  { approved, profile }: Pick<Decision, 'approved' | 'profile'>,
): Session[] {
  const own = sessionsOf(event, speaker);
  const textsOf = ({ _id }: Session) => {
    const index = proposal?.sessions.findIndex(({ session }) => session.equals(_id)) ?? -1;
    const texts = proposal?.sessions[index];
    const chosen = sessionTexts.filter((name) => approved.includes(fieldOf(name, index)));
    return texts && Object.fromEntries(chosen.map((name) => [name, texts[name]]));
  };
  return event.sessions.map((session) => ({
    ...session,
    ...(own.includes(session) && textsOf(session)),
    speakers: session.speakers.map((one) => (one.entry?.equals(speaker) ? { ...one, profile } : one)),
  }));
}
