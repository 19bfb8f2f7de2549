import type { Request, Response } from 'express';
import { paths } from '../../base/paths.ts';
import type { Event } from '../../events/event.ts';
import { findOwnFile } from '../../files/keeping.ts';
import { type Engagement, sessionTexts } from '../../speakers/engagements/engagement.ts';
import { findEngagement, takeBackInvitation } from '../../speakers/engagements/invite.ts';
import { fieldOf } from '../../speakers/engagements/page-form.ts';
import { decideProposal } from '../../speakers/engagements/proposals.ts';
import { standing } from '../../speakers/engagements/proposed-texts.ts';
import { slotOf } from '../../speakers/engagements/slot.ts';
import { sessionsOf } from '../../speakers/entries/sessions.ts';
import type { SpeakerEntry } from '../../speakers/entries/speaker.ts';
import { entryById } from '../../speakers/register.ts';
import { NotFound } from '../../web/errors.ts';
import { sendDocument, sendPicture } from '../../web/files/send-stored.ts';
import { sendPage } from '../../web/pages.ts';
import { ownEvent } from '../parts/guard.ts';
import { withQuery } from '../parts/query-string.ts';
import { engagementStates } from './of-event.ts';

const labels: Record<(typeof sessionTexts)[number], string> = {
  title: 'Rubrik',
  description: 'Text om programpunkten',
  titleEn: 'Rubrik på engelska',
  descriptionEn: 'Text på engelska',
};

type HandedIn = { event: Event; engagement: Engagement; entry: SpeakerEntry };

/** What a speaker has answered, and what they propose beside what stands now. */
export async function showProposal(req: Request, res: Response): Promise<void> {
  const { event, engagement, entry } = await ownEngagement(req, res);
  const speakers = event.sessions.flatMap((session) => session.speakers);
  sendPage(res, 'office/speakers/proposal', {
    title: 'En medverkandes svar',
    current: 'events',
    ...{ event, engagement, entry, changes: changesIn({ event, engagement, entry }) },
    fileOf: (hash: string) => paths.officeFile(event._id, engagement._id, hash),
    shown: engagement.slides.filter(({ isPublic }) => isPublic).map(({ hash }) => hash),
    state: engagementStates[engagement.status],
    slot: slotOf(event, entry._id),
    sessions: sessionsOf(event, entry._id),
    profile: speakers.some((one) => one.profile && one.entry?.equals(entry._id)),
    mayTakeBack: ['invited', 'accepted'].includes(engagement.status) && event.end > res.locals.now,
  });
}

/** The texts of a proposal that differ from those that stand, by the field of each. */
function changesIn({ event, engagement, entry }: HandedIn) {
  const { proposal } = engagement;
  if (!proposal) return [];
  const stands = standing(event, entry, engagement);
  const isOne = stands.sessions.length === 1;
  const texts = proposal.sessions.flatMap((one, index) => {
    const now = stands.sessions.find(({ session }) => session.equals(one.session));
    if (!now) return [];
    const about = isOne ? '' : `, ”${now.title}”`;
    return sessionTexts.map((name) => ({
      ...{ name: fieldOf(name, index), label: labels[name] + about, isEnglish: name.endsWith('En') },
      ...{ now: now[name], becomes: one[name] },
    }));
  });
  const about = { name: 'biography', label: 'Om personen', isEnglish: engagement.language === 'en' };
  const all = [...texts, { ...about, now: stands.biography, becomes: proposal.biography }];
  return all.filter(({ now, becomes }) => now !== becomes);
}

/** Decides on the proposal: the ticked fields become public; with `remove` the invitation is taken back. */
export async function submitProposal(req: Request, res: Response): Promise<void> {
  const { event, engagement } = await ownEngagement(req, res);
  const { context } = res.locals;
  const list = (klart: string) => withQuery(paths.eventSpeakers(event._id), { klart });
  if (req.body.remove === 'ja') {
    await takeBackInvitation(context, engagement._id);
    return res.redirect(303, list('borttagen'));
  }
  const ticked = [req.body.approved ?? []].flat();
  await decideProposal(context, engagement._id, {
    approved: ticked.map(String),
    portrait: ticked.includes('portrait'),
    slides: [req.body.slides ?? []].flat().map(String),
    profile: req.body.profile === 'ja',
  });
  res.redirect(303, list('sparat'));
}

/** A file that a speaker has handed in, for the organiser who decides on it. */
export async function sendHandedIn(req: Request, res: Response): Promise<void> {
  const { engagement, entry } = await ownEngagement(req, res);
  const hash = String(req.params.hash);
  const slides = engagement.slides.find((one) => one.hash === hash);
  const isTheirs = slides || [engagement.portrait, entry.portrait].includes(hash);
  const file = isTheirs && (await findOwnFile(hash, engagement.authority));
  if (!file) throw new NotFound();
  if (slides) sendDocument(res, file, slides.name, false);
  else sendPicture(res, file, false);
}

async function ownEngagement(req: Request, res: Response): Promise<HandedIn> {
  const event = await ownEvent(req, res);
  const engagement = await findEngagement(event._id, req.params.engagement);
  const entry = engagement && (await entryById(engagement.speaker));
  if (!engagement || !entry) throw new NotFound();
  return { event, engagement, entry };
}
