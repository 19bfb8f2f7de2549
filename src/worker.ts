import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Clock } from './base/clock.ts';
import { logger } from './base/log.ts';
import type { Settings } from './base/settings.ts';
import { releaseLeases } from './post/claim.ts';
import { deliver } from './post/delivery.ts';
import { openTransport, type Transport } from './post/transport.ts';
import { compose } from './registrations/letter-text.ts';

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
  const running = work();

  async function work(): Promise<void> {
    while (!stopping.signal.aborted) {
      const busy = await tick(settings, clock, by, transport, stopping.signal).catch((error: Error) => {
        logger.error({ error: error.stack }, 'The worker failed and tries again. Does the database answer?');
        return false;
      });
      if (!busy) await pause(rest, stopping.signal);
    }
  }

  return {
    async stop() {
      stopping.abort();
      await Promise.race([running, pause(6000)]);
      await releaseLeases(by, clock());
      transport?.close();
    },
  };
}

/** What is owed and due now. @returns whether there may be more to do at once */
async function tick(
  settings: Settings,
  clock: Clock,
  by: string,
  transport: Transport | undefined,
  stop: AbortSignal,
): Promise<boolean> {
  if (!transport) return false;
  const { claimed } = await deliver({
    now: clock(),
    by,
    compose: (letter) => compose(letter, settings),
    send: transport.send,
    stop,
  });
  return claimed > 0;
}

async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await setTimeout(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
}
