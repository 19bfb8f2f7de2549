import { model, Schema, type Types } from 'mongoose';
import { type Role, roles } from '../../authorities/roles.ts';
import { type Mode, modes } from '../../events/event.ts';
import type { Registration } from '../../registrations/registration.ts';

/** Whom a letter by hand goes to; what is left out is no condition. */
export type Filter = {
  status: Registration['status'];
  municipality?: string;
  role?: Role;
  mode?: Mode;
};

/** The words of a letter by hand; the English ones may be empty, then everybody gets the Swedish ones. */
export type Words = { subject: string; text: string; subjectEn: string; textEn: string };

/** A letter that an organiser writes to some of the people of an event. */
export type Mailing = Words & {
  _id: Types.ObjectId;
  event: Types.ObjectId;
  authority: string;
  filter: Filter;
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
const schema = new Schema<Mailing>(
  {
    event: { type: Schema.Types.ObjectId, required: true },
    authority: { type: String, required: true },
    filter: {
      type: new Schema<Filter>(
        {
          status: { type: String, enum: ['confirmed', 'waiting', 'cancelled'], required: true },
          municipality: String,
          role: { type: String, enum: roles },
          mode: { type: String, enum: modes },
        },
        { _id: false },
      ),
      required: true,
    },
    ...{ subject: text, text, subjectEn: text, textEn: text, by: text },
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
// What a worker has to finish.
schema.index({ state: 1, doneAt: 1 });

export const MailingModel = model<Mailing>('Mailing', schema, 'mailings');
