import { model, Schema, type Types } from 'mongoose';
import { insertRows } from '../../base/database.ts';
import { isoDay } from '../../base/dates.ts';
import { folded } from '../../base/form/folding.ts';
import { type Event, EventModel } from '../event.ts';
import { visible } from '../public-events.ts';

/** An address that visitors have known. It is its event's for good, also when that has another one or is gone. */
type PublicAddress = { _id: string; event: Types.ObjectId };

const schema = new Schema<PublicAddress>(
  { _id: { type: String, required: true }, event: { type: Schema.Types.ObjectId, required: true } },
  { versionKey: false },
);

export const PublicAddressModel = model<PublicAddress>('PublicAddress', schema, 'addresses');

type Named = Pick<Event, 'title' | 'start'>;

/** The part of a public address that says which event it is: its title and its day. Drafts may share one. */
export function slugFor({ title, start }: Named): string {
  return `${slugOf(title)}-${isoDay(start)}`;
}

/** A title as a part of an address: plain letters, digits and hyphens. */
export function slugOf(title: string): string {
  return (
    folded(title)
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60)
      .replace(/-$/, '') || 'evenemang'
  );
}

/**
 * Takes the address of an event's title and day, in the transaction that makes it public or changes it there: one that
 * it has had before, else the first that no event has ever had, with a number where others have had it.
 * @returns the slug
 */
export async function claimSlug(event: Pick<Event, '_id'> & Named): Promise<string> {
  const base = slugFor(event);
  const known = await PublicAddressModel.find({ _id: new RegExp(`^${base}(-\\d+)?$`) }).lean<
    PublicAddress[]
  >();
  const own = known.find((one) => one.event.equals(event._id));
  if (own) return own._id;
  const taken = new Set(known.map(({ _id }) => _id));
  let slug = base;
  for (let number = 2; taken.has(slug); number += 1) slug = `${base}-${number}`;
  await insertRows(PublicAddressModel, [{ _id: slug, event: event._id }]);
  return slug;
}

/** The slug of a changed event: a new one if its title or day is another, which visitors' addresses then lead to. */
export async function slugAfter(before: Event, changed: Pick<Event, '_id'> & Named): Promise<string> {
  if (slugFor(before) === slugFor(changed)) return before.slug;
  return before.state === 'draft' ? slugFor(changed) : claimSlug(changed);
}

/** Where the event that once had this slug is now; undefined if there is none that visitors may see. */
export async function presentSlug(slug: string): Promise<string | undefined> {
  const address = await PublicAddressModel.findById(slug).lean<PublicAddress>();
  if (!address) return undefined;
  const event = await EventModel.findOne({ _id: address.event, ...visible }, 'slug').lean<Event>();
  return event?.slug;
}
