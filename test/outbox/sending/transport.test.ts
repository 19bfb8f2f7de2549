import { expect } from 'chai';
import { createTransport } from 'nodemailer';
import type { Outcome } from '../../../src/outbox/sending/outcome.ts';
import { openTransport, patience } from '../../../src/outbox/sending/transport.ts';
import { writeMail } from '../../../src/outbox/write-mail.ts';
import { ofAnotherName } from '../../support/mail/certificates.ts';
import { type Behaviour, type Smtp, startSmtp } from '../../support/mail/smtp.ts';

const posting = {
  envelope: { from: 'boostdagar@example.se', to: 'asa.oberg@example.se' },
  raw: Buffer.from('From: boostdagar@example.se\r\nMessage-ID: <1@example.se>\r\nSubject: x\r\n\r\nhej\r\n'),
};

/** Short, so that a server which says nothing is given up within the test. */
const impatience = { connection: 10_000, greeting: 700, answer: 1500 };

/** One attempt on a server that behaves so. */
async function attempt(
  behaviour: Behaviour,
  options: Parameters<typeof startSmtp>[1] & { production?: boolean; url?: (smtp: Smtp) => string } = {},
): Promise<{ outcome: Outcome; smtp: Smtp }> {
  const smtp = await startSmtp(behaviour, options);
  const smtpUrl = options.url?.(smtp) ?? smtp.url;
  const transport = openTransport({ smtpUrl, production: options.production ?? false }, impatience);
  const outcome = await transport.send(posting);
  transport.close();
  await smtp.close();
  return { outcome, smtp };
}

/** What nodemailer says was measured on this server (L12); what follows from it is R72 and R74. */
const table: [Behaviour, Outcome['outcome'], code: string][] = [
  [{ greeting: 421 }, 'wait', '421'],
  [{ greeting: 554 }, 'wait', '554'],
  [{ mailFrom: 421 }, 'wait', '421'],
  [{ mailFrom: 451 }, 'wait', '451'],
  [{ mailFrom: 550 }, 'wait', '550'],
  [{ rcpt: 421 }, 'later', '421'],
  [{ rcpt: 450 }, 'later', '450'],
  [{ rcpt: 452 }, 'later', '452'],
  [{ rcpt: 550 }, 'refused', '550'],
  [{ data: 421 }, 'later', '421'],
  [{ data: 451 }, 'later', '451'],
  [{ data: 554 }, 'refused', '554'],
  [{ hangs: 'greeting' }, 'wait', 'ETIMEDOUT'],
  [{ hangs: 'EHLO' }, 'lost', 'ETIMEDOUT'],
  [{ hangs: 'MAIL' }, 'lost', 'ETIMEDOUT'],
  [{ hangs: 'RCPT' }, 'lost', 'ETIMEDOUT'],
  [{ hangs: 'DATA' }, 'lost', 'ETIMEDOUT'],
  [{ hangs: 'dot' }, 'lost', 'ETIMEDOUT'],
  [{ lineLost: true }, 'lost', 'ECONNECTION'],
];

/** Whose fault a temporary refusal is, by RFC 3463 where the server tells, else by RFC 5321. */
const subjects: [Behaviour, aboutDomain: boolean][] = [
  [{ rcpt: 450 }, false],
  [{ rcpt: 450, words: '4.2.0 Greylisted' }, false],
  [{ rcpt: 450, words: '4.7.1 Too fast' }, true],
  [{ rcpt: 451 }, true],
  [{ rcpt: 451, words: '4.7.500 Server busy' }, true],
  [{ rcpt: 452 }, true],
  [{ rcpt: 452, words: '4.2.2 Mailbox full' }, false],
  [{ rcpt: 421 }, true],
  [{ data: 451 }, true],
  [{ data: 451, words: '4.1.8 Address does not resolve' }, false],
];

