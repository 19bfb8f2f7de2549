import { model, Schema } from 'mongoose';

/** A municipality of the county: SCB code (a string with its leading zero), place in the tile map. */
export type Municipality = { code: string; name: string; fullName: string; row: number; column: number };

/** A school break: of a municipality by its SCB code, or of the `wholeCounty`. Days are YYYY-MM-DD, both included. */
export type SchoolBreak = { municipality: string; name: string; from: string; to: string };

/** In place of a municipality's code: the break is the same in the whole county. */
export const wholeCounty = 'alla';

/** A county board's yearly undertaking: so many boost days a year for somebody, which together are about all its factors. */
export type Initiative = {
  name: string;
  targetGroup: string;
  /** Keys of protective factors (events/event.ts). */
  factors: string[];
  daysAYear: number;
  /** The first year. */
  since: number;
  /** The last year; null: until further notice. */
  until: number | null;
};

/** A county board: who invites, who answers for personal data, and which municipalities its county has. */
export type Authority = {
  /** County code, "05" */
  _id: string;
  name: string;
  county: string;
  unit: string;
  street: string;
  postal: string;
  organisationNumber: string;
  dataProtectionEmail: string;
  contactEmail: string;
  contactPhone: string;
  /**
   * Which words are shown when sign-up has closed: our own, or those of the county boards' website (lansstyrelsen.se).
   */
  closingText: 'enkel' | 'somIdag';
  municipalities: Municipality[];
  /** In the order of their days; left out: none entered yet. */
  schoolBreaks?: SchoolBreak[];
  /** Null where the county board has none. */
  initiative: Initiative | null;
  /** Rises with every save, so that an edit conflict is noticed. */
  version: number;
};

const municipality = new Schema<Municipality>(
  { code: String, name: String, fullName: String, row: Number, column: Number },
  { _id: false },
);

const schoolBreak = new Schema<SchoolBreak>(
  { municipality: String, name: String, from: String, to: String },
  { _id: false },
);

const initiative = new Schema<Initiative>(
  {
    name: String,
    targetGroup: String,
    factors: [String],
    daysAYear: Number,
    since: Number,
    until: { type: Number, default: null },
  },
  { _id: false },
);

const schema = new Schema<Authority>(
  {
    _id: String,
    name: { type: String, required: true },
    county: { type: String, required: true },
    unit: String,
    street: String,
    postal: String,
    organisationNumber: String,
    dataProtectionEmail: String,
    contactEmail: String,
    contactPhone: String,
    closingText: { type: String, enum: ['enkel', 'somIdag'], required: true },
    municipalities: [municipality],
    initiative: { type: initiative, default: null },
    schoolBreaks: { type: [schoolBreak], default: undefined },
    version: { type: Number, required: true },
  },
  { versionKey: false },
);

export const AuthorityModel = model<Authority>('Authority', schema, 'authorities');

/** One county board by its county code. */
export async function findAuthority(code: string): Promise<Authority | null> {
  return AuthorityModel.findById(code).lean<Authority>();
}

/** The county board that an event or a registration belongs to. */
export async function authorityOf({ authority }: { authority: string }): Promise<Authority> {
  return AuthorityModel.findById(authority).orFail().lean<Authority>();
}

/** All county boards in the order of their county codes. */
export async function listAuthorities(): Promise<Authority[]> {
  return AuthorityModel.find().sort({ _id: 1 }).lean<Authority[]>();
}

/** A county board as a list of events names it, without its municipalities and school breaks. */
export type BoardHead = Omit<Authority, 'municipalities' | 'schoolBreaks'>;

/** The same without what is long. */
export async function listBoardHeads(): Promise<BoardHead[]> {
  return AuthorityModel.find({}, { municipalities: 0, schoolBreaks: 0 }).sort({ _id: 1 }).lean<BoardHead[]>();
}

/** What the office calls the place of those who represent none of the county's municipalities. */
export const otherMunicipalityName = 'Annan';

/** The municipality's name, or the word for those who represent none of them. */
export function municipalityName(authority: Pick<Authority, 'municipalities'>, code: string): string {
  return authority.municipalities.find((one) => one.code === code)?.name ?? otherMunicipalityName;
}
