import { expect } from 'chai';
import { collationOf } from '../../../src/store/values/collation.ts';
import { sortKey } from '../../../src/store/values/sort-keys.ts';
import { newSeed, seeded } from '../temporary.ts';

describe('the sort keys of texts', () => {
  const latin = Array.from({ length: 0x160 }, (_, i) => String.fromCharCode(0x20 + i));
  const frequent = [...'aåäeéèoöøuüylłnñ -’AÅÄÖÜ'];

  for (const locale of ['sv', 'en'])
    it(`compare as the collation ${locale} does, also where only an accent differs`, () => {
      const collation = collationOf({ locale, strength: 2 });
      if (!collation) throw new Error('no collation');
      const known = (from: string[]) => from.filter((one) => sortKey(one, collation) !== undefined);
      const seed = newSeed();
      const random = seeded(seed);
      const pools = [known(latin), known(frequent)];
      expect(pools.map(({ length }) => length > 20)).to.deep.equal([true, true]);
      for (let n = 0; n < 50_000; n++) {
        const pool = pools[n % 2] ?? [];
        const one = () => pool[random(pool.length)] ?? '';
        const a = Array.from({ length: 1 + random(4) }, one).join('');
        const b = [...a].map((own) => (random(3) === 0 ? one() : own)).join('') + (random(2) ? one() : '');
        const [x, y] = [a, b].map((text) => Buffer.from(sortKey(text, collation) ?? '?'));
        if (!x || !y) throw new Error('no key');
        expect(Math.sign(Buffer.compare(x, y)), `${a} ${b}, SEED=${seed}`).to.equal(
          Math.sign(collation.compare(a, b)),
        );
      }
    });

  it('are not made of other scripts, nor where capitals count', () => {
    expect(sortKey('Жуков', collationOf({ locale: 'sv', strength: 2 }) as never)).to.equal(undefined);
    expect(sortKey('Ek', collationOf({ locale: 'sv', strength: 3 }) as never)).to.equal(undefined);
  });
});
