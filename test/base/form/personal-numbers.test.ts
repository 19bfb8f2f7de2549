import { expect } from 'chai';
import { holdsPersonalNumber } from '../../../src/base/form/personal-numbers.ts';

describe('holdsPersonalNumber', () => {
  for (const number of [
    '19121212-1212',
    '191212121212',
    '20121212 1212',
    '121212-1212',
    '121212+1212',
    '1212121212',
    'Jag heter Åsa, 19121212-1212.',
    '191212721219',
    '19120229-1234',
    '121212 1212',
    '121212\u20131212',
    '\uff11\uff12\uff11\uff12\uff11\uff12\uff0d\uff11\uff12\uff11\uff12',
    '1912\u200b1212\u20111212',
    '20121272-1219',
    '20121212-1212 https://example.se',
  ])
    it(`finds one in ${JSON.stringify(number)}`, () => {
      expect(holdsPersonalNumber(number)).to.equal(true);
    });

  for (const other of [
    '',
    '010-223 50 00',
    '0102235000',
    '0701234567',
    '1212121213',
    '202100-2270',
    '19121312-1212',
    '19120230-1212',
    '991212121212345',
    'Motala kommun, 2027-02-11 9.00–12.00',
    'Dnr 801-1234-2026',
    'Frågor? Ring 0707076105.',
    '0707076139',
    '0707076170',
    '0707076212',
    'https://zoom.us/j/6512151231',
    'Film https://example.se/20261112-0930',
    'Film: www.example.se/19121212-1212',
    'Vi ses 20270211 0900',
    'Vi ses 20270211 0930 och 20270212-1300',
    'Förra gången var 20181108 0930',
    '270211-0900',
  ])
    it(`lets ${JSON.stringify(other)} pass`, () => {
      expect(holdsPersonalNumber(other)).to.equal(false);
    });
});
