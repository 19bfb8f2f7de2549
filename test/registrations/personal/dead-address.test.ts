import { expect } from 'chai';
import { AuditModel } from '../../../src/audit/log.ts';
import { LetterModel } from '../../../src/outbox/letter.ts';
import { RegistrationModel } from '../../../src/registrations/registration.ts';
import { register } from '../../../src/registrations/sign-up/register.ts';
import { startWorker } from '../../../src/worker.ts';
import { anAuthority, anEvent, aPerson, aRegistration, monday } from '../../support/builders.ts';
import { visitorAt } from '../../support/contexts.ts';
import { useDatabase } from '../../support/database.ts';
import { type Smtp, startSmtp } from '../../support/mail/smtp.ts';
import { testSettings } from '../../support/settings.ts';

describe('An address that the mail server does not know', () => {
  useDatabase();
  let smtp: Smtp;
  let worker: { stop(): Promise<void> };

  beforeEach(async () => {
    smtp = await startSmtp();
  });
  afterEach(async () => {
    await worker.stop();
    await smtp.close();
  });

  /** Signs somebody up and waits until the server has answered for the letter. */
  async function refused(words: string): Promise<Date | undefined> {
    smtp.behave({ rcpt: 550, words });
    await anAuthority();
    const event = await anEvent();
    // The same person at another event of the board's.
    await aRegistration(await anEvent(), {});
    const context = visitorAt(monday, { ...testSettings(), smtpUrl: smtp.url });
    await register(context, event._id, aPerson());
    worker = startWorker({ settings: context.settings, clock: () => monday });
    while (!(await LetterModel.exists({ state: 'failed' })))
      await new Promise((resolve) => setTimeout(resolve, 20));
    await worker.stop();
    const marks = (await RegistrationModel.find().lean()).map(({ bouncedAt }) => bouncedAt);
    expect(marks[0], 'wherever it is registered').to.deep.equal(marks[1]);
    expect(await AuditModel.countDocuments({ action: 'registration.bounced' })).to.equal(marks[0] ? 2 : 0);
    return marks[0];
  }

  it('is marked as one whose letter came back is (R56)', async () => {
    expect(await refused('5.1.1 No such user')).to.deep.equal(monday);
  });

  it('is not marked where the server has another reason', async () => {
    expect(await refused('5.7.1 Not from your network')).to.equal(undefined);
  });

  it('is not marked where the sender is what it does not like', async () => {
    expect(await refused('5.1.8 Bad sender address')).to.equal(undefined);
  });
});
