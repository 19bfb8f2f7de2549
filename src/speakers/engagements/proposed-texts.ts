import type { Types } from 'mongoose';
import type { Event } from '../../events/event.ts';
import { sessionsOf } from '../entries/sessions.ts';
import type { SpeakerEntry } from '../entries/speaker.ts';
import { type Engagement, type Proposal, sessionTexts } from './engagement.ts';
import { fieldOf } from './page-form.ts';

/** Where a speaker introduces themselves, by the language of their page. */
export const biographyIn = { sv: 'text', en: 'textEn' } as const;

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
