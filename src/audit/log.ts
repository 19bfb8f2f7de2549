import { model, type QueryFilter, Schema, Types } from 'mongoose';
import type { Context } from '../base/context.ts';
import { insertRows, pageOf } from '../base/database.ts';

/** Everything that the log can tell, as Swedish sentences: the office's log writes "<who> <sentence>". */
export const actions = {
  'event.created': 'skapade evenemanget',
  'event.copied': 'kopierade evenemanget',
  'event.changed': 'ändrade evenemanget',
  'event.programme': 'ändrade programmet för',
  'event.files': 'ändrade bild eller dokument för',
  'event.published': 'publicerade evenemanget',
  'event.unpublished': 'gjorde till utkast igen',
  'event.cancelled': 'ställde in evenemanget',
  'event.closed': 'avslutade evenemanget',
  'event.deleted': 'tog bort utkastet',
  'event.recorded': 'matade in i efterhand',
  'event.removed': 'tog bort det som matats in om',
  'registration.made': 'gjorde en anmälan till',
  'registration.changed': 'ändrade en anmälan till',
  'registration.cancelled': 'avbokade en anmälan till',
  'registration.cancelledMany': 'avbokade ett urval av deltagarna i',
  'registration.queued': 'ställde en anmälan på väntelistan till',
  'registration.promoted': 'gav en plats från väntelistan till',
  'registration.unseated': 'flyttade en deltagare till väntelistan för',
  'registration.unplaced': 'stängde väntelistan för en anmälan till',
  'registration.declined': 'tackade nej i sin kalender till',
  'registration.kept': 'bekräftade en anmälan till',
  'registration.bounced': 'går inte att nå med mejl om',
  'registration.exported': 'hämtade deltagarlistan för',
  'person.erased': 'raderade en person på begäran:',
  'mailing.sent': 'skickade ett utskick om',
  'letter.resent': 'skickade ett mejl igen om',
  'letters.released': 'lät skicka det som hållits efter en återläsning:',
  'letters.discarded': 'kastade det som hållits efter en återläsning:',
  'mail.released': 'släppte ett mejl som inte gick att söka igenom',
  'attendance.present': 'markerade att en deltagare kom till',
  'attendance.absent': 'markerade att en deltagare inte kom till',
  'attendance.cleared': 'ångrade en närvaromarkering för',
  'attendance.outvoted': 'markerade ”kom inte” för en deltagare som redan är markerad som närvarande på',
  'attendance.undoneByOne':
    'ångrade en närvaromarkering för en deltagare som någon annan också har markerat på',
  'attendance.imported': 'läste in en rapport från mötet till',
  'attendance.importUndone': 'ångrade en inläst rapport för',
  'attendance.walkIn': 'skrev in en deltagare utan anmälan på',
  'helper.made': 'gjorde en länk till någon som hjälper till vid',
  'helper.revoked': 'drog in en länk till någon som hjälper till vid',
  'speaker.made': 'lade till en medverkande i registret:',
  'speaker.changed': 'ändrade uppgifterna i registret om',
  'speaker.removed': 'tog bort ur registret över medverkande:',
  'speaker.merged': 'slog ihop två poster i registret över medverkande:',
  'speaker.invited': 'bjöd in någon att medverka i',
  'speaker.accepted': 'tackade ja till att medverka i',
  'speaker.declined': 'tackade nej till att medverka i',
  'speaker.proposed': 'lämnade uppgifter om sin medverkan i',
  'speaker.approved': 'tog ställning till en medverkandes uppgifter om',
  'speaker.uninvited': 'tog bort en inbjudan att medverka i',
  'organiser.invited': 'bjöd in organisatören',
  'organiser.removed': 'tog bort organisatören',
  'organiser.signedIn': 'loggade in',
  'organiser.signedOut': 'loggade ut överallt',
  'calendar.made': 'gjorde en länk till sin kalender',
  'calendar.renewed': 'bytte länken till sin kalender',
  'calendar.removed': 'tog bort länken till sin kalender',
  'settings.changed': 'ändrade inställningarna',
  'example.removed': 'tog bort exemplet',
} as const;
export type Action = keyof typeof actions;

/** The words before the full stop in an action. */
export type ActionGroup = Action extends `${infer Group}.${string}` ? Group : never;

/** What stood in a field and what stands there now, as a form shows it; empty for nothing. Never personal data. */
export type Change = { field: string; from: string; to: string };

export type Entry = {
  _id: Types.ObjectId;
  at: Date;
  authority: string;
  action: Action;
  /** The organiser's or helper's name as it was; undefined for a visitor. */
  by?: string;
  organiser?: Types.ObjectId;
  event?: Types.ObjectId;
  registration?: Types.ObjectId;
  /** Of an act on many at once: all whom it concerns. */
  registrations?: Types.ObjectId[];
  /** What it was done to, in words that hold without the record: the event's title, the changed fields. */
  about: string;
  /** The names of the fields of personal data that changed, never their values. */
  fields?: string[];
  changes?: Change[];
  /** Its place in the board's chain, once it is sealed; `unsealed` until then. See seal.ts. */
  seal?: Seal;
  unsealed?: boolean;
};

