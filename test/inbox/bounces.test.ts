import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Context } from '../../src/base/context.ts';
import { fateIn } from '../../src/inbox/judging/delivery-report.ts';
import { resendLetter } from '../../src/letters/resend.ts';
import { type Letter, LetterModel } from '../../src/outbox/letter.ts';
import { letterReturnedTo, returnAddress } from '../../src/outbox/return-address.ts';
import { changeRegistration } from '../../src/registrations/changes/change.ts';
import { type Registration, RegistrationModel } from '../../src/registrations/registration.ts';
import { register } from '../../src/registrations/sign-up/register.ts';
import { startWorker } from '../../src/worker.ts';
import { anAuthority, anEvent, aPerson, aRegistration, monday } from '../support/builders.ts';
import { organiserAt, visitorAt } from '../support/contexts.ts';
import { useDatabase } from '../support/database.ts';
import { startInbox, takingMail } from '../support/mail/inbox.ts';
import { readMail } from '../support/mail/mailbox.ts';
import { startSmtp } from '../support/mail/smtp.ts';

/** The real Postfix bounce, of a letter to this address and come back to that one. */
function bounce(returned: string, receiver: string, changes: Record<string, string> = {}): string {
  const text = readFileSync(join(import.meta.dirname, 'samples/in-real-postfix-dsn.eml'), 'utf8');
  const own = text
    .replaceAll('studs+0b8e7c52=ok@evenemang.example.se', returned)
    .replaceAll('borta@async.example.se', receiver)
    .replaceAll(/Message-Id: .*/g, `Message-Id: <${Math.random()}@mx.example.se>`);
  return Object.entries(changes).reduce((mail, [from, to]) => mail.replaceAll(from, to), own);
}

describe('A letter that comes back', () => {
  useDatabase();
  const context: Context = visitorAt(monday, takingMail);
  let inbox: Awaited<ReturnType<typeof startInbox>>;
  let letter: Letter;
  let registration: Registration;
  before(async () => {
    inbox = await startInbox(context);
  });
  after(() => inbox.close());
  beforeEach(async () => {
    await anAuthority();
    const event = await anEvent();
    const made = await register(context, event._id, aPerson());
    if ('refused' in made) throw new Error('Nobody could sign up');
    registration = made.registration;
    letter = await LetterModel.findOneAndUpdate({}, { state: 'sent', sentAt: monday })
      .orFail()
      .lean<Letter>();
  });

  const returned = () => returnAddress(letter, context.settings);
  const come = (mail: string, to = returned()) => inbox.take(mail, { from: '', to });
  const standing = async () => {
    const { state, error } = await LetterModel.findById(letter._id).orFail().lean<Letter>();
    const { bouncedAt } = await RegistrationModel.findById(registration._id).orFail().lean<Registration>();
    return { state, code: error?.code, bouncedAt };
  };
  const unchanged = { state: 'sent', code: undefined, bouncedAt: undefined };

  it('marks the letter and the address, and mails nothing (R56, R57)', async () => {
    const mail = await come(bounce(returned(), registration.email));
    expect(mail).to.include({ state: 'done', outcome: 'bounced', authority: '05' });
    expect(await standing()).to.deep.equal({ state: 'bounced', code: '5.1.1', bouncedAt: monday });
    expect(await LetterModel.countDocuments()).to.equal(1);
  });

  it('is known by the address that it came to alone, whatever servers do to the rest, also to its case', async () => {
    const mail = bounce('nobody@example.se', registration.email, {
      'Undelivered Mail Returned to Sender': 'Ditt brev kom tillbaka',
      'X-Original-To': 'X-Was-To',
    });
    expect((await come(mail, returned().toUpperCase())).outcome).to.equal('bounced');
  });

  it('is known from a pipe by the headers of its mail server', async () => {
    const mail = bounce(returned(), registration.email);
    expect((await come(mail, context.settings.mailFrom)).outcome).to.equal('bounced');
  });

  it('marks the address wherever it is registered, and no other', async () => {
    const other = await anEvent();
    const same = await aRegistration(other);
    const another = await aRegistration(other, { email: 'bo.ek@example.se' });
    await come(bounce(returned(), registration.email));
    const marked = await RegistrationModel.find({ bouncedAt: monday }).lean();
    expect(marked.map(({ _id }) => String(_id))).to.have.members([registration._id, same._id].map(String));
    expect(marked.map(({ _id }) => String(_id))).to.not.include(String(another._id));
  });

  const harmless: Record<string, Record<string, string>> = {
    'one that is only late (4.x.x)': {
      'Action: failed': 'Action: delayed',
      'Status: 5.1.1': 'Status: 4.4.1',
    },
    'one that failed for now': { 'Status: 5.1.1': 'Status: 4.2.2' },
    'one that arrived': { 'Action: failed': 'Action: delivered', 'Status: 5.1.1': 'Status: 2.0.0' },
    'a report without a verdict': { 'Action: failed': 'X-Action: failed' },
  };
  for (const [what, changes] of Object.entries(harmless))
    it(`does nothing but to be noted: ${what}`, async () => {
      const mail = await come(bounce(returned(), registration.email, changes));
      expect(mail).to.include({ state: 'done', outcome: 'delayed' });
      expect(await standing()).to.deep.equal(unchanged);
    });

  it('is left to people where nobody can tell which letter it was', async () => {
    const mail = await come(bounce('boostdagar@example.se', registration.email), context.settings.mailFrom);
    expect(mail).to.include({ state: 'people', outcome: 'returned' });
    expect(await standing()).to.deep.equal(unchanged);
  });

  it('is no bounce where a person writes to that address, or an absence notice does', async () => {
    const from = `From: ${registration.email}\r\nSubject: Hej\r\n`;
    expect(await inbox.take(`${from}\r\nJag har bytt jobb.\r\n`, { to: returned() })).to.include({
      outcome: 'letter',
      authority: '05',
    });
    expect((await come(`${from}Auto-Submitted: auto-replied\r\n\r\nJag är ledig.\r\n`)).outcome).to.equal(
      'automatic',
    );
    expect(await standing()).to.deep.equal(unchanged);
  });

  it('is forgotten when the organiser tries the address again, until the next one comes back', async () => {
    await come(bounce(returned(), registration.email));
    const again = await resendLetter(organiserAt(monday, takingMail), '05', letter._id);
    expect(again).to.not.have.property('refused');
    expect((await standing()).bouncedAt).to.equal(undefined);
    const copy = await LetterModel.findOne({ state: 'queued' }).orFail().lean<Letter>();
    const address = returnAddress(copy, context.settings);
    expect(address).to.not.equal(returned());
    await come(bounce(address, registration.email), address);
    expect((await standing()).bouncedAt).to.deep.equal(monday);
  });

  it('is forgotten when the organiser mends the address', async () => {
    await come(bounce(returned(), registration.email));
    const { givenName, familyName, organisation, municipality, role, mode } = registration;
    const changes = { givenName, familyName, organisation, municipality, role, mode };
    const organiser = organiserAt(monday, takingMail);
    await changeRegistration(organiser, registration._id, {
      ...changes,
      organisation: 'Ny',
    });
    expect((await standing()).bouncedAt).to.deep.equal(monday);
    await changeRegistration(organiser, registration._id, {
      ...changes,
      email: 'asa@example.se',
    });
    expect((await standing()).bouncedAt).to.equal(undefined);
    // A bounce of the old letter says nothing of the new address.
    await come(bounce(returned(), 'asa.oberg@example.se'));
    expect((await standing()).bouncedAt).to.equal(undefined);
  });
});

