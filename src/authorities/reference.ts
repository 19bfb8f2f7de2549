import { type Authority, AuthorityModel, type Initiative, type Municipality } from './authority.ts';

type ReferenceRow = [code: string, name: string, fullName: string, row: number, column: number];

/** SCB codes and names; the places in the tile map follow the real borders as far as tiles can. */
const ostergotland: ReferenceRow[] = [
  ['0509', 'Ödeshög', 'Ödeshögs kommun', 3, 1],
  ['0512', 'Ydre', 'Ydre kommun', 4, 2],
  ['0513', 'Kinda', 'Kinda kommun', 4, 3],
  ['0560', 'Boxholm', 'Boxholms kommun', 3, 2],
  ['0561', 'Åtvidaberg', 'Åtvidabergs kommun', 3, 3],
  ['0562', 'Finspång', 'Finspångs kommun', 1, 3],
  ['0563', 'Valdemarsvik', 'Valdemarsviks kommun', 3, 4],
  ['0580', 'Linköping', 'Linköpings kommun', 2, 3],
  ['0581', 'Norrköping', 'Norrköpings kommun', 1, 4],
  ['0582', 'Söderköping', 'Söderköpings kommun', 2, 4],
  ['0583', 'Motala', 'Motala kommun', 1, 2],
  ['0584', 'Vadstena', 'Vadstenas kommun', 2, 1],
  ['0586', 'Mjölby', 'Mjölbys kommun', 2, 2],
];

const allaBarn: Initiative = {
  name: 'Alla barn i Östergötland',
  targetGroup: 'Tjänstepersoner, chefer och förtroendevalda i länets kommuner',
  factors: ['skola', 'foraldrar', 'fritid'],
  daysAYear: 3,
  since: 2026,
  until: null,
};

const sodermanland: ReferenceRow[] = [
  ['0428', 'Vingåker', 'Vingåkers kommun', 2, 1],
  ['0461', 'Gnesta', 'Gnesta kommun', 2, 4],
  ['0480', 'Nyköping', 'Nyköpings kommun', 3, 3],
  ['0481', 'Oxelösund', 'Oxelösunds kommun', 4, 3],
  ['0482', 'Flen', 'Flens kommun', 2, 3],
  ['0483', 'Katrineholm', 'Katrineholms kommun', 2, 2],
  ['0484', 'Eskilstuna', 'Eskilstuna kommun', 1, 2],
  ['0486', 'Strängnäs', 'Strängnäs kommun', 1, 3],
  ['0488', 'Trosa', 'Trosa kommun', 3, 4],
];

/** What every database has: the two county boards, with facts that organisers can change in their settings. */
const reference: Authority[] = [
  {
    _id: '05',
    name: 'Länsstyrelsen Östergötland',
    county: 'Östergötland',
    unit: 'Enheten för social hållbarhet',
    street: 'Östgötagatan 3',
    postal: '581 86 Linköping',
    organisationNumber: '202100-2270',
    dataProtectionEmail: 'dataskydd@lansstyrelsen.se',
    contactEmail: '',
    contactPhone: '',
    closingText: 'enkel',
    initiative: allaBarn,
    municipalities: ostergotland.map(municipality),
    version: 1,
  },
  {
    _id: '04',
    name: 'Länsstyrelsen Södermanland',
    county: 'Södermanland',
    unit: 'Enheten för social hållbarhet',
    street: 'Stora Torget 13',
    postal: '611 86 Nyköping',
    organisationNumber: '202100-2262',
    dataProtectionEmail: 'dataskydd@lansstyrelsen.se',
    contactEmail: '',
    contactPhone: '',
    closingText: 'enkel',
    initiative: null,
    municipalities: sodermanland.map(municipality),
    version: 1,
  },
];

/** Puts the county boards into a database that lacks them; what organisers have changed stays. */
export async function ensureReferenceData(): Promise<void> {
  await AuthorityModel.bulkWrite(
    reference.map(({ _id, ...facts }) => ({
      updateOne: { filter: { _id }, update: { $setOnInsert: facts }, upsert: true },
    })),
  );
}

function municipality([code, name, fullName, row, column]: ReferenceRow): Municipality {
  return { code, name, fullName, row, column };
}