/** A number without gaps from 1 on, and the hash of the entry and the one before it. */
export type Seal = { number: number; hash: string };

const schema = new Schema<Entry>(
  {
    at: { type: Date, required: true },
    authority: { type: String, required: true },
    action: { type: String, enum: Object.keys(actions), required: true },
    by: String,
    organiser: Schema.Types.ObjectId,
    event: Schema.Types.ObjectId,
    registration: Schema.Types.ObjectId,
    registrations: { type: [Schema.Types.ObjectId], default: undefined },
    about: { type: String, default: '' },
    fields: { type: [String], default: undefined },
    changes: {
      type: [new Schema<Change>({ field: String, from: String, to: String }, { _id: false })],
      default: undefined,
    },
    seal: new Schema<Seal>({ number: Number, hash: String }, { _id: false }),
    unsealed: Boolean,
  },
  { versionKey: false },
);
schema.index({ authority: 1, at: -1 });
schema.index({ event: 1, at: -1 });
schema.index({ authority: 1, organiser: 1, at: -1 });
schema.index({ unsealed: 1, at: 1 }, { partialFilterExpression: { unsealed: true } });
schema.index(
  { authority: 1, 'seal.number': 1 },
  { unique: true, partialFilterExpression: { 'seal.number': { $exists: true } } },
);

export const AuditModel = model<Entry>('AuditEntry', schema, 'audit');

type Note = Pick<Entry, 'authority' | 'action' | 'about' | 'fields' | 'changes'> & {
  event?: Types.ObjectId;
  registration?: Types.ObjectId;
  registrations?: Types.ObjectId[];
};

/** The line of the log that tells of an act. */
export function entryOf(context: Context, entry: Note): Entry {
  const { organiser, helper } = context.by;
  const who = organiser
    ? { by: organiser.name, organiser: new Types.ObjectId(organiser.id) }
    : helper && { by: `${helper} (hjälper till)` };
  return { _id: new Types.ObjectId(), ...entry, ...who, at: context.now, unsealed: true };
}

/** Writes into the log what an act does, in the act's own transaction. */
export async function logAction(context: Context, entry: Note): Promise<void> {
  await insertRows(AuditModel, [entryOf(context, entry)]);
}

const pageSize = 100;

/** True if this county board had a draft or a recorded event with this id and deleted it. */
export async function wasDeleted(authority: string, event: Types.ObjectId): Promise<boolean> {
  return (
    (await AuditModel.exists({ event, authority, action: { $in: ['event.deleted', 'event.removed'] } })) !==
    null
  );
}

/**
 * What the application does by itself if no organiser did it: seats go to the first on the waiting list, the list closes,
 * and the first organiser of a county board comes in at the start.
 */
export const ownDeeds: Action[] = ['registration.promoted', 'registration.unplaced', 'organiser.invited'];

/** What the log is narrowed to. `by`: an organiser, the visitors, or the application itself. */
export type LogFilter = {
  event?: Types.ObjectId | undefined;
  by?: Types.ObjectId | 'visitors' | 'application' | undefined;
  group?: ActionGroup | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
};

/** The newest entries of a county board that the filter lets through. @param page counted from 1 */
export async function readAuditLog(
  authority: string,
  filter: LogFilter,
  page: number,
): Promise<{ entries: Entry[]; pages: number }> {
  const found = AuditModel.find(query(authority, filter)).sort(newestFirst);
  const { rows, pages } = await pageOf<Entry>(found, page, pageSize);
  return { entries: rows, pages };
}

/** All of them, one after the other. */
export function everyEntry(authority: string, filter: LogFilter): AsyncIterable<Entry> {
  return AuditModel.find(query(authority, filter)).sort(newestFirst).lean<Entry[]>().cursor();
}

const newestFirst = { at: -1, _id: -1 } as const;

function query(authority: string, { event, by, group, from, to }: LogFilter): QueryFilter<Entry> {
  const doers = {
    visitors: { by: { $exists: false }, action: { $nin: ownDeeds } },
    application: { by: { $exists: false }, action: { $in: ownDeeds } },
  };
  const ofGroup = Object.keys(actions).filter((action) => action.startsWith(`${group}.`)) as Action[];
  return {
    authority,
    ...(event && { event }),
    ...((from || to) && { at: { ...(from && { $gte: from }), ...(to && { $lt: to }) } }),
    $and: [
      by instanceof Types.ObjectId ? { organiser: by } : by ? doers[by] : {},
      group ? { action: { $in: ofGroup } } : {},
    ],
  };
}
