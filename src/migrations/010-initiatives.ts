import type { Migration } from './migration.ts';

/** At least three boost days a year about all three protective factors: what was a constant for Östergötland is its setting. */
export const initiatives: Migration = {
  number: 10,
  name: 'initiatives',
  async whole(database, options) {
    const authorities = database.collection<{ _id: string }>('authorities');
    const initiative = {
      name: 'Alla barn i Östergötland',
      targetGroup: 'Tjänstepersoner, chefer och förtroendevalda i länets kommuner',
      factors: ['skola', 'foraldrar', 'fritid'],
      daysAYear: 3,
      since: 2026,
      until: null,
    };
    const without = { initiative: { $exists: false } };
    await authorities.updateOne({ _id: '05', ...without }, { $set: { initiative } }, options);
    await authorities.updateMany(without, { $set: { initiative: null } }, options);
  },
};
