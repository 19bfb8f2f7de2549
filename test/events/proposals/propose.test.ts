import { expect } from 'chai';
import type { Authority } from '../../../src/authorities/authority.ts';
import { readBreaks } from '../../../src/authorities/school-breaks.ts';
import { plannedBetween } from '../../../src/events/proposals/clashes.ts';
import { type Circumstances, proposeDays } from '../../../src/events/proposals/propose.ts';
import { anAuthority, anEvent } from '../../support/builders.ts';
import { useDatabase } from '../../support/database.ts';

describe('Proposals of days', () => {
  let known: Circumstances;
  let board: Authority;

  useDatabase();
  beforeEach(async () => {
    board = await anAuthority();
    const boards = [board, await anAuthority({ _id: '04' })];
    known = { board, boards, events: [], weekdays: [], hours: 3, today: '2026-11-27' };
  });

  const propose = (from: string, till: string, more: Partial<Circumstances> = {}) =>
    proposeDays({ from, till }, { ...known, ...more });
  const order = (proposals: ReturnType<typeof propose>) => proposals.map(({ day }) => day.slice(5));
  const reasons = (day: string, more: Partial<Circumstances> = {}) =>
    propose(day, day, more).flatMap((one) => one.reasons.map(({ text }) => text));

  it('are the working days of the span, none left out for a reason, those that fit best first', () => {
    const may = propose('2027-05-01', '2027-05-31');
    expect(may).to.have.length(21);
    expect(order(may).slice(0, 3)).to.deep.equal(['05-03', '05-04', '05-05']);
    expect(order(may).slice(-2)).to.deep.equal(['05-07', '05-06']);
    expect(order(propose('2026-11-20', '2026-12-01'))).to.deep.equal(['11-30', '12-01']);
  });

  it('name what the calendar says against a day', () => {
    expect(reasons('2027-05-06')).to.deep.equal(['helgdag eller ledig dag: Kristi himmelsfärdsdag']);
    expect(reasons('2027-05-07')).to.deep.equal(['klämdag intill Kristi himmelsfärdsdag']);
    expect(reasons('2027-06-25')).to.deep.equal(['helgdag eller ledig dag: midsommarafton']);
    expect(reasons('2027-03-24')).to.deep.equal(['dagarna före påsk']);
    expect(reasons('2027-03-25')).to.deep.equal(['skärtorsdagen: många slutar mitt på dagen']);
    expect(reasons('2028-04-12')).to.deep.equal(['dagarna före påsk']);
    expect(reasons('2027-07-06')).to.deep.equal(['semestertid, vecka 27–32']);
    expect(reasons('2027-12-28')).to.deep.equal(['runt jul och nyår']);
    expect(reasons('2026-12-18')).to.deep.equal(
      ['mindre än fyra veckor att bjuda in på', 'runt jul och nyår'].reverse(),
    );
    expect(reasons('2027-05-11')).to.deep.equal([]);
  });

  it('name around Easter, midsummer, bridging days and breaks of 2027 and 2028 what a list by hand has', () => {
    const { breaks } = readBreaks(
      [
        ...['2027-02-22; 2027-02-26', '2028-02-14; 2028-02-18'].map(
          (days) => `Hela länet; sportlov; ${days}`,
        ),
        ...['2027-11-01; 2027-11-05', '2028-10-30; 2028-11-03'].map((days) => `Hela länet; höstlov; ${days}`),
      ].join('\n'),
      board.municipalities,
    );
    const more = { board: { ...board, schoolBreaks: breaks } };
    const found = (year: number, about: RegExp) =>
      propose(`${year}-01-01`, `${year}-12-31`, more)
        .filter(({ reasons }) => reasons.some(({ text }) => about.test(text)))
        .map(({ day }) => day.slice(5))
        .toSorted();
    const byHand: [about: RegExp, in2027: string[], in2028: string[]][] = [
      [/före påsk|skärtorsdag/, ['03-24', '03-25'], ['04-12', '04-13']],
      [/ledig dag: (?:långfredag|annandag påsk)/, ['03-26', '03-29'], ['04-14', '04-17']],
      [/ledig dag: midsommarafton/, ['06-25'], ['06-23']],
      [/klämdag/, ['05-07'], ['01-07', '05-26', '06-05']],
      [
        /sportlov/,
        ['02-22', '02-23', '02-24', '02-25', '02-26'],
        ['02-14', '02-15', '02-16', '02-17', '02-18'],
      ],
      [
        /höstlov/,
        ['11-01', '11-02', '11-03', '11-04', '11-05'],
        ['10-30', '10-31', '11-01', '11-02', '11-03'],
      ],
    ];
    for (const [about, in2027, in2028] of byHand)
      expect([found(2027, about), found(2028, about)], String(about)).to.deep.equal([in2027, in2028]);
  });

  it('name school breaks by municipality, and weigh them by how many have them', () => {
    const lines = [
      ...['Linköping', 'motala', 'Kinda kommun'].map((place) => `${place}; sportlov; 2027-02-22; 2027-02-26`),
      'Hela länet; höstlov; 2027-11-01; 2027-11-05',
    ];
    const { breaks } = readBreaks(lines.join('\n'), board.municipalities);
    const more = { board: { ...board, schoolBreaks: breaks } };
    expect(reasons('2027-02-26', more)).to.deep.equal(['sportlov i Linköping, Motala och Kinda']);
    expect(reasons('2027-02-19', more)).to.deep.equal([]);
    expect(reasons('2027-11-02', more)).to.deep.equal(['höstlov i hela länet']);
    expect(order(propose('2027-02-15', '2027-02-28', more)).at(-1)).to.equal('02-26');
    const [{ weight = 0 } = {}] = propose('2027-02-26', '2027-02-26', more);
    expect(propose('2027-11-02', '2027-11-02', more)[0]?.weight).to.be.above(weight);
  });

  it('name clashes with own drafts and with what neighbours have published', async () => {
    const on = (day: string) => ({ start: new Date(`${day}T08:00:00Z`), end: new Date(`${day}T11:00:00Z`) });
    await anEvent({ title: 'Vårt utkast', state: 'draft', ...on('2027-05-11') });
    await anEvent({ title: 'Inställd', state: 'cancelled', ...on('2027-05-12') });
    const neighbour = { authority: '04', kind: 'kunskapsformiddag' as const };
    await anEvent({ title: 'Deras', ...neighbour, ...on('2027-05-13') });
    await anEvent({ title: 'Deras utkast', ...neighbour, state: 'draft', ...on('2027-05-18') });
    const events = await plannedBetween('05', new Date('2027-05-01'), new Date('2027-06-01'));
    expect(reasons('2027-05-11', { events })).to.deep.equal(['krockar med er boostdag ”Vårt utkast”']);
    expect(reasons('2027-05-12', { events })).to.deep.equal(['samma vecka som er boostdag ”Vårt utkast”']);
    expect(reasons('2027-05-13', { events })[0]).to.equal(
      'krockar med Södermanlands kunskapsförmiddag ”Deras”',
    );
    expect(reasons('2027-05-18', { events })).to.deep.equal([]);
  });

  it('say which day of the week has drawn most people before, and which fewest', () => {
    const weekdays = [
      { weekday: 4, events: 2, average: 40.6 },
      { weekday: 2, events: 1, average: 30 },
      { weekday: 5, events: 3, average: 12 },
    ];
    expect(reasons('2027-05-13', { weekdays })).to.deep.equal([
      'torsdagar har haft flest deltagare: 41 i snitt vid 2 evenemang',
    ]);
    expect(reasons('2027-05-14', { weekdays })).to.deep.equal([
      'fredagar har haft lägst antal deltagare: 12 i snitt vid 3 evenemang',
    ]);
    expect(reasons('2027-05-11', { weekdays })).to.deep.equal([]);
    expect(reasons('2027-05-13', { weekdays: weekdays.slice(0, 1) })).to.deep.equal([]);
    expect(order(propose('2027-05-10', '2027-05-14', { weekdays }))[0]).to.equal('05-13');
  });

  it('mind that a whole day does not fit where many work half of it', () => {
    const [half, whole] = [3, 7].map(
      (hours) => propose('2027-04-30', '2027-04-30', { hours })[0]?.weight ?? 0,
    );
    expect(whole).to.be.above(half ?? 0);
  });
});
