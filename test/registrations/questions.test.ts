import { expect } from 'chai';
import { paths } from '../../src/base/paths.ts';
import type { Event } from '../../src/events/event.ts';
import { diceOf, inventRegistration } from '../../src/example/people.ts';
import {
  answersOf,
  exampleAnswers,
  fieldsOf,
  readAnswers,
  wordsFor,
} from '../../src/registrations/answers.ts';
import { tokenOf } from '../../src/registrations/personal/links.ts';
import { ticked } from '../../src/registrations/question-rules.ts';
import { type Answers, type NamedQuestion, questions } from '../../src/registrations/questions.ts';
import { type Registration, RegistrationModel } from '../../src/registrations/registration.ts';
import { colleagueField } from '../../src/registrations/sign-up/colleagues-form.ts';
import { isSecondClick } from '../../src/registrations/sign-up/second-click.ts';
import { textsIn } from '../../src/texts/texts.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { anAuthority, anEvent, aPerson, aRegistration, monday } from '../support/builders.ts';
import { type Browser, signIn } from '../support/requests/sign-in.ts';
import { send, visit } from '../support/requests/visitor.ts';
import { wordsOf } from '../support/requests/words.ts';

/** Each question of the table, with an answer that is not that of `aPerson`. */
const other: Record<string, string> = Object.fromEntries(
  questions.map((one) => [one.name, otherAnswer(one)]),
);

function otherAnswer({ name, control, input, choices, example }: NamedQuestion): string {
  if (control === 'checkbox') return example(0) ? '' : ticked;
  const offer = { municipalities: [], modes: ['plats' as const, 'digitalt' as const] };
  const chosen = choices?.(offer).find(({ value }) => value !== example(0));
  if (chosen) return chosen.value;
  return input === 'email' ? 'nils.ek@example.se' : `Annat ${name}`;
}

const same: Record<string, string> = fieldsOf(exampleAnswers());

/** What a browser sends: nothing for a box that is not ticked. */
function sent(fields: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([, field]) => field !== ''));
}

