import { expect } from 'chai';
import { readFile } from '../../src/meeting-reports/reading/read.ts';
import { wallText } from '../../src/meeting-reports/reading/times.ts';
import { sample } from '../support/reports.ts';

type Expected = {
  namn: string;
  epost: string | null;
  upn: string | null;
  roll: string;
  forstaAnslutning: string;
  lamnadeSenast: string;
  sekunderTotalt: number;
  antalAnslutningar: number;
};

const facit = JSON.parse(String(sample('facit.json')));
const expected: Expected[] = facit.filer_01_till_05.rader;
const roles = { organiser: 'arrangor', presenter: 'presentator', participant: 'deltagare' };

const day = '2027-02-11';
const bytesOf = (text: string) => Buffer.from(text);

function read(file: Uint8Array) {
  const report = readFile(file, day);
  if ('refused' in report) throw new Error(report.refused);
  return report;
}

/** A report as facit.json writes it. */
function people(file: Uint8Array): Expected[] {
  return read(file).attendees.map(({ name, email, upn, role, from, to, seconds, joins }) => ({
    namn: name,
    epost: email,
    upn,
    roll: roles[role],
    forstaAnslutning: wallText(from ?? 0),
    lamnadeSenast: wallText(to ?? 0),
    sekunderTotalt: seconds ?? 0,
    antalAnslutningar: joins,
  }));
}

const textOf = (name: string) => new TextDecoder('utf-16le').decode(sample(name));
const english = textOf('01-teams-en-us.utf16le.csv');
const swedish = textOf('03-teams-sv-OVERIFIERADE-rubriker.utf16le.csv');

