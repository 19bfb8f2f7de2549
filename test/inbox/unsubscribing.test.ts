import { expect } from 'chai';
import type { Context } from '../../src/base/context.ts';
import { compose } from '../../src/letters/compose.ts';
import { type Letter, LetterModel } from '../../src/outbox/letter.ts';
import { returnAddress, unsubscribeAddress } from '../../src/outbox/return-address.ts';
import type { LetterFacts } from '../../src/registrations/letter-facts.ts';
import { type Registration, RegistrationModel } from '../../src/registrations/registration.ts';
import { register } from '../../src/registrations/sign-up/register.ts';
import { anAuthority, anEvent, aPerson, monday } from '../support/builders.ts';
import { visitorAt } from '../support/contexts.ts';
import { useDatabase } from '../support/database.ts';
import { startInbox, takingMail } from '../support/mail/inbox.ts';

const aNo = (subject = 'Inga fler påminnelser') =>
  `From: Anna Öst <anna@annan.example.se>\r\nSubject: ${subject}\r\nMessage-ID: <${Math.random()}@example.se>\r\n\r\n`;

describe('A mail that says no to more reminders', () => {
  useDatabase();
  const context: Context = visitorAt(monday, takingMail);
  let inbox: Awaited<ReturnType<typeof startInbox>>;
  let letter: Letter<LetterFacts>;
  before(async () => {
    inbox = await startInbox(context);
  });
  after(() => inbox.close());
  beforeEach(async () => {
    await anAuthority();
    const made = await register(context, (await anEvent())._id, aPerson());
    if ('refused' in made) throw new Error('Nobody could sign up');
    letter = await LetterModel.findOneAndUpdate(
      {},
      { kind: 'reminder', calendar: null },
      { returnDocument: 'after' },
    )
      .orFail()
      .lean<Letter<LetterFacts>>();
  });

  const own = () => unsubscribeAddress(letter, context.settings) ?? '';
  const isSilent = async () =>
    (await RegistrationModel.findOne().orFail().lean<Registration>()).noReminders === true;
  const mailtoWith = async (settings: Partial<Context['settings']>) =>
    (await compose(letter, { ...context.settings, ...settings })).unsubscribeMail ?? '';

  it('goes to the address in the letter, which the inbox reads, and needs no certain sender', async () => {
    expect(await mailtoWith({})).to.include(`mailto:${own()}?subject=Inga%20fler%20p%C3%A5minnelser`);
    const mail = await inbox.take(aNo(), { to: own().toUpperCase() });
    expect(mail).to.include({ state: 'done', outcome: 'unsubscribed', authority: '05' });
    expect(await isSilent()).to.equal(true);
    const { status } = await RegistrationModel.findOne().orFail().lean();
    expect(status).to.equal('confirmed');
  });

  it('may have lost its subject and its text', async () => {
    expect(await inbox.take(aNo(''), { to: own() })).to.include({ outcome: 'unsubscribed' });
    expect(await isSilent()).to.equal(true);
  });

  it('is read from its heads too, where a pipe hands it on', async () => {
    expect(await inbox.take(`To: <${own()}>\r\n${aNo()}`)).to.include({ outcome: 'unsubscribed' });
  });

  it('does nothing at any other address: a forged one, where bounces come, another domain', async () => {
    const forged = own().replace(/.(?=@)/, (sign) => (sign === '0' ? '1' : '0'));
    const asReturn = own().replace('nej+', 'studs+');
    const asNo = returnAddress(letter, context.settings).replace('studs+', 'nej+');
    for (const to of [forged, asReturn, asNo, own().replace(/@.*/, '@example.se')]) {
      const refusal = await inbox.take(aNo(), { to }).catch((error: Error) => error.message);
      expect(refusal, to).to.match(/no such mailbox/);
      const header = `To: <${to}>
`;
      expect(await inbox.take(header + aNo()), to).to.include({ outcome: 'letter' });
      expect(await isSilent(), to).to.equal(false);
    }
  });

  it('goes to the contact of the event where no inbox reads it', async () => {
    const contact = /^mailto:maja\.lindgren@example\.se\?subject=/;
    expect(await mailtoWith({ envelopeDomain: undefined })).to.match(contact);
    expect(await mailtoWith({ inboundListen: undefined, inboundAuthservId: undefined })).to.match(contact);
  });
});