describe('Every question of the sign-up form', () => {
  let app: TestApp;
  let event: Event;

  beforeEach(async () => {
    app = await startApp();
    await anAuthority();
    event = await anEvent({ slug: 'dagen' });
  });

  afterEach(() => app.close());

  const stored = (email = same.email) => RegistrationModel.findOne({ email }).orFail().lean<Registration>();
  const official = (name: keyof Answers, field: string) => wordsFor([])(name, field).join(', ');
  const otherAnswers = () =>
    readAnswers(({ name }) => other[name], { municipalities: [], modes: ['plats', 'digitalt'] });

  /** The names of the fields that a page asks for. */
  const askedIn = (html: string) =>
    [...html.matchAll(/<(?:input|select)[^>]* name="(\w+)"/g)].map(([, name]) => name);

  describe("on the visitors' pages", () => {
    const signUp = (fields: Record<string, string>) => send(app, '/evenemang/dagen/anmalan', fields);

    it('is asked on the page of the event in both languages, and its answer is stored', async () => {
      for (const [language, path] of [
        ['sv', '/evenemang/dagen'],
        ['en', '/en/evenemang/dagen'],
      ] as const) {
        const { html, words } = await visit(app, path);
        for (const { name, label } of questions) {
          expect(askedIn(html)).to.include(name);
          expect(words).to.include(textsIn(language)(label));
        }
      }
      expect((await signUp(sent(other))).status).to.equal(303);
      expect(fieldsOf(await stored(other.email))).to.deep.equal(other);
    });

    it('is asked about a colleague, or once for all of them', async () => {
      const { html } = await signUp({ ...sent(same), add: '1' });
      for (const { name, about } of questions)
        expect(askedIn(html).includes(colleagueField(name)), name).to.equal(about !== 'workplace');

      const colleague = questions.flatMap(({ name, about }) =>
        about === 'workplace' ? [] : [[colleagueField(name), other[name] ?? '']],
      );
      expect((await signUp({ ...sent(same), ...Object.fromEntries(colleague) })).status).to.equal(303);
      const found = fieldsOf(await stored(other.email));
      for (const { name, about } of questions)
        expect(found[name], name).to.equal(about === 'workplace' ? same[name] : other[name]);
    });

    it('is not asked about the attendance of somebody who only signs up others', async () => {
      const { html } = await signUp({ ...sent(same), add: '1', onlyOthers: 'ja' });
      for (const { name, about } of questions)
        expect(askedIn(html).includes(name), name).to.equal(about !== 'attendance');
    });

    it('stands on the page that tells why a sign-up was not taken', async () => {
      await anEvent({ slug: 'stangd', closesAt: new Date(+monday - 1) });
      const { words } = await send(app, '/evenemang/stangd/anmalan', sent(other));
      for (const { name } of questions)
        expect(words).to.include(wordsFor([], textsIn('sv'))(name, other[name] ?? '').join(' '));
    });

    it('is shown and changed on the personal page, unless it is fixed', async () => {
      const registration = await aRegistration(event);
      const path = paths.registration(tokenOf(registration, app.settings.secret));
      const { html } = await visit(app, path);
      for (const { name, isFixed } of questions)
        expect(askedIn(html).includes(name), name).to.equal(!isFixed);

      expect((await send(app, path, sent(other))).status).to.equal(303);
      const changed = fieldsOf(await stored());
      for (const { name, isFixed } of questions)
        expect(changed[name], name).to.equal(isFixed ? same[name] : other[name]);
    });

    it('is told on the personal page when it cannot be changed any more, unless it is fixed', async () => {
      const late = await anEvent({ changeUntil: new Date(+monday - 1) });
      const registration = await aRegistration(late, otherAnswers());
      const { words } = await visit(app, paths.registration(tokenOf(registration, app.settings.secret)));
      for (const { name, isFixed } of questions) {
        const told = wordsFor([], textsIn('sv'))(name, other[name] ?? '').join(' ');
        expect(words.includes(told), name).to.equal(!isFixed);
      }
    });

    it("is in the person's data file", async () => {
      const registration = await aRegistration(event);
      const path = paths.ownData(tokenOf(registration, app.settings.secret));
      const { registration: told } = JSON.parse((await visit(app, path)).html);
      expect(answersOf(told)).to.deep.equal(exampleAnswers());
    });
  });

  describe('in the office', () => {
    let maja: Browser;

    beforeEach(async () => {
      maja = await signIn(app);
    });

    const htmlOf = async (path: string) => (await maja.get(path)).text();

    it('is asked of somebody who is added, and its answer is stored', async () => {
      const path = paths.addParticipant(event._id);
      const html = await htmlOf(path);
      for (const { name, office } of questions) {
        expect(askedIn(html)).to.include(name);
        expect(wordsOf(html)).to.include(office);
      }
      expect((await maja.post(path, sent(other))).status).to.equal(303);
      expect(fieldsOf(await stored(other.email))).to.deep.equal(other);
    });

    it('is asked of somebody who is changed, and its answer is stored', async () => {
      const { _id, changedAt } = await aRegistration(event);
      const path = paths.participant(event._id, _id);
      const html = await htmlOf(path);
      for (const { name } of questions) expect(askedIn(html)).to.include(name);
      const answer = await maja.post(path, { ...sent(other), version: String(+changedAt) });
      expect(answer.status).to.equal(303);
      expect(fieldsOf(await stored(other.email))).to.deep.equal(other);
    });

    it('stands in the edit conflict with both answers in words', async () => {
      const { _id } = await aRegistration(event, otherAnswers());
      const answer = await maja.post(paths.participant(event._id, _id), { ...sent(same), version: '1' });
      expect(answer.status).to.equal(409);
      const words = wordsOf(await answer.text());
      const municipalities = (await anAuthority()).municipalities;
      const inWords = wordsFor(municipalities);
      for (const { name, office } of questions) {
        const [now, typed] = [other, same].map((fields) => inWords(name, fields[name] ?? '').join(', '));
        expect(words).to.include(`${office} ${now} ${typed}`);
      }
    });

    it('stands in the list and in the file, with its heading and its answer', async () => {
      await aRegistration(event, otherAnswers());
      const words = wordsOf(await htmlOf(paths.participants(event._id)));
      const [header = '', row = ''] = (await htmlOf(paths.participantsCsv(event._id))).split('\r\n');
      const cells = row.split(';');
      for (const { name, office, about } of questions) {
        const told = official(name, other[name] ?? '');
        expect(words).to.include(told);
        if (about !== 'name') expect(words).to.include(office);
        expect(cells[header.split(';').indexOf(office)], name).to.equal(told);
      }
    });
  });

  it('makes a sign-up another one than that of a first click', async () => {
    const before = { ...(await aRegistration(event)), createdAt: monday };
    expect(isSecondClick(before, aPerson(), ['plats'], monday)).to.equal(true);
    const answers = otherAnswers();
    for (const { name } of questions) {
      const person = { ...aPerson(), [name]: answers[name] };
      expect(isSecondClick(before, person, [person.mode], monday), name).to.equal(false);
    }
  });

  it('is answered by the people of the example county', async () => {
    const registration = inventRegistration(
      { event, authority: await anAuthority(), now: monday },
      1,
      diceOf(1),
    );
    for (const { name } of questions) expect(registration).to.have.property(name);
  });
});
