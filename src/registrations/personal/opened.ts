import type { Types } from 'mongoose';
import { AuditModel, actions } from '../../audit/log.ts';
import { type Authority, findAuthority } from '../../authorities/authority.ts';
import type { Secrets } from '../../base/keys.ts';
import { type Event, EventModel } from '../../events/event.ts';
import { LetterModel } from '../../outbox/letter.ts';
import { active, type Registration, RegistrationModel } from '../registration.ts';
import { findByToken, type LinkPurpose } from './links.ts';

/** What a personal link opens. */
export type Own = { registration: Registration; event: Event; authority: Authority };

/** The registration that a link of its own opens, with its event and county board; null for a link that was made up. */
export async function findOwn(token: string, secrets: Secrets, purpose?: LinkPurpose): Promise<Own | null> {
  const registration = await findByToken(token, secrets, purpose);
  if (!registration) return null;
  const [event, authority] = await Promise.all([
    EventModel.findById(registration.event).lean<Event>(),
    findAuthority(registration.authority),
  ]);
  return event && authority && { registration, event, authority };
}

/** True where somebody who cancelled has signed up again since, which is a registration with a link of its own. */
export async function hasReturned({ event, email }: Registration): Promise<boolean> {
  return email !== '' && (await RegistrationModel.exists({ event, email, status: { $in: active } })) !== null;
}

/**
 * Everything that is held about a registration (GDPR article 15): answers, letters with their states, lines of the log.
 */
export async function ownData({ registration, event, authority }: Own) {
  const { _id } = registration;
  const [letters, log] = await Promise.all([lettersTo(_id), linesAbout(registration)]);
  const { title, slug, start, end } = event;
  const { search: _search, ...answered } = registration;
  const told = {
    ...answered,
    // The one who signed somebody up has an address of their own, which is not about oneself.
    ...(registration.registeredBy && { registeredBy: registration.registeredBy.name }),
  };
  return {
    authority: authority.name,
    event: { title, slug, start, end },
    registration: told,
    letters,
    log,
  };
}

async function lettersTo(registration: Types.ObjectId) {
  const letters = await LetterModel.find({ registration }, 'kind to language state createdAt sentAt error')
    .sort({ createdAt: 1 })
    .lean();
  return letters.map(({ _id, ...letter }) => letter);
}

async function linesAbout({ _id, event }: Registration) {
  const about = { event, $or: [{ registration: _id }, { registrations: _id }] };
  const entries = await AuditModel.find(about, 'at action by about').sort({ at: 1 }).lean();
  return entries.map(({ at, action, by, about }) => ({
    at,
    by: by ?? null,
    what: `${actions[action]} ${about}`,
  }));
}
