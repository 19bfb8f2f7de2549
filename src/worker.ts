import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { sealLog } from './audit/seal.ts';
import type { Clock } from './base/clock.ts';
import type { Context } from './base/context.ts';
import { noteFullDisk, tryDisk } from './base/full-disk.ts';
import { logger } from './base/log.ts';
import type { Settings } from './base/settings.ts';
import { eraseSentLetters } from './erasing/erase-person.ts';
import { readInbox } from './inbox/read-inbox.ts';
import { compose } from './letters/compose.ts';
import { finishMailings } from './letters/mailings/send.ts';
import { oweByPlan } from './letters/plan/owe.ts';
import { tellOfBursts } from './letters/plan/tell-bursts.ts';
import { tellOfOpenings } from './letters/plan/tell-openings.ts';
import { answerLinkRequests, type LinkAnswer, type LinkKind } from './link-requests/link-request.ts';
import { sendLinks } from './organisers/sign-in.ts';
import { forgetSessions } from './organisers/sign-in-session.ts';
import type { Letter } from './outbox/letter.ts';
import { returnAddress } from './outbox/return-address.ts';
import { releaseWork } from './outbox/sending/claim.ts';
import { deliver } from './outbox/sending/delivery.ts';
import { paceOf } from './outbox/sending/rate-limit.ts';
import { openTransport, type Transport } from './outbox/sending/transport.ts';
import type { LetterFacts } from './registrations/letter-facts.ts';
import { markDeadAddress } from './registrations/personal/dead-address.ts';
import { sendNewLinks } from './registrations/personal/new-link.ts';
import { tallyPastEvents } from './registrations/tallies/past-events.ts';
import { closeDueLists } from './registrations/waiting-list/waiting-list.ts';
import { askForSlides, remindSpeakers, thankSpeakers } from './speakers/engagements/reminders.ts';

/** What falls due by the clock. */
export const duties = [
  closeDueLists,
  tallyPastEvents,
  oweByPlan,
  tellOfBursts,
  tellOfOpenings,
  remindSpeakers,
  askForSlides,
  thankSpeakers,
  eraseSentLetters,
  finishMailings,
  forgetSessions,
  tryDisk,
  sealLog,
];

/** What a link that somebody asked for is, and who writes its letters. */
export const linkAnswers: Record<LinkKind, LinkAnswer> = {
  signIn: (context, { email, browsers }) => sendLinks(context, email, browsers),
  lostLink: async (context, { email }) => {
    await sendNewLinks(context, email);
    return '';
  },
};

/** How long the worker rests when nothing is due, in milliseconds. */
const rest = 500;

/** Starts the one background worker. `stop` ends it: the letters on their way are finished, the others handed back. */
export function startWorker({ settings, clock }: { settings: Settings; clock: Clock }): {
  stop(): Promise<void>;
} {
  // A name that no other worker has had: a restarted container has its predecessor's host name and process id.
  const by = randomUUID();
  const stopping = new AbortController();
  const transport = settings.smtpUrl ? openTransport({ ...settings, smtpUrl: settings.smtpUrl }) : undefined;
  // Letters may be on their way for minutes: what falls due by the clock does not wait for them.
  const running = Promise.all([
    ...duties.map((duty) => work(atMostMinutely(duty, settings, clock), stopping.signal)),
    work(async () => (await readInbox({ now: clock(), by: {}, settings })) > 0, stopping.signal),
    work(() => answerLinkRequests({ now: clock(), by: {}, settings }, linkAnswers), stopping.signal),
    transport && work(sending(settings, clock, transport, { by, stop: stopping.signal }), stopping.signal),
  ]);

  return {
    async stop() {
      stopping.abort();
      await Promise.race([running, pause(6000)]);
      await releaseWork(by);
      transport?.close();
    },
  };
}

/** Does one thing again and again. @param once tells whether there may be more to do at once */
async function work(once: () => Promise<boolean>, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    const busy = await once().catch((error: Error) => {
      if (!noteFullDisk(error))
        logger.error({ error: error.stack }, 'The worker failed and tries again. Does the database answer?');
      return false;
    });
    if (!busy) await pause(rest, stop);
  }
}

/** Sends what is owed and due, where no other process does. */
function sending(
  settings: Settings,
  clock: Clock,
  { send }: Transport,
  { by, stop }: { by: string; stop: AbortSignal },
): () => Promise<boolean> {
  const pace = paceOf(settings.mailRate, clock);
  const write = (letter: Letter<LetterFacts>) => compose(letter, settings);
  const returnTo = (letter: Letter) => returnAddress(letter, settings);
  const onDeadAddress = ({ to }: Letter) => markDeadAddress({ now: clock(), by: {}, settings }, to.address);
  const writer = { compose: write, returnTo };
  const limits = { pace, isCapped: settings.rateLimit };
  const delivery = { clock, by, ...writer, ...limits, send, onDeadAddress, stop };
  return async () => (await deliver(delivery)).claimed > 0;
}

/** A duty that is seen to when the worker starts, and then once a minute. */
function atMostMinutely(
  duty: (context: Context) => Promise<unknown>,
  settings: Settings,
  clock: Clock,
): () => Promise<boolean> {
  let next = 0;
  return async () => {
    const now = clock();
    if (now.getTime() < next) return false;
    next = now.getTime() + 60_000;
    await duty({ now, by: {}, settings });
    return false;
  };
}

async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await setTimeout(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
}
