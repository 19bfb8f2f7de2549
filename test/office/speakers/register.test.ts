import { expect } from 'chai';
import { AuditModel } from '../../../src/audit/log.ts';
import { paths } from '../../../src/base/paths.ts';
import { type Event, EventModel } from '../../../src/events/event.ts';
import { type SpeakerEntry, SpeakerModel } from '../../../src/speakers/entries/speaker.ts';
import { registerSpeakers } from '../../../src/speakers/programme.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { anAuthority, anEngagement, anEvent, aSpeaker, monday } from '../../support/builders.ts';
import { organiserAt } from '../../support/contexts.ts';
import { type Browser, signIn, tokenIn } from '../../support/requests/sign-in.ts';
import { wordsOf } from '../../support/requests/words.ts';

const answers = { name: 'Elin Sandbäck', language: 'sv', email: 'elin@example.se', needs: 'Egen dator' };

describe('The register of speakers in the office', () => {
  let app: TestApp;
  let maja: Browser;

  beforeEach(async () => {
    app = await startApp();
    await anAuthority();
    maja = await signIn(app);
  });
  afterEach(() => app.close());

  const page = async (path: string) => (await maja.get(path)).text();
  const entry = async (name: string) => SpeakerModel.findOne({ name }).orFail().lean<SpeakerEntry>();
  const speakersOf = async ({ _id }: Event) =>
    (await EventModel.findById(_id).orFail().lean<Event>()).sessions.flatMap(({ speakers }) => speakers);
  const anEventWithElin = async (facts: Partial<Event> = {}) =>
    registerSpeakers(organiserAt(monday), await anEvent(facts));

  it('is searched by folded words, and shows what one has spoken at', async () => {
    await anEventWithElin({ title: 'Förra årets dag', start: new Date('2026-02-11T08:00:00Z') });
    await anEventWithElin({ title: 'Årets dag' });
    await aSpeaker({ name: 'Åke Öst', organisation: 'Ydre kommun' });
    expect(await page(`${paths.speakers()}?q=SANDBACK+norra`))
      .to.contain('Elin Sandbäck')
      .and.not.contain('Åke');
    expect(await page(`${paths.speakers()}?q=finnsinte`)).to.contain('Ingen medverkande stämmer');
    const own = await page(paths.speaker((await entry('Elin Sandbäck'))._id));
    expect(own).to.contain('Förra årets dag').and.contain('Årets dag');
    expect(own).to.contain('9.00–10.30 Det som håller barn kvar i skolan');
  });

  it('takes somebody new, and says what is wrong with what was typed', async () => {
    const wrong = await maja.post(paths.speakers(), { ...answers, name: '', email: 'elin@' });
    expect(wrong.status).to.equal(422);
    expect(await wrong.text())
      .to.contain('Skriv vad personen heter')
      .and.contain('value="elin@"');
    const saved = await maja.post(paths.speakers(), answers);
    const { _id, ...kept } = await entry('Elin Sandbäck');
    expect(saved.headers.get('location')).to.equal(`${paths.speaker(_id)}?klart=ny`);
    expect(kept).to.deep.include({ ...answers, authority: '05', version: 1 });
  });

  it('presents somebody anew at events to come, and leaves those that were', async () => {
    const past = await anEventWithElin({ end: new Date('2026-02-11T11:00:00Z') });
    const coming = await anEventWithElin();
    const { _id } = await entry('Elin Sandbäck');
    const saved = await maja.post(paths.speaker(_id), { ...answers, name: 'Elin Ek', version: '1' });
    expect(saved.status).to.equal(303);
    expect((await speakersOf(past))[0]).to.include({ name: 'Elin Sandbäck', email: '' });
    expect((await speakersOf(coming))[0]).to.include({ name: 'Elin Ek', email: 'elin@example.se' });
    const logged = await AuditModel.findOne({ action: 'speaker.changed' }).orFail().lean();
    expect(logged.fields).to.include.members(['name', 'email', 'needs']);
  });

  it('keeps both of two edits of different fields, and asks about the same one', async () => {
    const { _id } = await aSpeaker();
    const address = paths.speaker(_id);
    const seen = tokenIn(await page(address), 'seen');
    const { name, title, organisation, email } = await entry('Elin Sandbäck');
    const form = { name, title, organisation, email, language: 'sv', version: '1', seen };
    expect((await maja.post(address, { ...form, title: 'docent' })).status).to.equal(303);
    const both = await maja.post(address, { ...form, phone: '010-000 00 00' });
    expect(both.headers.get('location')).to.equal(`${address}?klart=sparat&samtidigt=title`);
    expect(await entry(name)).to.include({ title: 'docent', phone: '010-000 00 00' });
    const conflict = await maja.post(address, { ...form, title: 'professor' });
    expect([conflict.status, (await conflict.text()).includes('docent')]).to.deep.equal([409, true]);
  });

  it('makes one of two, which then has the sessions of both', async () => {
    const event = await anEventWithElin();
    const first = await entry('Elin Sandbäck');
    const other = await aSpeaker({ title: 'docent', organisation: 'Södra Ekeby högskola' });
    const both = await page(paths.mergeSpeakers(other._id, first._id));
    expect(both).to.contain('lektor i pedagogik').and.contain('docent').and.contain('Skolan som skydd');
    const merged = await maja.post(paths.mergeSpeakers(other._id, first._id), {
      title: 'andra',
      organisation: 'denna',
    });
    expect(merged.headers.get('location')).to.equal(`${paths.speaker(other._id)}?klart=ihop`);
    expect(await SpeakerModel.find().lean()).to.have.length(1);
    expect(await entry('Elin Sandbäck')).to.include({
      title: 'lektor i pedagogik',
      organisation: 'Södra Ekeby högskola',
      email: 'elin.sandback@example.se',
    });
    expect((await speakersOf(event))[0]?.entry).to.deep.equal(other._id);
  });

  it('lets go of one who speaks nowhere, and of nobody else', async () => {
    await anEventWithElin();
    const { _id } = await entry('Elin Sandbäck');
    const kept = await maja.post(paths.speaker(_id), { remove: 'ja' });
    expect([kept.status, await SpeakerModel.countDocuments()]).to.deep.equal([422, 1]);
    const { _id: lonely } = await aSpeaker({ name: 'Bo Ek' });
    const gone = await maja.post(paths.speaker(lonely), { remove: 'ja' });
    expect(gone.headers.get('location')).to.equal(`${paths.speakers()}?klart=borttagen`);
    expect(await SpeakerModel.countDocuments()).to.equal(1);
  });

  it('is offered in the form of a programme', async () => {
    await aSpeaker();
    const event = await anEvent();
    const form = await page(paths.programme(event._id));
    expect(form).to.contain('<option value="Elin Sandbäck, Norra Ekeby högskola">');
    expect(form).to.match(
      /<input type="text" value="" class="ds-input" id="speakerName-1"[^>]* list="kanda"/,
    );
  });

  it('erases somebody who never was a participant, after a page that says what goes', async () => {
    await anEventWithElin();
    const { _id } = await entry('Elin Sandbäck');
    expect(await page(paths.speaker(_id))).to.contain(paths.eraseSpeaker(_id));
    const asked = wordsOf(await page(paths.eraseSpeaker(_id)));
    expect(asked)
      .to.contain('Vill du radera allt om Elin Sandbäck?')
      .and.contain('och namnet i programmet för 1 evenemang')
      .and.contain('Äldre rader i loggen')
      .and.not.contain('Kommun, roll');
    expect((await maja.post(paths.eraseSpeaker(_id))).status).to.equal(422);
    const invited = await anEngagement(await anEvent({ slug: 'annan' }), { status: 'accepted' });
    expect(wordsOf(await page(paths.eraseSpeaker(invited.speaker))))
      .to.contain('Inbjudan att medverka tas tillbaka först')
      .and.contain('Radera, med mejl om inbjudan');
    const done = await maja.post(paths.eraseSpeaker(_id), { letters: 'nej' });
    expect(wordsOf(await page(done.headers.get('location') ?? ''))).to.contain('Personen är raderad.');
    expect(await SpeakerModel.countDocuments({ _id })).to.equal(0);
    const lines = await AuditModel.find({ action: 'person.erased' }).lean();
    expect(lines.map(({ by }) => by)).to.deep.equal(['Maja Lindgren']);
  });
});
