import type { Request, Response } from 'express';
import { paths } from '../../base/paths.ts';
import type { Event } from '../../events/event.ts';
import { type Engagement, proposalFields } from '../../speakers/engagements/engagement.ts';
import { findEngagement, takeBackInvitation } from '../../speakers/engagements/invite.ts';
import { decideProposal, standing } from '../../speakers/engagements/proposals.ts';
import { slotOf } from '../../speakers/engagements/slot.ts';
import { sessionsOf } from '../../speakers/entries/sessions.ts';
import type { SpeakerEntry } from '../../speakers/entries/speaker.ts';
import { entryById } from '../../speakers/register.ts';
import { NotFound } from '../../web/errors.ts';
import { sendPage } from '../../web/pages.ts';
import { ownEvent } from '../parts/guard.ts';
import { withQuery } from '../parts/query-string.ts';
import { engagementStates } from './of-event.ts';

const labels: Record<(typeof proposalFields)[number], string> = {
  title: 'Rubrik',
  description: 'Text om programpunkten',
  titleEn: 'Rubrik på engelska',
  descriptionEn: 'Text på engelska',
  biography: 'Om personen',
};

type Own = { event: Event; engagement: Engagement; entry: SpeakerEntry };

/** What a speaker has answered, and what they propose beside what stands now. */
export async function showProposal(req: Request, res: Response): Promise<void> {
  const { event, engagement, entry } = await ownEngagement(req, res);
  const stands = standing(event, entry, engagement);
  const { proposal } = engagement;
  const changes = proposalFields
    .filter((name) => proposal && proposal[name] !== stands[name])
    .map((name) => ({ name, label: labels[name], now: stands[name], becomes: proposal?.[name] ?? '' }));
  const speakers = event.sessions.flatMap((session) => session.speakers);
  sendPage(res, 'office/speakers/proposal', {
    title: 'En medverkandes svar',
    current: 'events',
    ...{ event, engagement, entry, changes },
    state: engagementStates[engagement.status],
    slot: slotOf(event, entry._id),
    sessions: sessionsOf(event, entry._id),
    profile: speakers.some((one) => one.profile && one.entry?.equals(entry._id)),
    mayTakeBack: ['invited', 'accepted'].includes(engagement.status) && event.end > res.locals.now,
  });
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
  const approved = proposalFields.filter((name) => ticked.includes(name));
  await decideProposal(context, engagement._id, { approved, profile: req.body.profile === 'ja' });
  res.redirect(303, list('sparat'));
}

async function ownEngagement(req: Request, res: Response): Promise<Own> {
  const event = await ownEvent(req, res);
  const engagement = await findEngagement(event._id, req.params.engagement);
  const entry = engagement && (await entryById(engagement.speaker));
  if (!engagement || !entry) throw new NotFound();
  return { event, engagement, entry };
}
