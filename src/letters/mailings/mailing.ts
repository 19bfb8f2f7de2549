import { model, Schema, type Types } from 'mongoose';
import { type Role, roles } from '../../authorities/roles.ts';
import { type Mode, modes } from '../../events/event.ts';
import type { Registration } from '../../registrations/registration.ts';
import { capital } from '../../texts/grammar.ts';
import { type Language, languages, type Translation } from '../../texts/texts.ts';

/** The participants, or the speakers, whom a letter by hand can go to. `speakers`: those who are to speak, or may. */
export const mailingGroups = {
  participants: ['confirmed', 'waiting', 'cancelled'],
  speakers: ['speakers', 'accepted', 'invited'],
} as const;

/** Whom a letter by hand goes to; what is left out is no condition. The other conditions are for participants only. */
export type MailingFilter = {
  status: Registration['status'] | SpeakerGroup;
  municipality?: string;
  role?: Role;
  mode?: Mode;
};

type SpeakerGroup = (typeof mailingGroups.speakers)[number];

/** The speakers of an event that a letter by hand goes to; undefined for one to participants. */
export function speakersIn({ status }: Pick<MailingFilter, 'status'>): SpeakerGroup | undefined {
  return mailingGroups.speakers.find((one) => one === status);
}

/** A subject and a text in Swedish, and in each other language: `subjectEn`, `textEn`. */
type WordField = `${'subject' | 'text'}${'' | Capitalize<Translation>}`;

/** The words of a letter by hand; those of a translation may be empty, then everybody gets the Swedish ones. */
export type MailingWords = Record<WordField, string>;

/** The fields that hold the words in a language. */
export function wordFields(language: Language): Record<'subject' | 'text', WordField> {
  const suffix = (language === 'sv' ? '' : capital(language)) as Capitalize<Translation>;
  return { subject: `subject${suffix}`, text: `text${suffix}` };
}

/** The fields of all languages. */
export const allWordFields = languages.flatMap((language) => Object.values(wordFields(language)));

/** A letter that an organiser writes to some of the people of an event. */
export type Mailing = MailingWords & {
  _id: Types.ObjectId;
  event: Types.ObjectId;
  authority: string;
  filter: MailingFilter;
  /** The organiser's name: who wrote the draft, then who sent it. */
  by: string;
  state: 'draft' | 'sent';
  changedAt: Date;
  /** Rises with every change, so that nothing is sent that was not seen. */
  version: number;
  /** The version that the organiser has got as a letter. */
  tested?: number;
  testedAt?: Date;
  sentAt?: Date;
  /** How many get it, as the organiser confirmed. */
  count?: number;
  /** The last address, in their order, whose letter is in the outbox. */
  after?: string;
  /** When all letters were in the outbox. */
  doneAt?: Date;
};

const text = { type: String, default: '' };
const words = Object.fromEntries(allWordFields.map((field) => [field, text]));
const schema = new Schema<Mailing>(
  {
    event: { type: Schema.Types.ObjectId, required: true },
    authority: { type: String, required: true },
    filter: {
      type: new Schema<MailingFilter>(
        {
          status: { type: String, enum: Object.values(mailingGroups).flat(), required: true },
          municipality: String,
          role: { type: String, enum: roles },
          mode: { type: String, enum: modes },
        },
        { _id: false },
      ),
      required: true,
    },
    ...words,
    by: text,
    state: { type: String, enum: ['draft', 'sent'], default: 'draft' },
    changedAt: { type: Date, required: true },
    version: { type: Number, default: 1 },
    tested: Number,
    testedAt: Date,
    sentAt: Date,
    count: Number,
    after: String,
    doneAt: Date,
  },
  { versionKey: false, minimize: false },
);
schema.index({ event: 1, changedAt: -1 });
schema.index({ authority: 1, after: 1 });
// What a worker has to finish.
schema.index({ state: 1, doneAt: 1 });

export const MailingModel = model<Mailing>('Mailing', schema, 'mailings');
