import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';
import { transaction } from '../../../src/base/database.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { owe } from '../../../src/outbox/outbox.ts';
import { deliver } from '../../../src/outbox/sending/delivery.ts';
import { paceOf } from '../../../src/outbox/sending/rate-limit.ts';
import { connections, openTransport, type Transport } from '../../../src/outbox/sending/transport.ts';
import { useDatabase } from '../../support/database.ts';
import { confirmation, owedLetter } from '../../support/mail/letters.ts';
import { startSmtp } from '../../support/mail/smtp.ts';

const minute = 60_000;

/** A clock that goes on by itself to the next moment that somebody waits for, once nothing is on its way. */
function drivenClock() {
  let time = new Date('2026-11-21T09:00:00Z').getTime();
  const awaited = new Set<{ until: number }>();
  const busy = { onTheWay: 0 };
  return {
    busy,
    clock: () => new Date(time),
    async pause(milliseconds: number) {
      const wait = { until: time + milliseconds };
      awaited.add(wait);
      while (time < wait.until) {
        await setTimeout(1);
        const next = Math.min(...[...awaited].map(({ until }) => until));
        if (busy.onTheWay === 0) time = Math.max(time, next);
      }
      awaited.delete(wait);
    },
  };
}

describe('post/pace', () => {
  useDatabase();

  it('lets so many leave at once, and each after them a minute after the one so far before', async () => {
    const waits: number[] = [];
    const noted = async (milliseconds: number) => {
      waits.push(milliseconds);
    };
    let now = new Date('2026-11-21T09:00:00Z');
    const pace = paceOf(2, () => now, noted);
    await pace();
    now = new Date(now.getTime() + 10_000);
    await pace();
    expect(waits).to.deep.equal([]);
    await pace();
    await pace();
    await pace();
    expect(waits).to.deep.equal([50_000, 60_000, 110_000]);
    now = new Date(now.getTime() + 10 * minute);
    await pace();
    expect(waits).to.have.length(3);
  });

  it('keeps no letter until a clock that was set back comes again to where it was', async () => {
    const waits: number[] = [];
    let now = new Date('2026-11-21T09:00:00Z');
    const pace = paceOf(
      2,
      () => now,
      async (milliseconds) => {
        waits.push(milliseconds);
      },
    );
    await pace();
    await pace();
    now = new Date(now.getTime() - 60 * minute);
    await pace();
    expect(waits).to.deep.equal([minute]);
  });

  it('500 letters after one change leave over few connections, and within the set rate over all rounds (R73)', async () => {
    const smtp = await startSmtp();
    const transport = openTransport({ smtpUrl: smtp.url, production: false });
    const { clock, pause, busy } = drivenClock();
    const pace = paceOf(120, clock, pause);
    const left: number[] = [];
    const send: Transport['send'] = async (posting) => {
      left.push(clock().getTime());
      busy.onTheWay += 1;
      const outcome = await transport.send(posting);
      busy.onTheWay -= 1;
      return outcome;
    };
    const owed = Array.from({ length: 500 }, () => owedLetter({ createdAt: clock() }));
    await transaction(() => owe(owed));
    const compose = async () => confirmation();
    let rounds = 0;
    while (await LetterModel.exists({ state: 'queued' })) {
      await deliver({ clock, by: 'the worker', compose, send, pace });
      rounds += 1;
    }
    transport.close();
    await smtp.close();
    expect(rounds).to.be.above(1);
    expect(left).to.have.length(500);
    for (const [index, time] of left.entries())
      expect(time - (left[index - 120] ?? Number.NEGATIVE_INFINITY)).to.be.at.least(minute);
    expect((left.at(-1) ?? 0) - (left[0] ?? 0)).to.be.at.most(10 * minute);
    expect(smtp.lines.total).to.be.at.most(10);
    expect(smtp.lines.most).to.be.at.most(connections);
  });
});
