import { authorityOf } from '../../authorities/authority.ts';
import { idFrom } from '../../base/database.ts';
import type { Secrets } from '../../base/keys.ts';
import { idInToken, isTokenFor, tokenFor } from '../../base/tokens.ts';
import { type Event, EventModel } from '../../events/event.ts';
import { type Engagement, EngagementModel } from './engagement.ts';
import type { Appearance } from './letters.ts';

const purpose = 'speaker link';

type Holder = Pick<Engagement, '_id' | 'email'>;

/** The secret part of the link to a speaker's personal page. One that went to another address opens nothing. */
export function speakerToken(holder: Holder, secret: string): string {
  return tokenFor({ id: holder._id.toHexString(), text: textOf(holder) }, purpose, secret);
}

/** What a speaker's link opens; null for a link that was made up, or whose event is gone. */
export async function findAppearance(token: string, secrets: Secrets): Promise<Appearance | null> {
  const id = idFrom(idInToken(token, purpose));
  const engagement = id && (await EngagementModel.findById(id).lean<Engagement>());
  if (!engagement || !isTokenFor(textOf(engagement), token, purpose, secrets)) return null;
  const event = await EventModel.findById(engagement.event).lean<Event>();
  return event && { engagement, event, authority: await authorityOf(event) };
}

function textOf({ _id, email }: Holder): string {
  return `speaker ${_id.toHexString()} ${email}`;
}
