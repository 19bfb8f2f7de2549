import ICAL from 'ical.js';
import PostalMime from 'postal-mime';

/** An entry as a person sees it in the calendar. Instants by the object's own timezone. */
export type Shown = {
  uid: string;
  sequence: number;
  title: string;
  location: string;
  start: string;
  end: string;
};

/** What the calendar did with a letter. */
export type Action = 'added' | 'updated' | 'removed' | 'ignored';

/** What is known of a UID: its last revision, and the entry unless it has been removed. */
type Known = { sequence: number; stamp: string; organiser: string; shown?: Shown };

type Invitation = Known & { method: string; shown: Shown; attendees: string[] };

/**
 * A small model of one person's calendar program, which does what RFC 5546 2.1.5 says of UID, SEQUENCE and DTSTAMP:
 * what is older than what it has is ignored, and of the same SEQUENCE the later DTSTAMP counts; CANCEL removes, and
 * what was removed does not come back by an older letter. As programs do, it ignores what is not for its owner,
 * what does not come from the organiser (R15), what contradicts its own mail (R2), and a CANCEL of what it never had.
 */
export function clientCalendar(owner: string): {
  /** Takes a mail, as often and in whatever order it comes. A mail without a calendar object is ignored. */
  deliver: (raw: Buffer | string) => Promise<Action>;
  /** What stands in the calendar, by start. */
  entries: () => Shown[];
} {
  const calendar = new Map<string, Known>();
  return {
    async deliver(raw) {
      const invitation = await invitationIn(raw, owner);
      return invitation ? apply(invitation, calendar) : 'ignored';
    },
    entries: () =>
      [...calendar.values()]
        .flatMap(({ shown }) => shown ?? [])
        .sort((one, other) => one.start.localeCompare(other.start)),
  };
}

function apply({ method, shown, ...revision }: Invitation, calendar: Map<string, Known>): Action {
  const known = calendar.get(shown.uid);
  if (!known) {
    if (method !== 'REQUEST') return 'ignored';
    calendar.set(shown.uid, { ...revision, shown });
    return 'added';
  }
  if (!isNewer(revision, known) || revision.organiser !== known.organiser) return 'ignored';
  if (method === 'CANCEL') {
    calendar.set(shown.uid, revision);
    return known.shown ? 'removed' : 'ignored';
  }
  calendar.set(shown.uid, { ...revision, shown });
  return known.shown ? 'updated' : 'added';
}

function isNewer(one: Known, than: Known): boolean {
  return one.sequence > than.sequence || (one.sequence === than.sequence && one.stamp > than.stamp);
}

/** The REQUEST or CANCEL in a mail, where it is from the organiser and for the owner. */
async function invitationIn(raw: Buffer | string, owner: string): Promise<Invitation | undefined> {
  const mail = await PostalMime.parse(raw, { attachmentEncoding: 'utf8' });
  const part = mail.attachments.find(({ mimeType }) => mimeType === 'text/calendar');
  if (!part) return undefined;
  const invitation = read(String(part.content));
  const fits =
    part.method?.toUpperCase() === invitation.method &&
    ['REQUEST', 'CANCEL'].includes(invitation.method) &&
    invitation.organiser === mail.from?.address?.toLowerCase() &&
    invitation.attendees.includes(owner.toLowerCase());
  return fits ? invitation : undefined;
}

function read(text: string): Invitation {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const zone = calendar.getFirstSubcomponent('vtimezone');
  if (zone) ICAL.TimezoneService.register(zone);
  const component = calendar.getFirstSubcomponent('vevent');
  if (!component) throw new Error('There is no event in the object.');
  const event = new ICAL.Event(component);
  const [start, end] = [event.startDate, event.endDate].map((time) => time.toJSDate().toISOString());
  return {
    method: String(calendar.getFirstPropertyValue('method')),
    sequence: event.sequence ?? 0,
    stamp: String(component.getFirstPropertyValue('dtstamp')),
    organiser: addressOf(event.organizer),
    attendees: event.attendees.map((attendee) => addressOf(String(attendee.getFirstValue()))),
    shown: {
      uid: event.uid,
      sequence: event.sequence ?? 0,
      title: event.summary,
      location: event.location,
      start: start ?? '',
      end: end ?? '',
    },
  };
}

function addressOf(uri: string): string {
  return uri.toLowerCase().replace(/^mailto:/, '');
}

/** A letter on its way, with what the post between must not change: whose calendar entry it is about. */
type Posted = { raw: Buffer };

/**
 * The deliveries that SMTP may make of letters which left in this order: each at least once, some again later, byte for
 * byte (RFC 5321 4.5.3.2.6), and those to one person in another order. Only the first letter about an entry comes
 * before the others about it: it was given to the mail server before they were written, and a program that meets
 * the CANCEL first cannot know what it is about.
 * @param random from 0 to 1, as Math.random
 */
export async function inTransit<Mail extends Posted>(mails: Mail[], random: () => number): Promise<Mail[]> {
  const repeated = mails.flatMap((mail) => (random() < 0.4 ? [mail, mail] : [mail]));
  const shuffled = repeated
    .map((mail) => ({ mail, place: random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ mail }) => mail);
  const uids = new Map(await Promise.all(mails.map(async (mail) => [mail, await uidIn(mail)] as const)));
  const met = new Set<string>();
  return shuffled.flatMap((mail) => {
    const uid = uids.get(mail);
    if (!uid || met.has(uid)) return [mail];
    met.add(uid);
    const first = mails.find((one) => uids.get(one) === uid);
    return first && first !== mail ? [first, mail] : [mail];
  });
}

async function uidIn({ raw }: Posted): Promise<string | undefined> {
  const { attachments } = await PostalMime.parse(raw, { attachmentEncoding: 'utf8' });
  const part = attachments.find(({ mimeType }) => mimeType === 'text/calendar');
  return part && read(String(part.content)).shown.uid;
}
