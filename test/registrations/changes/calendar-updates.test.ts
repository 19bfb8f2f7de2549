import { expect } from 'chai';
import ICAL from 'ical.js';
import PostalMime from 'postal-mime';
import { detailsOf, planOf } from '../../../src/events/details/form.ts';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { compose } from '../../../src/letters/compose.ts';
import { deliver } from '../../../src/outbox/sending/delivery.ts';
import { openTransport, type Transport } from '../../../src/outbox/sending/transport.ts';
import { cancelRegistration } from '../../../src/registrations/changes/cancel.ts';
import { changeRegistration } from '../../../src/registrations/changes/change.ts';
import { changeEvent } from '../../../src/registrations/changes/change-event.ts';
import type { Registration } from '../../../src/registrations/registration.ts';
import { register } from '../../../src/registrations/sign-up/register.ts';
import { anAuthority, anEvent, aPerson, monday } from '../../support/builders.ts';
import { organiserAt, visitorAt } from '../../support/contexts.ts';
import { useDatabase } from '../../support/database.ts';
import { type Smtp, startSmtp } from '../../support/mail/smtp.ts';

describe('what reaches one whose event changes', () => {
  let smtp: Smtp;
  let transport: Transport;
  let minutes: number;

  useDatabase();
  beforeEach(async () => {
    await anAuthority();
    smtp = await startSmtp();
    transport = openTransport({ smtpUrl: smtp.url, production: false });
    minutes = 0;
  });
  afterEach(async () => {
    transport.close();
    await smtp.close();
  });

  /** Each act takes place a minute after the one before. */
  const now = () => {
    minutes += 1;
    return new Date(+monday + minutes * 60_000);
  };

  async function signUp(event: Event): Promise<Registration> {
    const result = await register(visitorAt(now()), event._id, aPerson());
    if ('refused' in result) throw new Error(result.refused);
    return result.registration;
  }

  async function move(id: Event['_id'], changes: Record<string, string>) {
    const event = await EventModel.findById(id).orFail().lean<Event>();
    const typed = { ...detailsOf(event), ...changes } as Parameters<typeof planOf>[0];
    const seen = { version: event.version, letters: true };
    await changeEvent(organiserAt(now()), id, seen, planOf(typed));
  }

  async function readdress({ _id, status: _status, ...person }: Registration, email: string) {
    const { givenName, familyName, organisation, municipality, role, mode } = person;
    const changes = { givenName, familyName, organisation, municipality, role, mode, email };
    const changed = await changeRegistration(organiserAt(now()), _id, changes);
    if ('refused' in changed) throw new Error(changed.refused);
    return changed.registration;
  }

  /** Sends what is owed, and reads every mail so far: to whom, its subject, text and calendar object in short. */
  async function received() {
    const { settings } = visitorAt(monday);
    const write = (letter: Parameters<typeof compose>[0]) => compose(letter, settings);
    const round = () => {
      const moment = now();
      return deliver({ clock: () => moment, by: 'the worker', compose: write, send: transport.send });
    };
    while ((await round()).claimed > 0);
    return Promise.all(
      smtp.mails.map(async ({ to, raw }) => {
        const mail = await PostalMime.parse(raw, { attachmentEncoding: 'utf8' });
        const object = mail.attachments.find(({ mimeType }) => mimeType === 'text/calendar');
        return {
          to: to[0],
          subject: mail.subject,
          text: mail.text ?? '',
          entry: object && entryOf(object.content),
        };
      }),
    );
  }

  function entryOf(content: unknown) {
    const calendar = new ICAL.Component(ICAL.parse(String(content)));
    const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent') ?? undefined);
    return {
      method: calendar.getFirstPropertyValue('method'),
      uid: event.uid,
      sequence: event.sequence,
      start: event.startDate.toString(),
    };
  }

  it('is one confirmation with the new time, where it was moved before the first one left (R71)', async () => {
    const event = await anEvent();
    const { uid } = await signUp(event);
    await move(event._id, { date: '2027-02-12' });
    const [mail, ...more] = await received();
    expect(more).to.deep.equal([]);
    expect(mail?.subject).to.match(/^Bekräftelse: /);
    expect(mail?.text)
      .to.include('Du är anmäld till ”Skolan som skydd')
      .and.include('När: fredag 12 februari 2027, klockan 9.00–12.00')
      .and.not.include('ändrats');
    expect(mail?.entry).to.deep.equal({ method: 'REQUEST', uid, sequence: 1, start: '2027-02-12T09:00:00' });
  });

  it('is one letter about two changes, which still says that one is registered', async () => {
    const event = await anEvent();
    await signUp(event);
    await received();
    await move(event._id, { date: '2027-02-12' });
    await move(event._id, { date: '2027-02-15', venue: 'Rådhuset' });
    const [, mail, ...more] = await received();
    expect(more).to.deep.equal([]);
    expect(mail?.text)
      .to.include(
        'Ny tid: måndag 15 februari 2027, klockan 9.00–12.00. Den gamla tiden var torsdag 11 februari',
      )
      .and.include('Den gamla var Residenset, Borggården 1, Linköping.')
      .and.include('Du är fortfarande anmäld.');
    expect(mail?.entry).to.include({ method: 'REQUEST', sequence: 2, start: '2027-02-15T09:00:00' });
  });

  it('moves with the address: the old calendar loses it, the new one gets and keeps its own (R39)', async () => {
    const event = await anEvent();
    const registration = await signUp(event);
    await received();
    const changed = await readdress(registration, 'ny@example.se');
    await move(event._id, { date: '2027-02-12' });
    const mails = (await received()).slice(1);
    const at = (address: string) => mails.filter(({ to }) => to === address);
    const [farewell, ...more] = at('asa.oberg@example.se');
    expect(more).to.deep.equal([]);
    expect(farewell?.subject).to.match(/^Ny e-postadress: /);
    expect(farewell?.text)
      .to.include('har fått en annan e-postadress')
      .and.not.include('ny@example.se')
      .and.not.include('/anmalan/');
    expect(farewell?.entry).to.include({ method: 'CANCEL', uid: registration.uid, sequence: 1 });
    const [invitation, ...later] = at('ny@example.se');
    expect(later).to.deep.equal([]);
    expect(invitation?.text).to.include('Du är anmäld till').and.include('fredag 12 februari 2027');
    expect(invitation?.entry).to.deep.include({ method: 'REQUEST', uid: changed.uid, sequence: 2 });

    await cancelRegistration(visitorAt(now()), registration._id);
    const last = (await received()).at(-1);
    expect([last?.to, last?.entry?.method, last?.entry?.uid]).to.deep.equal([
      'ny@example.se',
      'CANCEL',
      changed.uid,
    ]);
  });
});
