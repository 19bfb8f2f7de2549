import type { Document } from 'mongodb';
import { setInBatches } from './batches.ts';
import type { Migration } from './migration.ts';

/** What speakers have proposed for the first of their sessions names the session, since they may now write about each. */
export const proposalsBySession: Migration = {
  number: 14,
  name: 'proposals-by-session',
  async inBatches(database, batch) {
    const events = database.collection('events');
    const withProposal = { 'proposal.title': { $exists: true } };
    const engagements = database.collection('engagements');
    const ids = await engagements.distinct('event', withProposal);
    const programmes = await events
      .find({ _id: { $in: ids } }, { projection: { 'sessions._id': 1, 'sessions.speakers.entry': 1 } })
      .toArray();
    await setInBatches(batch, engagements, withProposal, ({ event, speaker, proposal }) => {
      const found = programmes.find(({ _id }) => _id.equals(event));
      return { proposal: bySession(proposal, firstSession(found, speaker)) };
    });
  },
};

function firstSession(event: Document | undefined, speaker: Document): Document | undefined {
  const speaks = ({ entry }: Document) => entry?.equals(speaker);
  return event?.sessions?.find(({ speakers }: Document) => speakers?.some(speaks));
}

/** Texts for somebody who is in no session any more are left out. */
function bySession({ biography = '', ...texts }: Document, session: Document | undefined): Document {
  return { biography, sessions: session ? [{ session: session._id, ...texts }] : [] };
}
