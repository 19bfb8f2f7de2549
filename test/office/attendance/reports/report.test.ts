import { expect } from 'chai';
import { AuditModel } from '../../../../src/audit/log.ts';
import { type Event, EventModel } from '../../../../src/events/event.ts';
import { MeetingReportModel } from '../../../../src/meeting-reports/report.ts';
import { type Registration, RegistrationModel } from '../../../../src/registrations/registration.ts';
import { HeadcountModel } from '../../../../src/registrations/tallies/headcount.ts';
import { startApp, type TestApp } from '../../../support/app.ts';
import { anAuthority, anEvent, aRegistration } from '../../../support/builders.ts';
import { sample, upload, zoomFile } from '../../../support/reports.ts';
import { type Browser, signIn } from '../../../support/requests/sign-in.ts';
import { wordsOf } from '../../../support/requests/words.ts';

describe('a report of the meeting', () => {
  let app: TestApp;
  let maja: Browser;
  let event: Event;
  const now = new Date('2027-02-11T13:00:00Z');

  beforeEach(async () => {
    app = await startApp({ clock: () => now });
    await anAuthority();
    event = await anEvent({ title: 'Boostdag: skyddsfaktorer i skolan' });
    maja = await signIn(app);
  });
  afterEach(() => app.close());

  const form = () => `/kontor/evenemang/${event._id}/narvaro/rapport`;
  const words = async (path: string) => wordsOf(await (await maja.get(path)).text());
  const read = async (file: Uint8Array) => {
    const answer = await upload(app, maja, form(), file);
    expect(answer.status, wordsOf(await answer.text())).to.equal(303);
    return answer.headers.get('location') ?? '';
  };
  /** The people of the samples: Åsa and Kim by address, Siv by name, one who has cancelled, and one who never came. */
  async function people(): Promise<Record<'åsa' | 'lisa' | 'siv' | 'örjan' | 'borta', Registration>> {
    const digital = { mode: 'digitalt' as const };
    const [a, b, c] = ['kommun-a', 'kommun-b', 'kommun-c'].map((place) => `${place}.example.se`);
    return {
      åsa: await aRegistration(event, {
        ...digital,
        familyName: 'Exempelström',
        email: `asa.exempelstrom@${a}`,
      }),
      lisa: await aRegistration(event, {
        ...digital,
        ...{ givenName: 'Lisa-Marie', familyName: 'Påhittsdotter', email: `lmp@${c}`, municipality: '0513' },
      }),
      siv: await aRegistration(event, {
        ...digital,
        ...{ givenName: 'Siv', familyName: 'Övningsson', email: 'siv@example.se' },
      }),
      örjan: await aRegistration(event, {
        ...{
          givenName: 'Örjan',
          familyName: 'Mönsterdal',
          email: `orjan.monsterdal@${b}`,
          status: 'cancelled',
        },
      }),
      borta: await aRegistration(event, {
        ...digital,
        ...{ givenName: 'Bo', familyName: 'Borta', email: 'bo@example.se' },
      }),
    };
  }
  const presence = async () =>
    Object.fromEntries(
      (await RegistrationModel.find().lean()).map(({ familyName, present }) => [familyName, present]),
    );
  const nobody = { Exempelström: null, Påhittsdotter: null, Övningsson: null, Mönsterdal: null, Borta: null };
  const teams = () => sample('03-teams-sv-OVERIFIERADE-rubriker.utf16le.csv');

  it('is shown first, saved on yes, and taken back', async () => {
    const { siv } = await people();
    const report = await read(teams());
    expect(report).to.match(new RegExp(`^${form()}/[0-9a-f]{24}$`));
    const shown = await words(report);
    expect(shown).to.include('markeras som närvarande 1 osäkra 1 okända 3 saknas i rapporten 1');
    expect(shown).to.include('Exempelström, Åsa Linköping 185 Markeras som närvarande');
    expect(shown).to.include('Påhittsdotter, Lisa-Marie Kinda 40 För kort tid, markeras inte');
    expect(shown).to.include('Mönsterdal, Örjan Linköping 177 Avbokad, markeras inte');
    expect(shown).to.include('En som var med i mötet har avbokat sin anmälan och markeras inte.');
    expect(shown).to.include('Siv Övningsson (Overifierad) 139 minuter');
    expect(shown).to.include('Borta, Bo');
    expect(await presence()).to.deep.equal(nobody);

    const rows = (await MeetingReportModel.findOne().orFail().lean()).rows;
    const at = (name: string) => rows.findIndex((row) => row.name.startsWith(name));
    const choices = {
      threshold: '90',
      [`match-${at('Siv')}`]: String(siv._id),
      [`people-${at('Rådhuset')}`]: '4',
      [`municipality-${at('Rådhuset')}`]: '0513',
      absent: 'ja',
    };
    const again = await maja.post(report, { ...choices, threshold: '30', preview: 'ja' });
    expect(again.headers.get('location')).to.equal(report);
    expect(await words(report))
      .to.include('markeras som närvarande 3')
      .and.include('Kinda 40 Markeras som närvarande');
    expect(await presence()).to.deep.equal(nobody);

    expect((await maja.post(report, choices)).headers.get('location')).to.equal(report);
    const marks = { ...nobody, Exempelström: true, Övningsson: true, Borta: false };
    expect(await presence()).to.deep.equal(marks);
    expect(await words(report))
      .to.include('Två markerades som närvarande, och en som ”kom inte”.')
      .and.include('Rådhuset sal 3: 4 personer, Kinda, annan roll')
      .and.include('Påhittsdotter, Lisa-Marie 40 För kort tid, markerades inte');
    const saved = await MeetingReportModel.findOne().orFail().lean();
    expect(saved.rows).to.deep.equal([]);
    expect(saved).not.to.have.any.keys('packed', 'sample', 'expiresAt');
    expect(await maja.post(report, choices).then((answer) => answer.status)).to.equal(303);
    expect(await AuditModel.countDocuments({ action: 'attendance.present' })).to.equal(2);

    await maja.post(`${form()}/angra`);
    expect(await presence()).to.deep.equal(nobody);
    expect(await HeadcountModel.countDocuments()).to.equal(0);
    expect((await maja.get(report)).status).to.equal(404);
    expect(await AuditModel.distinct('action')).to.include.members([
      'attendance.imported',
      'attendance.importUndone',
      'attendance.cleared',
    ]);
  });

  it('changes nothing the second time, and says so', async () => {
    await people();
    await maja.post(await read(teams()), { threshold: '90' });
    const first = await RegistrationModel.find().lean();
    const again = await read(teams());
    expect(await words(again)).to.include(
      'Maja Lindgren läste in samma fil den 11 februari 2027 klockan 14.00.',
    );
    await maja.post(again, { threshold: '90' });
    expect(await RegistrationModel.find().lean()).to.deep.equal(first);
    await maja.post(`${form()}/angra`);
    expect((await presence()).Exempelström).to.equal(true);
    await maja.post(`${form()}/angra`);
    expect(await presence()).to.deep.equal(nobody);
  });

  it('adds the minutes of several files of a meeting', async () => {
    const { åsa } = await people();
    const part = (from: string, to: string) => zoomFile([['Åsa', åsa.email, from, to]]);
    await maja.post(await read(part('09:00', '09:50')), { threshold: '90' });
    expect((await presence()).Exempelström).to.equal(null);
    await maja.post(await read(part('09:10', '09:50')), { threshold: '90' });
    expect((await presence()).Exempelström).to.equal(null);
    const last = await read(part('10:10', '11:00'));
    expect(await words(last))
      .to.include('markeras som närvarande 1')
      .and.include('50 av totalt 100 Markeras');
    await maja.post(last, { threshold: '90' });
    expect((await presence()).Exempelström).to.equal(true);
  });

  it('leaves what somebody has marked since, when it is taken back', async () => {
    const { åsa } = await people();
    await maja.post(await read(teams()), { threshold: '90' });
    const mark = `/kontor/evenemang/${event._id}/narvaro`;
    for (const present of ['', 'nej']) await maja.post(mark, { registration: String(åsa._id), present });
    await maja.post(`${form()}/angra`);
    expect((await presence()).Exempelström).to.equal(false);
  });

  it('takes addresses from a box as well', async () => {
    const { siv } = await people();
    const answer = await upload(app, maja, form(), undefined, {
      addresses:
        'Siv Övningsson <SIV@example.se>; ”okand@example.se”.\nmailto:asa.exempelstrom@kommun-a.example.se',
    });
    const report = answer.headers.get('location') ?? '';
    expect(await words(report)).to.include(
      'markeras som närvarande 2 osäkra 0 okända 1 saknas i rapporten 2',
    );
    await maja.post(report, { threshold: '90' });
    expect(await presence()).to.include({ Övningsson: true, Exempelström: true, Borta: null });
    expect(siv.present).to.equal(null);
  });

  it('refuses pasted text with an address that is none, and keeps it', async () => {
    const addresses = 'siv@example.se, åsa.öberg@example.se';
    const answer = await upload(app, maja, form(), undefined, { addresses });
    expect(answer.status).to.equal(422);
    const html = await answer.text();
    expect(wordsOf(html)).to.include('”åsa.öberg@example.se” är ingen e-postadress.').and.include(addresses);
    expect(await MeetingReportModel.countDocuments()).to.equal(0);
  });

  it('takes an address and a number for an unknown account as they are pasted', async () => {
    const { siv } = await people();
    const report = await read(teams());
    const { rows } = await MeetingReportModel.findOne().orFail().lean();
    const index = rows.findIndex((row) => row.by === 'none');
    const pasted = {
      [`address-${index}`]: 'Siv Övningsson <mailto:SIV@example.se>;',
      [`people-${index}`]: '12\u00a0',
    };
    await maja.post(report, { threshold: '\u200b90', preview: 'ja', ...pasted });
    const draft = await MeetingReportModel.findOne().orFail().lean();
    expect(draft.rows[index]).to.deep.include({ registration: siv._id, people: 12 });
    expect(draft.threshold).to.equal(90);
  });

  it('warns of another meeting, by its day and its title, and of a file with fewer people than it says', async () => {
    await people();
    const text = new TextDecoder('utf-16le').decode(teams());
    const other = text
      .replaceAll('2027-02-11', '2027-03-04')
      .replace('Boostdag: skyddsfaktorer i skolan', 'Veckomöte')
      .replace('deltagare\t7', 'deltagare\t9');
    expect(await words(await read(Buffer.from(`\ufeff${other}`, 'utf16le'))))
      .to.include('Rapporten är från den 4 mars 2027, men evenemanget är den 11 februari 2027.')
      .and.include('Mötet i rapporten heter ”Veckomöte”.')
      .and.include('Rapporten säger att 9 deltog, men filen har bara 7.');
  });

  const pdf = Buffer.from('%PDF-1.7\n');
  const refused: Record<string, [file: () => Buffer, sentence: string, status?: number]> = {
    'an empty file': [() => sample('90-tom.csv'), 'Filen är tom.'],
    'another table': [() => sample('91-inte-en-rapport.csv'), 'Filen ser inte ut som en närvarorapport'],
    'a PDF': [() => pdf, 'Det här är en pdf.'],
    'a spreadsheet': [() => Buffer.from('PK\x03\x04\x14\x00', 'latin1'), 'Det här är en Excel-fil'],
    'an old spreadsheet': [() => Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'Det här är en äldre Excel-'],
    'a picture': [() => Buffer.from('89504e470d0a1a0a', 'hex'), 'Det här är en bild.'],
    'a web page': [() => Buffer.from('<!DOCTYPE html><p>Logga in'), 'Det här är en webbsida.'],
    'bytes of something else': [() => Buffer.from([1, 2, 3, 4, 5, 6]), 'Filen innehåller inte text.'],
    'half a character': [() => teams().subarray(0, 1001), 'Filen är avklippt'],
    'half a row': [
      () => sample('08-zoom-meeting-participants.utf8bom.csv').subarray(0, 700),
      'Filen är avklippt',
    ],
    'more than ten megabytes': [
      () => Buffer.alloc(10.5 * 1024 * 1024, 'a'),
      'Filen är större än 10 MB.',
      413,
    ],
  };
  for (const [name, [file, sentence, status = 422]] of Object.entries(refused))
    it(`is not ${name}`, async () => {
      const answer = await upload(app, maja, form(), file());
      expect(answer.status).to.equal(status);
      expect(wordsOf(await answer.text())).to.include(sentence);
      expect(await MeetingReportModel.countDocuments()).to.equal(0);
    });

  it('is not a form that breaks off, and only its own address takes files', async () => {
    const part = (name: string, more = '') =>
      `--x\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`;
    const body = `${part('csrf')}${maja.csrf}\r\n${part('file', '; filename="a.csv"')}Namn;E-post`;
    const headers = { cookie: maja.cookie, 'Content-Type': 'multipart/form-data; boundary=x' };
    const post = (path: string) =>
      fetch(app.url + path, { method: 'POST', body, headers, redirect: 'manual' });
    const broken = await post(form());
    expect(broken.status).to.equal(422);
    expect(wordsOf(await broken.text())).to.include('Filen kom inte fram hel. Läs in den igen.');
    for (const path of [`/kontor/evenemang/${event._id}/narvaro`, `${form()}/angra`, '/anmalan/ny-lank'])
      expect((await post(path)).status, path).to.equal(415);
  });

  it('must be a file or addresses', async () => {
    const answer = await upload(app, maja, form(), undefined);
    expect(answer.status).to.equal(422);
    expect(wordsOf(await answer.text())).to.include('Välj en fil, eller klistra in e-postadresser');
    const wrong = await upload(app, maja, form(), undefined, { addresses: 'Siv och Bo' });
    expect(wordsOf(await wrong.text()))
      .to.include('Skriv e-postadresser, till exempel namn@example.se')
      .and.include('Siv och Bo');
  });

  it('has its columns named by hand if nobody knows them', async () => {
    const { åsa } = await people();
    const rows = [`Åsa;${åsa.email};3;2 tim`, 'Bo;bo@example.se;4;1 tim'];
    const to = await read(Buffer.from(['Vem;Var;Plats;Hur', ...rows, ''].join('\r\n')));
    await maja.post(to, { threshold: '100' });
    expect((await presence()).Exempelström).to.equal(true);
    const odd = await read(
      Buffer.from(['Vem;Var;Plats', 'Åsa Ek;a@example.se;3', 'Bo Ek;b@example.se;4', ''].join('\n')),
    );
    expect(odd).to.match(/\/kolumner$/);
    expect(await words(odd))
      .to.include('Vilken kolumn är vilken? ')
      .and.include('Vem Åsa Ek · Bo Ek');
    const twice = await maja.post(odd, { 'column-0': 'name', 'column-1': 'name' });
    expect(twice.status).to.equal(422);
    expect(wordsOf(await twice.text())).to.include('Välj bara en kolumn för namn');
    expect((await maja.post(odd, { 'column-0': '' })).status).to.equal(422);
    const done = await maja.post(odd, { 'column-0': 'name', 'column-1': 'email', 'column-2': 'duration' });
    expect(await words(done.headers.get('location') ?? '')).to.include('okända 2');
    expect((await maja.get(odd)).status).to.equal(404);
  });

  it('says what is wrong with the answers, and keeps them', async () => {
    await people();
    const report = await read(teams());
    const index = (await MeetingReportModel.findOne().orFail().lean()).rows.findIndex(
      (row) => row.by === 'none',
    );
    const answer = await maja.post(report, {
      threshold: 'länge',
      [`address-${index}`]: 'ingen@example.se',
      [`people-${index}`]: '9999',
    });
    expect(answer.status).to.equal(422);
    const html = await answer.text();
    expect(wordsOf(html))
      .to.include('Skriv antalet minuter med siffror, till exempel 90')
      .and.include('Ingen är anmäld med ingen@example.se. Kontrollera adressen.')
      .and.include('Skriv antalet personer med siffror, högst 500');
    expect(html).to.include('value="länge"').and.include('value="9999"');
    expect((await maja.post(report, { threshold: '90', drop: 'ja' })).status).to.equal(303);
    expect(await MeetingReportModel.countDocuments()).to.equal(0);
  });

  it('never takes one of two with the same name, and no other than the organiser names', async () => {
    const same = { givenName: 'Siv', familyName: 'Övningsson', mode: 'digitalt' as const };
    const one = await aRegistration(event, { ...same, email: 'siv@kinda.example.se', municipality: '0513' });
    await aRegistration(event, { ...same, email: 'siv@ydre.example.se', municipality: '0512' });
    const report = await read(teams());
    const index = (await MeetingReportModel.findOne().orFail().lean()).rows.findIndex(
      (row) => row.by === 'name',
    );
    expect(await words(report))
      .to.include('Siv Övningsson, Kinda')
      .and.include('Siv Övningsson, Ydre');
    const strange = await maja.post(report, { threshold: '90', [`match-${index}`]: String(event._id) });
    expect(strange.status).to.equal(422);
    await maja.post(report, { threshold: '90', names: 'ja' });
    expect(await RegistrationModel.countDocuments({ present: true })).to.equal(0);
    const again = await read(teams());
    await maja.post(again, { threshold: '90', [`match-${index}`]: String(one._id) });
    expect(await RegistrationModel.distinct('email', { present: true })).to.deep.equal([one.email]);
  });

  it('is not taken for a cancelled event, from another county board, or without the form’s token', async () => {
    await people();
    const report = await read(teams());
    const eva = await signIn(app, { name: 'Eva Ek', email: 'eva.ek@example.se', authority: '04' });
    expect((await upload(app, eva, form(), teams())).status).to.equal(404);
    expect((await eva.get(report)).status).to.equal(404);
    expect((await upload(app, { ...maja, csrf: 'x' }, form(), teams())).status).to.equal(403);
    await EventModel.updateOne({ _id: event._id }, { $set: { state: 'cancelled' } });
    expect((await maja.post(report, { threshold: '90' })).status).to.equal(422);
    expect((await upload(app, maja, form(), teams())).status).to.equal(422);
    expect(await presence()).to.deep.equal(nobody);
  });
});

