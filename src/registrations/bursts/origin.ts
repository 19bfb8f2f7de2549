import { model, Schema, type Types } from 'mongoose';

/** How long it is kept that a sign-up came from some network, in hours: long enough for a Monday to see a Friday. */
export const originHours = 72;

/**
 * Where and when a visitor signed somebody up, apart from the registration, so that the database can forget it by itself.
 */
export type Origin = {
  /** The registration. */
  _id: Types.ObjectId;
  event: Types.ObjectId;
  /** The network as a keyed hash, by which it can only be compared; absent if no request brought the sign-up. */
  network?: string;
  at: Date;
  /** False in the first hour of an event's sign-up, when many come at once. */
  isWatched: boolean;
};

const schema = new Schema<Origin>(
  {
    event: { type: Schema.Types.ObjectId, required: true },
    network: String,
    at: { type: Date, required: true },
    isWatched: { type: Boolean, required: true },
  },
  { versionKey: false },
);
schema.index({ event: 1, at: 1 });
schema.index({ network: 1, at: 1 });
schema.index({ at: 1 }, { expireAfterSeconds: originHours * 3600 });

export const OriginModel = model<Origin>('Origin', schema, 'signUpOrigins');