describe('The envelope sender of a letter (R56)', () => {
  useDatabase();

  it('is its own for each letter on the line, and its From stays', async () => {
    const smtp = await startSmtp();
    const { settings } = visitorAt(monday, { ...takingMail, smtpUrl: smtp.url });
    await anAuthority();
    const event = await anEvent();
    for (const email of ['asa@example.se', 'bo@example.se'])
      await register({ now: monday, by: {}, settings }, event._id, aPerson({ email }));
    const worker = startWorker({ settings, clock: () => monday });
    const mails = await smtp.received(2);
    await worker.stop();
    await smtp.close();
    const senders = mails.map(({ from }) => from);
    expect(new Set(senders).size).to.equal(2);
    for (const { from, to, raw } of mails) {
      expect(from).to.match(/^studs\+[\da-f]{48}@studs\.example\.se$/);
      const letter = await LetterModel.findById(letterReturnedTo(from, settings)).orFail().lean<Letter>();
      expect(to).to.deep.equal([letter.to.address]);
      expect((await readMail({ from, to, raw })).from).to.contain('boostdagar@example.se');
    }
  });

  it('cannot be made up, and is the From where no domain is set', async () => {
    const { settings } = visitorAt(monday, takingMail);
    const letter = {
      _id: (await aRegistration(await anEvent()))._id,
      from: { name: '', address: 'boostdagar@example.se' },
    };
    const real = returnAddress(letter, settings);
    expect(String(letterReturnedTo(real, settings))).to.equal(String(letter._id));
    const last = real.at(53) === '0' ? '1' : '0';
    for (const forged of [
      real.slice(0, 53) + last + real.slice(54),
      real.replace('@studs.', '@andra.'),
      real.replace('studs+', ''),
      'studs+@studs.example.se',
      '',
    ])
      expect(letterReturnedTo(forged, settings), forged).to.equal(undefined);
    expect(letterReturnedTo(real, { ...settings, secret: 'another secret' })).to.equal(undefined);
    expect(returnAddress(letter, { ...settings, envelopeDomain: undefined })).to.equal(
      'boostdagar@example.se',
    );
  });
});

describe('A delivery report (RFC 3464)', () => {
  const about = (address: string, action: string, status: string) =>
    `\r\nFinal-Recipient: rfc822;${address}\r\nAction: ${action}\r\nStatus: ${status}\r\nDiagnostic-Code: smtp; 550 5.1.1\r\n unknown\r\n`;
  const head = 'Reporting-MTA: dns; mx.example.se\r\n';

  it('of several receivers is about the one that the letter went to', () => {
    const report =
      head + about('asa@example.se', 'delivered', '2.0.0') + about('bo@example.se', 'failed', '5.1.1');
    expect(fateIn(report, 'asa@example.se')).to.deep.equal({ fate: 'open' });
    expect(fateIn(report, 'bo@example.se')).to.deep.equal({
      fate: 'failed',
      status: '5.1.1',
      text: '550 5.1.1 unknown',
    });
  });

  it('of mail that was passed on counts where all whom it was passed on to failed', () => {
    const failed = head + about('ny@annat.example', 'failed', '5.2.1');
    expect(fateIn(failed, 'asa@example.se')).to.include({ fate: 'failed', status: '5.2.1' });
    expect(fateIn(failed + about('till@annat.example', 'relayed', '2.0.0'), 'asa@example.se')).to.deep.equal({
      fate: 'open',
    });
  });

  it('says nothing where it is empty or broken', () => {
    for (const report of ['', head, 'Action: failed', '\r\n\r\n:::', about('', 'failed', '9.9')])
      expect(fateIn(report, 'asa@example.se'), report).to.deep.equal({ fate: 'open' });
  });
});