describe('A report of 50,000 rows', () => {
  let app: TestApp;
  before(async () => {
    app = await startApp({ clock: () => new Date('2027-02-11T13:00:00Z') });
    await anAuthority();
  });
  after(() => app.close());

  it('is read while other requests are answered, and its page shows those who were there longest', async () => {
    const event = await anEvent();
    await aRegistration(event, { email: 'p49999@example.se' });
    const maja = await signIn(app);
    const rows = Array.from({ length: 50_000 }, (_, index): [string, string, string, string] => [
      `Konto ${index}`,
      `p${index}@example.se`,
      '09:00',
      '10:00',
    ]);
    const path = `/kontor/evenemang/${event._id}/narvaro/rapport`;
    let reading = true;
    const answer = upload(app, maja, path, zoomFile(rows)).finally(() => {
      reading = false;
    });
    let answered = 0;
    while (reading && answered < 40) {
      expect((await fetch(`${app.url}/healthz`)).status).to.equal(200);
      answered++;
    }
    expect(answered, 'requests answered meanwhile').to.be.above(10);
    const page = await maja.get((await answer).headers.get('location') ?? '');
    const html = await page.text();
    expect(wordsOf(html)).to.include('okända 49999').and.include('49939 till visas inte.');
    expect(html.length).to.be.below(1_000_000);
  });
});