describe('post/transport', () => {
  it('sends the exact bytes to the one receiver', async () => {
    const { outcome, smtp } = await attempt({});
    expect(outcome.outcome).to.equal('sent');
    expect(smtp.mails).to.have.length(1);
    expect(smtp.mails[0]).to.deep.equal({
      from: posting.envelope.from,
      to: [posting.envelope.to],
      raw: posting.raw,
    });
  });

  it('waits at least as long as RFC 5321 4.5.3.2 asks for', () => {
    expect(patience.greeting).to.be.at.least(5 * 60_000);
    expect(patience.answer).to.be.at.least(10 * 60_000);
  });

  for (const [behaviour, outcome, code] of table)
    it(`${JSON.stringify(behaviour)} means ${outcome} (R72, R74)`, async () => {
      const { outcome: found } = await attempt(behaviour);
      expect(found).to.include({ outcome, code });
    });

  for (const [behaviour, domain] of subjects)
    it(`${JSON.stringify(behaviour)} is about ${domain ? 'the whole domain' : 'one mailbox'} (R73)`, async () => {
      const { outcome } = await attempt(behaviour);
      expect(outcome).to.include({ outcome: 'later', domain });
    });

  it('has sent the mail where the line is lost after the server took it (R70)', async () => {
    const { smtp } = await attempt({ lineLost: true });
    expect(smtp.mails).to.have.length(1);
  });

  it('believes 452 only on a fresh connection, since some take but few letters over one', async () => {
    const smtp = await startSmtp({ lettersALine: 3 });
    const transport = openTransport({ smtpUrl: smtp.url, production: false }, impatience);
    const outcomes = [];
    for (let number = 0; number < 7; number += 1) outcomes.push((await transport.send(posting)).outcome);
    transport.close();
    await smtp.close();
    expect(outcomes).to.deep.equal(Array(7).fill('sent'));
    expect(smtp.lines.total).to.equal(3);
  });

  it('waits with everything where the password is refused (R72)', async () => {
    const { outcome } = await attempt({ password: 535 }, { tls: true, url: (smtp) => smtp.urlWithPassword });
    expect(outcome).to.include({ outcome: 'wait', code: '535' });
  });

  it('signs in over TLS', async () => {
    const { outcome } = await attempt({}, { tls: true, url: (smtp) => smtp.urlWithPassword });
    expect(outcome.outcome).to.equal('sent');
  });

  it('sends no password and, in production, no letter without TLS, unless the operator says so (R75)', async () => {
    const password = await attempt({}, { url: (smtp) => smtp.urlWithPassword });
    expect(password.outcome.outcome).to.equal('wait');
    const production = await attempt({}, { production: true });
    expect(production.outcome.outcome).to.equal('wait');
    expect(production.smtp.mails).to.have.length(0);
    const relay = await attempt({}, { production: true, url: (smtp) => `${smtp.url}?requireTLS=false` });
    expect(relay.outcome.outcome).to.equal('sent');
  });

  const withCa = (ca: string) => (smtp: Smtp) => `${smtp.url}?tls.ca=${encodeURIComponent(ca)}`;
  const wrong: Record<string, Parameters<typeof attempt>[1]> = {
    'that nobody vouches for': { tls: true },
    'that vouches for itself, with a password': { tls: true, url: (smtp) => signedIn(smtp.url) },
    'of another name': { tls: ofAnotherName, url: withCa(ofAnotherName.cert) },
  };
  for (const [what, options] of Object.entries(wrong))
    for (const production of [true, false])
      it(`waits with everything at a certificate ${what}, ${production ? 'in production' : 'at home'}, and sends nothing in clear (R75)`, async () => {
        const { outcome, smtp } = await attempt({}, { production, ...options });
        expect(outcome.outcome).to.equal('wait');
        expect(smtp.mails).to.have.length(0);
      });

  it('takes the same certificate where the name is right', async () => {
    const url = (smtp: Smtp) => `${withCa(ofAnotherName.cert)(smtp)}&tls.servername=annan.example.se`;
    const { outcome } = await attempt({}, { tls: ofAnotherName, production: true, url });
    expect(outcome.outcome).to.equal('sent');
  });

  it('waits with everything where nobody answers, and where there is no such server (R72)', async () => {
    const smtp = await startSmtp();
    await smtp.close();
    const gone = openTransport({ smtpUrl: smtp.url, production: false });
    expect(await gone.send(posting)).to.include({ outcome: 'wait', code: 'ESOCKET' });
    gone.close();
    const nowhere = openTransport({ smtpUrl: 'smtp://post.invalid', production: false });
    expect(await nowhere.send(posting)).to.include({ outcome: 'wait', code: 'EDNS' });
    nowhere.close();
  });

  it('keeps no address out of what the server says (R79)', async () => {
    const { outcome } = await attempt({ rcpt: 550, words: '<asa.oberg@example.se>: Åsa Öberg har slutat' });
    expect(outcome).to.deep.equal({ outcome: 'refused', code: '550', text: '550 … Åsa Öberg har slutat' });
  });

  for (const calendar of [true, false])
    it(`writes what nodemailer’s own writer does but for soft line breaks, ${calendar ? 'with' : 'without'} a calendar object (L6, L11)`, async () => {
      const mail = {
        from: { name: 'Länsstyrelsen "Öst", enheten', address: 'boostdagar@example.se' },
        to: { name: 'Åsa Öberg', address: 'asa@räksmörgås.example' },
        subject: 'Bekräftelse: en titel som är så lång att raden måste vikas, 1 december 2026',
        text: `Hej!\n\n.punkt först \n${'åäö 👩‍🏫 '.repeat(60)}\nslut\t\n`,
        html: `<p>${'x'.repeat(200)}=20</p>\r\n<p>--_NmP-abc-Part_1</p>`,
        icalEvent: calendar
          ? { method: 'REQUEST', content: golden, contentTransferEncoding: 'base64' }
          : undefined,
        encoding: 'quoted-printable',
        date: new Date('2026-11-21T09:00:00Z'),
        messageId: '<1@example.se>',
        baseBoundary: 'abc',
      };
      const streamed = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
      const { message } = await streamed.sendMail(mail);
      const whole = (bytes: unknown) => String(bytes).replaceAll('=\r\n', '');
      expect(whole(writeMail(mail))).to.equal(whole(message));
      for (const line of String(writeMail(mail)).split('\r\n')) expect(line.length).to.be.at.most(78);
    });
});

/** The same server, with a password and the certificate checked. */
function signedIn(url: string): string {
  return url.replace('//', '//anna:hemligt@');
}

const golden = `BEGIN:VCALENDAR\r\nSUMMARY:${'åäö'.repeat(40)}\r\nEND:VCALENDAR\r\n`;
