import { model, type QueryFilter, Schema, type Types } from 'mongoose';
import { shownAddress } from '../../base/form/addresses.ts';
import { foldedWords } from '../../base/form/folding.ts';
import { type Language, languages } from '../../texts/texts.ts';

/** What an organiser writes about somebody in the register. */
export type SpeakerDetails = {
  name: string;
  title: string;
  organisation: string;
  email: string;
  phone: string;
  /** The language of letters to them and of their personal page. */
  language: Language;
  /** Who they are, for the event's page. */
  text: string;
  textEn: string;
  /** Technical needs only, such as a projector or a hearing loop. */
  needs: string;
};

/** Somebody in a county board's register of speakers. */
export type SpeakerEntry = SpeakerDetails & {
  _id: Types.ObjectId;
  authority: string;
  /** The hash of the portrait that an organiser has approved. */
  portrait?: string;
  /** The person's own yes to showing it to visitors. */
  showsPortrait?: boolean;
  /** The name in folded words: what two entries of one person mostly have in common. */
  namesake: string;
  /** Name and organisation folded: what two entries of one person without address have in common. */
  identity: string;
  /** The words that they are searched by. */
  search: string[];
  changedAt: Date;
  /** Rises with every save by an organiser, so that an edit conflict is noticed. */
  version: number;
  /** Belongs to the example county: letters to them never leave. */
  example: boolean;
};

/** How lists of speakers are sorted. */
export const byName = { locale: 'sv', strength: 2 } as const;

const text = { type: String, default: '' };
const schema = new Schema<SpeakerEntry>(
  {
    authority: { type: String, required: true },
    name: { type: String, required: true },
    ...{ title: text, organisation: text, email: text, phone: text },
    language: { type: String, enum: languages, default: 'sv' },
    ...{ text, textEn: text, needs: text },
    portrait: String,
    showsPortrait: Boolean,
    namesake: { type: String, required: true },
    identity: { type: String, required: true },
    search: [String],
    changedAt: { type: Date, required: true },
    version: { type: Number, default: 1 },
    example: { type: Boolean, default: false },
  },
  { versionKey: false },
);
schema.index({ authority: 1, email: 1 });
schema.index({ authority: 1, identity: 1 });
schema.index({ authority: 1, namesake: 1 });
schema.index({ authority: 1, name: 1 }, { collation: byName });
schema.index({ authority: 1, search: 1 });

export const SpeakerModel = model<SpeakerEntry>('Speaker', schema, 'speakers');

/** What follows from the details: whoever writes these writes that too. */
export function derivedOf({
  name,
  title,
  organisation,
  email,
}: Pick<SpeakerDetails, 'name' | 'title' | 'organisation' | 'email'>) {
  const search = foldedWords([name, title, organisation, shownAddress(email)].join(' '));
  const namesake = foldedWords(name).join(' ');
  return { namesake, identity: identityOf({ name, organisation }), search };
}

/** Name and organisation in folded words. Both in the name, as "Elin Sandbäck, Norra Ekeby högskola", are the same. */
export function identityOf({ name, organisation }: Pick<SpeakerDetails, 'name' | 'organisation'>): string {
  return foldedWords(`${name} ${organisation}`).join(' ');
}

/** More typed words narrow nothing. */
const mostWords = 12;

/** Whom a typed text finds: each of its words begins one of theirs. Without a single word nobody is found. */
export function foundBy(typed: string): QueryFilter<SpeakerEntry> {
  if (typed.trim() === '') return {};
  const words = foldedWords(typed).slice(0, mostWords);
  if (words.length === 0) return { search: { $in: [] } };
  return { $and: words.map((word) => ({ search: { $regex: `^${word}` } })) };
}
