import { model, Schema, type Types } from 'mongoose';
import { originHours } from './origin.ts';

/** Unusually many sign-ups for an event in a short time. It lasts until an hour has passed without more of them. */
export type Burst = {
  _id: Types.ObjectId;
  event: Types.ObjectId;
  authority: string;
  /** The network that they came from, if it is one; else they came to one event. */
  network?: string;
  /** From its first sign-up to its latest. */
  startedAt: Date;
  lastAt: Date;
  /** When the organisers were told by letter. */
  toldAt?: Date;
};

const schema = new Schema<Burst>(
  {
    event: { type: Schema.Types.ObjectId, required: true },
    authority: { type: String, required: true },
    network: String,
    startedAt: { type: Date, required: true },
    lastAt: { type: Date, required: true },
    toldAt: Date,
  },
  { versionKey: false },
);
schema.index({ event: 1, lastAt: 1 });
// It is of no use when it is forgotten who belonged to it.
schema.index({ lastAt: 1 }, { expireAfterSeconds: originHours * 3600 });

export const BurstModel = model<Burst>('Burst', schema, 'bursts');
