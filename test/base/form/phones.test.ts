import { expect } from 'chai';
import { dialled, phoneIn } from '../../../src/base/form/phones.ts';

describe('A telephone number', () => {
  for (const [typed, shown] of [
    ['010–223 50 00', '010-223 50 00'],
    ['010\u2011223 50 00', '010-223 50 00'],
    ['(010) 223 50 00', '(010) 223 50 00'],
    ['010.223.50.00', '010.223.50.00'],
    ['010/223 50 00', '010/223 50 00'],
    ['010-223 50 00 (vx)', '010-223 50 00 (vx)'],
    ['010-223 50 00, växeln', '010-223 50 00, växeln'],
    ['010-223 50 00 ankn 12', '010-223 50 00 ankn 12'],
    ['tel:+46102235000', '+46102235000'],
    ['+46 (0)10-223 50 00', '+46 (0)10-223 50 00'],
    ['0046 10 223 50 00', '0046 10 223 50 00'],
    ['\u202a010-223\u00a050 00\u202c', '010-223 50 00'],
  ])
    it(`is taken as ${JSON.stringify(typed)}, and its link dials the number (RFC 3966)`, () => {
      expect(phoneIn(typed)).to.equal(shown);
      expect(dialled(String(shown))).to.equal('+46102235000');
    });

  it('that is foreign or short is dialled as it is', () => {
    expect(dialled('+47 22 00 00 00')).to.equal('+4722000000');
    expect(dialled('114 14')).to.equal('11414');
  });

  for (const wrong of ['', 'ring mig', '112', '010-1 eller 070-2', '010-223 50 00 070-123 45 67', 'a@x.se'])
    it(`is not ${JSON.stringify(wrong)}`, () => {
      expect(phoneIn(wrong)).to.equal(undefined);
      expect(dialled(wrong)).to.equal(undefined);
    });
});
