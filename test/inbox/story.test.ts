import { expect } from 'chai';
import ICAL from 'ical.js';
import { createTransport } from 'nodemailer';
import PostalMime from 'postal-mime';
import { paths } from '../../src/base/paths.ts';
import { EventModel } from '../../src/events/event.ts';
import { type Listener, openListener } from '../../src/inbox/listener.ts';
import { LetterModel } from '../../src/outbox/letter.ts';
import { RegistrationModel } from '../../src/registrations/registration.ts';
import { startWorker } from '../../src/worker.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { aForm, anAuthority, anEvent, monday } from '../support/builders.ts';
import { ourServer, takingMail } from '../support/mail/inbox.ts';
import { personalLink, readMail } from '../support/mail/mailbox.ts';
import { type Mail, type Smtp, startSmtp } from '../support/mail/smtp.ts';
import { send, visit } from '../support/requests/visitor.ts';

/** What a calendar mails where its owner presses No: the object that it got, with the answer in it. */
async function noTo(invitation: Mail): Promise<string> {
  const { attachments, headers } = await PostalMime.parse(invitation.raw, { attachmentEncoding: 'utf8' });
  const object = new ICAL.Component(ICAL.parse(String(attachments[0]?.content)));
  const event = object.getFirstSubcomponent('vevent');
  object.updatePropertyWithValue('method', 'REPLY');
  event?.updatePropertyWithValue('dtstamp', ICAL.Time.fromDateTimeString('2027-01-11T10:30:00Z'));
  event?.getFirstProperty('attendee')?.setParameter('partstat', 'DECLINED');
  const reference = headers.find(({ key }) => key === 'message-id')?.value;
  return [
    `Authentication-Results: ${ourServer}; dmarc=pass header.from=example.se`,
    `From: ${invitation.to[0]}`,
    `In-Reply-To: ${reference}`,
    'Message-ID: <nej@example.se>',
    'Content-Type: text/calendar; method=REPLY; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(object.toString()).toString('base64').replace(/.{76}/g, '$&\r\n'),
    '',
  ].join('\r\n');
}

describe('A no in a calendar, from the invitation to the free seat', () => {
  let app: TestApp;
  let smtp: Smtp;
  let listener: Listener;
  let worker: ReturnType<typeof startWorker>;
  let now = monday;
  const clock = () => now;

  before(async () => {
    smtp = await startSmtp();
    app = await startApp({ clock, settings: { ...takingMail, smtpUrl: smtp.url } });
    const { settings } = app;
    listener = await openListener({ host: '127.0.0.1', port: 0 }, { settings, clock });
    worker = startWorker({ settings, clock });
  });
  after(async () => {
    await worker.stop();
    await listener.close();
    await app.close();
    await smtp.close();
  });

  const arrived = async (count: number): Promise<Mail> => {
    const mail = (await smtp.received(count)).at(count - 1);
    if (!mail) throw new Error(`There is no letter ${count}`);
    return mail;
  };
  const comeBack = async (mail: string, from: string, to: string) => {
    const line = createTransport({ host: '127.0.0.1', port: listener.port, ignoreTLS: true });
    await line.sendMail({ envelope: { from, to }, raw: mail });
    line.close();
  };

  it('asks for an answer, keeps the seat, asks the person, and frees it when the person says so', async () => {
    await anAuthority();
    const event = await anEvent({ slug: 'dagen' });
    const person = aForm();
    await send(app, paths.signUp('dagen'), person);
    const invitation = await arrived(1);
    const { attachments } = await PostalMime.parse(invitation.raw, { attachmentEncoding: 'utf8' });
    expect(String(attachments[0]?.content).replace(/\r?\n /g, '')).to.match(/ATTENDEE;.*RSVP=TRUE/);

    await comeBack(await noTo(invitation), person.email, app.settings.mailFrom);
    const question = await readMail(await arrived(2));
    expect(question.subject).to.match(/^Kommer du\? ”Skolan som skydd/);
    expect(question.entry).to.equal(undefined);
    expect((await EventModel.findById(event._id).orFail().lean()).taken.plats).to.equal(1);

    now = new Date(+monday + 60_000);
    const link = personalLink(question);
    expect(question.text).to.include(`${link}/avboka`);
    expect((await visit(app, `${link}/avboka`)).words).to.include('Jag kommer');
    await send(app, `${link}/avboka`);
    const farewell = await arrived(3);
    expect((await readMail(farewell)).entry).to.include({ method: 'CANCEL', sequence: 1 });
    expect((await EventModel.findById(event._id).orFail().lean()).taken.plats).to.equal(0);
    expect((await RegistrationModel.findOne().lean())?.status).to.equal('cancelled');
    expect((await LetterModel.find().lean()).map(({ kind }) => kind)).to.have.members([
      'confirmation',
      'are-you-coming',
      'cancelled',
    ]);
    expect(new Set(smtp.mails.map(({ from }) => from)).size).to.equal(3);
  });
});
