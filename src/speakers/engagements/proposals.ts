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
  proposalFields,
  writeEngagement,
} from './engagement.ts';
import { decidePortrait, decideSlides } from './uploads.ts';

/** Where a speaker introduces themselves, by the language of their page. */
const biographyIn = { sv: 'text', en: 'textEn' } as const;

/** What the programme and the register say now: about the first of a speaker's sessions, and about them. */
export function standing(event: Event, entry: SpeakerEntry, { language }: Engagement): Proposal {
  const [session] = sessionsOf(event, entry._id);
  const { title = '', description = '', titleEn = '', descriptionEn = '' } = session ?? {};
  return { title, description, titleEn, descriptionEn, biography: entry[biographyIn[language]] };
}

/** What a speaker has typed, as a proposal; null if it says what stands already. */
export function proposalIn(typed: Record<string, string>, stands: Proposal): Proposal | null {
  const written = proposalFields.map((name) => [name, typed[name] ?? stands[name]] as const);
  const isNew = written.some(([name, answer]) => answer !== stands[name]);
  return isNew ? (Object.fromEntries(written) as Proposal) : null;
}

/**
 * What an organiser decides: which fields of a proposal count and whether its portrait does, which slides visitors may
 * have, and whether the event's page introduces the speaker.
 */
export type Decision = {
  approved: (keyof Proposal)[];
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
    const chosen = approved.map((name) => [name, engagement.proposal?.[name] ?? '']);
    const { biography, ...texts }: Partial<Proposal> = engagement.proposal ? Object.fromEntries(chosen) : {};
    if (biography !== undefined) await introduce(context, engagement, biography);
    await decidePortrait(engagement, portrait);
    await showAnew(engagement.speaker);
    const slides = await decideSlides(engagement, published);
    const sessions = presentedBy(event, engagement, { texts, profile });
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

type Shown = { texts: Partial<Session>; profile: boolean };

/** The programme with new texts in the first of a speaker's sessions. */
function presentedBy(event: Event, { speaker }: Engagement, { texts, profile }: Shown): Session[] {
  const [first] = sessionsOf(event, speaker);
  return event.sessions.map((session) => ({
    ...session,
    ...(session._id === first?._id && texts),
    speakers: session.speakers.map((one) => (one.entry?.equals(speaker) ? { ...one, profile } : one)),
  }));
}
