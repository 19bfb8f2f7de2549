import type { Types } from 'mongoose';
import { logAction } from '../../audit/log.ts';
import type { Context } from '../../base/context.ts';
import { transaction } from '../../base/database.ts';
import { paths } from '../../base/paths.ts';
import { type Event, EventModel, type Session } from '../../events/event.ts';
import { writeEvent } from '../../events/planning/write-event.ts';
import { sessionsOf, showAnew } from '../entries/sessions.ts';
import { SpeakerModel } from '../entries/speaker.ts';
import { changedTo, type Engagement, EngagementModel, sessionTexts, writeEngagement } from './engagement.ts';
import { fieldOf } from './page-form.ts';
import { biographyIn } from './proposed-texts.ts';
import { decidePortrait, decideSlides } from './uploads.ts';

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
    if (
      JSON.stringify([sessions, documentation]) !==
      JSON.stringify([event.sessions, event.documentation ?? []])
    )
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
  return [...others, ...shown];
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
