import { expect } from 'chai';
import { paths } from '../../../src/base/paths.ts';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { tokenOf } from '../../../src/registrations/personal/links.ts';
import {
  type GivenAnswer,
  type Registration,
  RegistrationModel,
} from '../../../src/registrations/registration.ts';
import { inLanguage } from '../../../src/texts/addresses.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEvent, aRegistration, monday } from '../../support/builders.ts';
import { send, visit } from '../../support/requests/visitor.ts';

describe('What a letter asks of a person', () => {
  let app: TestApp;
  let now = monday;
  let event: Event;
  let registration: Registration;
  let token: string;

  beforeEach(async () => {
    now = monday;
    app = await startApp({ clock: () => now });
    await anAuthority();
    event = await anEvent({ slug: 'dagen' });
    registration = await aRegistration(event);
    token = tokenOf(registration, app.settings.secret);
  });
  afterEach(() => app.close());

  const stored = () => RegistrationModel.findById(registration._id).orFail().lean<Registration>();

  describe('no more reminders (R62)', () => {
    it('is a question that changes nothing, whoever opens it', async () => {
      const page = await visit(app, paths.reminders(token));
      expect(page.status).to.equal(200);
      expect(page.words).to.include('Vill du stänga av påminnelser om ”Skolan som skydd');
      await fetch(app.url + paths.reminders(token), { method: 'HEAD' });
      await visit(app, paths.wantReminders(token));
      expect(await stored()).to.not.have.property('noReminders');
    });

    const clicks: Record<string, RequestInit> = {
      'a mail provider, as a form': { body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) },
      'a mail provider, in parts': {
        body: '--a\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--a--\r\n',
        headers: { 'Content-Type': 'multipart/form-data; boundary=a' },
      },
      'a mail program in a browser': {
        body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
        headers: { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://mejl.example.com' },
      },
      'the page itself': { body: '', headers: { 'Sec-Fetch-Site': 'same-origin' } },
    };
    for (const [who, click] of Object.entries(clicks))
      it(`is one post without a cookie, answered at once: ${who}`, async () => {
        for (const path of [paths.reminders(token), inLanguage(paths.reminders(token), 'en')]) {
          const answer = await fetch(app.url + path, { method: 'POST', redirect: 'manual', ...click });
          expect(answer.status).to.equal(200);
          expect(answer.headers.has('set-cookie')).to.equal(false);
        }
        expect(await stored()).to.include({ noReminders: true, status: 'confirmed' });
      });

    it('can be undone, on its page and from the own one', async () => {
      await send(app, paths.reminders(token), {});
      expect((await visit(app, paths.registration(token))).words).to.include('Få påminnelser igen');
      expect((await visit(app, paths.reminders(token))).words).to.include('Du får inga påminnelser');
      const answer = await send(app, paths.wantReminders(token), {});
      expect(answer.status).to.equal(303);
      expect(await stored()).to.not.have.property('noReminders');
      expect((await visit(app, answer.headers.get('location') ?? '')).words).to.include(
        'Du får påminnelser igen',
      );
    });

    it('takes no made-up link, and no other form of another site', async () => {
      expect((await send(app, paths.reminders('A'.repeat(40)), {})).status).to.equal(404);
      const forged = {
        method: 'POST',
        headers: { 'Sec-Fetch-Site': 'cross-site' },
        redirect: 'manual',
      } as const;
      for (const path of [
        paths.wantReminders(token),
        paths.cancelRegistration(token),
        paths.keepRegistration(token),
      ])
        expect((await fetch(app.url + path, forged)).status, path).to.equal(403);
    });
  });

  describe('whether to come after all (R52)', () => {
    const declined: GivenAnswer = { status: 'declined', at: monday, stamp: monday, sequence: 0 };
    const decline = (answer = declined) => RegistrationModel.updateOne({ _id: registration._id }, { answer });

    it('is asked on the own page and on the way to cancel, and opening them changes nothing', async () => {
      await decline();
      const own = await visit(app, paths.registration(token));
      expect(own.words).to.include('Din kalender har svarat nej').and.include('Jag kommer');
      expect((await visit(app, paths.cancelRegistration(token))).html).to.include(
        `formaction="${paths.keepRegistration(token)}"`,
      );
      expect((await visit(app, paths.keepRegistration(token))).status).to.equal(303);
      expect(await stored()).to.deep.include({ status: 'confirmed', answer: declined });
    });

    it('is asked in other words where the no came from another address', async () => {
      await decline({ ...declined, alias: 'nagon.annan@example.se' });
      for (const [prefix, words] of [
        ['', 'En kalender har svarat nej på inbjudan'],
        ['/en', 'A calendar has answered no to the invitation'],
      ])
        expect((await visit(app, prefix + paths.registration(token))).words)
          .to.include(words)
          .and.not.include('Din kalender');
    });

    it('is answered by cancelling, which frees the seat', async () => {
      await decline();
      await send(app, paths.cancelRegistration(token), {});
      expect((await stored()).status).to.equal('cancelled');
      expect((await EventModel.findById(event._id).orFail().lean()).taken.plats).to.equal(0);
    });

    it('is answered by staying, once', async () => {
      await decline();
      now = new Date(+monday + 60_000);
      for (const _time of [1, 2]) {
        const answer = await send(app, paths.keepRegistration(token), {});
        const page = await visit(app, answer.headers.get('location') ?? '');
        expect(page.words).to.include('Du är kvar som anmäld').and.not.include('Din kalender har svarat nej');
      }
      expect((await stored()).answer).to.deep.equal({ status: 'accepted', at: now, stamp: now, sequence: 0 });
      expect((await EventModel.findById(event._id).orFail().lean()).taken.plats).to.equal(1);
    });

    it('is not asked where the answer was to an earlier time, or it is too late to cancel', async () => {
      await decline();
      await RegistrationModel.updateOne({ _id: registration._id }, { sequence: 1 });
      expect((await visit(app, paths.registration(token))).words).to.not.include(
        'Din kalender har svarat nej',
      );
      await RegistrationModel.updateOne({ _id: registration._id }, { sequence: 0 });
      now = event.start;
      expect((await visit(app, paths.registration(token))).words).to.not.include(
        'Din kalender har svarat nej',
      );
    });

    it('stands in what the person can fetch about themselves, with what has come in (G7)', async () => {
      await decline();
      const answer = await fetch(app.url + paths.ownData(token));
      expect(await answer.json()).to.deep.include({ mails: [] });
    });
  });
});