describe('Reading a report', () => {
  for (const name of [
    '01-teams-en-us.utf16le.csv',
    '03-teams-sv-OVERIFIERADE-rubriker.utf16le.csv',
    '05-teams-sv-omsparad.utf8bom-semikolon.csv',
  ])
    it(`gives exactly what facit.json says: ${name}`, () => {
      expect(people(sample(name))).to.deep.equal(expected);
      const { title, day: date, people: count } = read(sample(name)).meeting;
      expect({ title, date, count }).to.deep.equal({ title: facit.motesrubrik, date: day, count: 7 });
    });

  it('adds up the rows of Zoom to the same', () => {
    const plain = expected.map((one) => ({
      ...one,
      namn: one.namn.replace(/ \(.*\)/, ''),
      upn: null,
      roll: 'deltagare',
    }));
    expect(people(sample('08-zoom-meeting-participants.utf8bom.csv'))).to.deep.equal(plain);
  });

  it('knows the encoding by the bytes', () => {
    const swapped = Buffer.from(`\ufeff${swedish}`, 'utf16le').swap16();
    const encodings = {
      'UTF-16BE': swapped,
      'UTF-16LE without a mark': Buffer.from(swedish, 'utf16le'),
      'UTF-16BE without a mark': swapped.subarray(2),
      'UTF-8': bytesOf(swedish),
      'UTF-8 with a mark': bytesOf(`\ufeff${swedish}`),
      'Windows-1252 with semicolons': Buffer.from(swedish.replaceAll('\t', ';'), 'latin1'),
      'what Excel writes with sep=': bytesOf(`sep=;\r\n${swedish.replaceAll('\t', ';')}`),
    };
    for (const [name, bytes] of Object.entries(encodings))
      expect(people(bytes), name).to.deep.equal(expected);
  });

  it('finds moved, added and renamed columns, also in a language that it does not know', () => {
    const change = (text: string, moved: (cells: string[]) => string[]) =>
      text
        .split('\n')
        .map((line) => (line.includes('\t') ? moved(line.split('\t')) : [line]).join('\t'))
        .join('\n');
    expect(people(bytesOf(change(english, (cells) => ['x', ...cells.toReversed()])))).to.deep.equal(expected);
    const polish: Record<string, string> = {
      Name: 'Imię i nazwisko',
      'First Join': 'Pierwsze dołączenie',
      'Last Leave': 'Ostatnie opuszczenie',
      'In-Meeting Duration': 'Czas trwania spotkania',
      Email: 'Adres',
      'Participant ID (UPN)': 'Identyfikator',
      Role: 'Rola',
      'Join Time': 'Godzina dołączenia',
      'Leave Time': 'Godzina opuszczenia',
      Duration: 'Czas',
    };
    const translated = english
      .replace(/(\d+)h (\d+)m (\d+)s/g, '$1 godz. $2 min $3 s')
      .replace(
        /(\d+)\/(\d+)\/27, (\d+:\d\d:\d\d) (AM|PM)/g,
        (_all, month, date, time) => `${date.padStart(2, '0')}.0${month}.2027, ${time}`,
      );
    const foreign = change(translated, (cells) => cells.map((cell) => polish[cell] ?? cell));
    const found = people(bytesOf(foreign)).map(({ roll, ...one }) => one);
    expect(found).to.deep.equal(expected.map(({ roll, ...one }) => one));
  });

  it('reads 11/02 as the day of the event, whichever way it is written', () => {
    const row = (date: string, clock: string) =>
      `Name,Join Time,Leave Time\nBo Ek,${date}${clock},${date}${clock.replace(/0?9/, '10')}\n`;
    for (const text of [
      row('11/02/2027 ', '09:00:00'),
      row('02/11/2027 ', '9:00:00 AM'),
      row('11/02/27 ', '09:00:00'),
      row('2027-02-11 ', '09:00:00'),
      row('2027-02-11T', '09:00'),
      row('11.02.2027 ', '09:00:00'),
      row('11 feb 2027 ', '09.00'),
      row('Feb 11 2027 ', '09:00:00 AM'),
    ])
      expect(people(bytesOf(text))[0], text).to.include({
        forstaAnslutning: '2027-02-11T09:00:00',
        sekunderTotalt: 3600,
      });
  });

  const minutes = (text: string) =>
    read(bytesOf(text)).attendees.map(({ name, seconds, joins }) => [name, (seconds ?? 0) / 60, joins]);

  it('reads the layouts of earlier years', () => {
    const at = (time: string) => `"2/11/2027, ${time} AM"`;
    const of2021 = [
      'Meeting Summary',
      'Total Number of Participants,2',
      'Meeting Title,Boostdag',
      `Meeting Start Time,${at('8:51:00')}`,
      '',
      'Full Name,Join Time,Leave Time,Duration,Email,Role,Participant ID (UPN)',
      `Åsa Ek,${at('9:00:00')},${at('9:30:00')},30m,asa@example.se,Attendee,`,
      `Åsa Ek,${at('9:40:00')},${at('10:00:00')},20m,asa@example.se,Attendee,`,
      `Bo Ek,${at('9:00:00')},${at('9:10:00')},10m,,Attendee,`,
      '',
    ].join('\n');
    expect(minutes(of2021)).to.deep.equal([
      ['Åsa Ek', 50, 2],
      ['Bo Ek', 10, 1],
    ]);
    const of2020 = [
      'Full Name\tUser Action\tTimestamp',
      'Åsa Ek\tJoined\t2/11/2027, 9:00:00 AM',
      'Bo Ek\tJoined\t2/11/2027, 9:05:00 AM',
      'Åsa Ek\tLeft\t2/11/2027, 9:30:00 AM',
      'Åsa Ek\tJoined\t2/11/2027, 9:40:00 AM',
      'Åsa Ek\tLeft\t2/11/2027, 10:00:00 AM',
      'Bo Ek\tLeft\t2/11/2027, 9:15:00 AM',
      '',
    ].join('\n');
    expect(minutes(of2020)).to.deep.equal([
      ['Åsa Ek', 50, 2],
      ['Bo Ek', 10, 1],
    ]);
  });

  it('reads the other layouts of Zoom', () => {
    const unique =
      'Name (Original Name),User Email,Total Duration (Minutes),Guest\nÅsa (Åsa Ek),asa@example.se,50,No\n';
    expect(minutes(unique)).to.deep.equal([['Åsa (Åsa Ek)', 50, 1]]);
    const webinar = [
      'Attendee Report',
      'Report Generated:,"Feb 12, 2027 08:00:00"',
      'Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered',
      'Boostdag,000 0000 0001,"Feb 11, 2027 08:51:00",191,3',
      'Host Details',
      'Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name',
      'Yes,Alva,alva@example.se,"Feb 11, 2027 08:51:00","Feb 11, 2027 09:51:00",60,No,Sweden',
      'Panelist Details',
      'Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name',
      'Yes,Åsa Ek,asa@example.se,"Feb 11, 2027 09:00:00","Feb 11, 2027 09:30:00",30,No,Sweden',
      'Attendee Details',
      'Attended,User Name (Original Name),First Name,Last Name,Email,Registration Time,Approval Status,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name',
      'Yes,Bo Ek,Bo,Ek,bo@example.se,--,approved,"Feb 11, 2027 09:00:00","Feb 11, 2027 09:10:00",10,Yes,Sweden',
      'Yes,Bo Ek,Bo,Ek,bo@example.se,--,--,"Feb 11, 2027 09:20:00","Feb 11, 2027 09:40:00",20,Yes,Sweden',
      'No,Eva Ek,Eva,Ek,eva@example.se,--,approved,--,--,--,--,--',
      '',
    ].join('\n');
    expect(minutes(webinar)).to.deep.equal([
      ['Alva', 60, 1],
      ['Åsa Ek', 30, 1],
      ['Bo Ek', 30, 2],
    ]);
    expect(read(bytesOf(webinar)).meeting).to.include({ title: 'Boostdag', day });
  });

  it('counts time on two devices once', () => {
    const row = (from: string, to: string) => `Åsa,asa@example.se,2027-02-11 ${from}:00,2027-02-11 ${to}:00`;
    const rows = [row('09:00', '10:00'), row('09:30', '10:30'), row('11:00', '11:10')];
    expect(minutes(['Name,Email,Join Time,Leave Time', ...rows, ''].join('\n'))).to.deep.equal([
      ['Åsa', 100, 3],
    ]);
  });

  it('never fails on what is not whole, wherever it was cut', () => {
    for (const name of ['01-teams-en-us.utf16le.csv', '08-zoom-meeting-participants.utf8bom.csv']) {
      const whole = sample(name);
      for (let end = 0; end < whole.length; end += 7) {
        const report = readFile(whole.subarray(0, end), day);
        if (!('refused' in report)) expect(report.attendees.length).to.be.at.most(7);
      }
    }
  });
});
