import { expect } from 'chai';
import type { Request } from 'express';
import { detailsOf, planOf } from '../../../src/events/details/form.ts';
import { usualPlan } from '../../../src/letters/plan/schedule.ts';
import { eventAnswers, eventRules, planIn } from '../../../src/office/event/fields.ts';
import { readForm } from '../../../src/web/forms.ts';
import { ordinaryEvent } from '../../support/builders.ts';

const typed = eventAnswers(ordinaryEvent());

type Form = Parameters<typeof planOf>[0];

/** Runs the form's rules over what was typed. */
async function check(changes: Record<string, unknown>) {
  const body = { ...typed, ...changes } as Form;
  const { errors } = await readForm({ body } as Request, eventRules());
  return { errors, body };
}
const wrong = async (changes: Record<string, unknown>) => Object.keys((await check(changes)).errors);

describe('The form of an event’s details', () => {
  it('reads back what it shows', async () => {
    const { errors, body } = await check({});
    expect(errors).to.deep.equal({});
    const plan = planIn(body);
    const event = { ...ordinaryEvent(), documentation: [], letterPlan: usualPlan };
    expect(event).to.deep.include({ ...plan });
  });

  it('takes the letters that there are, in their order, or none', async () => {
    const chosen = async (letterPlan: unknown) => {
      const { errors, body } = await check({ letterPlan, letterPlanAsked: 'ja' });
      return errors.letterPlan ?? planOf(body).letterPlan;
    };
    expect(await chosen(['dag', 'vecka'])).to.deep.equal(['vecka', 'dag']);
    expect(await chosen('dag')).to.deep.equal(['dag']);
    expect(await chosen(undefined)).to.deep.equal([]);
    expect(await chosen(['dag', 'okänt'])).to.equal('Välj bland mejlen i listan');
    expect(
      planIn((await check({ letterPlan: ['dag'], letterPlanAsked: undefined })).body),
    ).not.to.have.property('letterPlan');
    const { letterPlan, letterPlanAsked } = eventAnswers({ ...ordinaryEvent(), letterPlan: [] });
    expect([letterPlan, letterPlanAsked]).to.deep.equal([[], 'ja']);
  });

  it('asks for a title, a kind, a day, times and a last day, and for nothing else', async () => {
    const nothing = Object.fromEntries(Object.keys(typed).map((name) => [name, '']));
    expect(await wrong({ ...nothing, factors: undefined })).to.deep.equal([
      'title',
      'kind',
      'date',
      'start',
      'end',
      'lastDay',
    ]);
    expect(
      await wrong({
        ...nothing,
        ...{
          title: 'T',
          kind: 'annat',
          date: '2027-02-11',
          start: '09:00',
          end: '10:00',
          lastDay: '2027-02-01',
          factors: undefined,
        },
      }),
    ).to.deep.equal([]);
  });

  it('takes last days to change and to cancel, none of them after the event (F5)', async () => {
    const { errors, body } = await check({ lastChangeDay: '2027-02-11', lastCancelDay: '2027-02-08' });
    expect(errors).to.deep.equal({});
    expect(planOf(body)).to.deep.include({
      changeUntil: new Date('2027-02-11T23:00:00Z'),
      cancelUntil: new Date('2027-02-08T23:00:00Z'),
    });
    const event = { ...ordinaryEvent(), cancelUntil: new Date('2027-02-08T23:00:00Z') };
    expect(detailsOf(event)).to.include({ lastChangeDay: '', lastCancelDay: '2027-02-08' });
    const late = { lastChangeDay: '2027-02-12', lastCancelDay: '2027-02-30' };
    expect(await wrong(late)).to.deep.equal(['lastChangeDay', 'lastCancelDay']);
  });

  it('refuses days and times that do not exist', async () => {
    expect(await wrong({ date: '2027-02-30' })).to.deep.equal(['date']);
    expect(await wrong({ date: '30/2 2027' })).to.deep.equal(['date']);
    expect(await wrong({ date: '0027-02-11' })).to.deep.equal(['date']);
    expect(await wrong({ start: '24:00' })).to.deep.equal(['start']);
    expect(await wrong({ end: '12:60' })).to.deep.equal(['end']);
    expect(await wrong({ firstDay: '2027-02-29' })).to.deep.equal(['firstDay']);
    const { errors } = await check({ date: '2027-03-28', start: '02:30' });
    expect(errors.start).to.equal(
      'Klockan 02:30 går inte att använda 2027-03-28, då klockan ställs om. Välj en annan tid, till exempel 09:00',
    );
    expect(await wrong({ date: '2027-10-31', start: '02:30', lastDay: '2027-10-30' })).to.deep.equal([
      'start',
    ]);
  });

  it('takes times with a full stop, as they are written in Swedish', async () => {
    const { errors, body } = await check({ start: '8.30', end: '9:15' });
    expect(errors).to.deep.equal({});
    expect(planOf(body).start.toISOString()).to.equal('2027-02-11T07:30:00.000Z');
  });

  it('asks for an end after the start, and a last day not before the first', async () => {
    expect(await wrong({ end: '09:00' })).to.deep.equal(['end']);
    expect(await wrong({ firstDay: '2027-02-01', lastDay: '2027-01-31' })).to.deep.equal(['lastDay']);
    expect(await wrong({ firstDay: '2027-01-31', lastDay: '2027-01-31' })).to.deep.equal([]);
  });

  it('keeps the day between midnights of Stockholm, also when the clock changes', async () => {
    const { body } = await check({ date: '2027-04-20', firstDay: '2027-03-28', lastDay: '2027-03-28' });
    const { opensAt, closesAt } = planOf(body);
    expect([opensAt?.toISOString(), closesAt.toISOString()]).to.deep.equal([
      '2027-03-27T23:00:00.000Z',
      '2027-03-28T22:00:00.000Z',
    ]);
  });

  it('takes seats as whole numbers, none as no limit', async () => {
    for (const seats of ['-1', '1.5', 'många', '100001', '1e3'])
      expect(await wrong({ seatsPlats: seats }), seats).to.deep.equal(['seatsPlats']);
    const { body } = await check({ seatsPlats: ' 100000 ', seatsDigitalt: '' });
    expect(planOf(body).seats).to.deep.equal({ plats: 100000, digitalt: null });
  });

  it('takes only https links', async () => {
    for (const link of [
      'http://moten.example.se/a',
      'javascript:alert(1)',
      'moten.example.se',
      'https://',
      'https://a b.se/',
    ])
      expect(await wrong({ meetingLink: link }), link).to.deep.equal(['meetingLink']);
    expect(await wrong({ meetingLink: 'https://moten.example.se/l/?p=a%20b&c=åäö#x' })).to.deep.equal([]);
  });

  it('refuses personal numbers in free text, and texts that are too long', async () => {
    const { errors } = await check({ summary: 'Kontakt: 19811218-9876', accessibility: 'x'.repeat(1001) });
    expect(errors).to.deep.equal({
      summary:
        'Det ser ut som ett personnummer. Ta bort det, vi behöver det inte. Om det är något annat kryssar du i rutan.',
      accessibility: 'Texten om tillgänglighet får ha högst 1000 tecken. Du har skrivit 1001.',
    });
  });

  it('takes no unknown kinds or factors, and no field twice', async () => {
    expect(await wrong({ kind: 'fest' })).to.deep.equal(['kind']);
    expect(await wrong({ factors: ['skola', 'makt'] })).to.deep.equal(['factors']);
    expect(await wrong({ title: ['a', 'b'] })).to.deep.equal(['title']);
    const { body } = await check({ factors: 'fritid' });
    expect(planOf(body).factors).to.deep.equal(['fritid']);
  });

  it('takes the marks of a list away, and reads links of documents as they are pasted', async () => {
    const { body } = await check({
      highlights: '•\tForskning\r\n- Tredje\r\n1. Fjärde\u000b\uf0b7 Femte\r\n•\r\n2 000 barn',
      documentation: '• Film <https://example.se/@a>.',
    });
    const { highlights, documentation } = planOf(body);
    expect(highlights).to.deep.equal(['Forskning', 'Tredje', 'Fjärde', 'Femte', '2 000 barn']);
    expect(documentation).to.deep.equal([{ title: 'Film', url: 'https://example.se/@a' }]);
  });

  it('takes the answer that what looks like a personal number is none', async () => {
    const summary = 'Diarienummer 19811218-9876';
    expect(await wrong({ summary })).to.deep.equal(['summary']);
    expect(await wrong({ summary, noPersonalNumber: ['venue', 'summary'] })).to.deep.equal([]);
    expect(await wrong({ summary, noPersonalNumber: 'venue' })).to.deep.equal(['summary']);
  });

  it('stores one spelling of what costs nothing, and every price as it is written', async () => {
    const costOf = async (cost: string) => planOf((await check({ cost })).body).cost;
    expect(await costOf(' gratis. ')).to.equal('Kostnadsfritt');
    expect(await costOf('0 kr')).to.equal('Kostnadsfritt');
    expect(await costOf('100 kr, betalas på plats')).to.equal('100 kr, betalas på plats');
    expect(await costOf('')).to.equal('');
  });

  it('checks the contact', async () => {
    expect(await wrong({ contactEmail: 'a@b.se, c@d.se' })).to.deep.equal(['contactEmail']);
    expect(await wrong({ contactPhone: 'ring mig' })).to.deep.equal(['contactPhone']);
    const { body } = await check({
      contactEmail: ' Maja@Länsstyrelsen.example.se',
      contactPhone: '+46 10 000 00 00',
    });
    expect(planOf(body).contactEmail).to.equal('maja@xn--lnsstyrelsen-gcb.example.se');
  });

  it('writes titles on one line, since they stand in letters’ subjects', async () => {
    const { body } = await check({ title: 'Skolan\r\nBcc: alla@example.se' });
    expect(planOf(body).title).to.equal('Skolan Bcc: alla@example.se');
  });
});
