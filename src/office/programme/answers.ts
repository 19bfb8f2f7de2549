import type { FormValues } from '../../base/form/merging.ts';
import type { Event, Session } from '../../events/event.ts';
import { allSessionFields } from '../../events/programme/session-fields.ts';
import { sessionValues } from '../../events/programme/session-form.ts';
import { speakerFields, speakerValues } from '../../events/programme/speakers-form.ts';
import { NotFound } from '../../web/errors.ts';
import type { Compared } from '../parts/edit-conflict.ts';

/** The part of a programme that a form or an address names. @throws NotFound where there is none */
export function partOf(event: Event, key: unknown): Session {
  const session = event.sessions.find((one) => String(one._id) === key);
  if (!session) throw new NotFound();
  return session;
}

/** A session as its form shows it. */
export function answersOf(session: Session): FormValues {
  return { ...sessionValues(session), ...speakerValues(session.speakers) };
}

/** What a form that changes a session leaves as it is, because it has no field for it. */
export function standing(session: Session, form: Record<string, unknown>) {
  const tellsOfSpeakers = Object.keys(form).some((name) => name.startsWith('speaker'));
  const { break: isBreak, ...values } = sessionValues(session);
  const tellsOfBreak = form.breakAsked !== undefined;
  return {
    ...values,
    ...(!tellsOfBreak && { break: isBreak }),
    ...(!tellsOfSpeakers && speakerValues(session.speakers)),
  };
}

/** The page of an edit conflict shows the speakers' answers without the heading that the form has over them. */
const speakersCompared = speakerFields.map(({ name, label }) => ({
  name,
  label: `Medverkandes ${label.toLowerCase()}`,
}));

/** The questions about a session as a page names them that compares two edits. */
export function comparedIn(event: Event): Compared[] {
  return [...allSessionFields(event), ...speakersCompared];
}
