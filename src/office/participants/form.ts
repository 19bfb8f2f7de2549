import type { Response } from 'express';
import { inRows, mailbox } from '../../base/form/fields.ts';
import type { Event } from '../../events/event.ts';
import { offeredModes } from '../../events/rules.ts';
import type { Offer } from '../../registrations/question-rules.ts';
import { questions } from '../../registrations/questions.ts';
import { rulesOf } from '../../registrations/sign-up/form.ts';
import { type TextKey, textsIn, type Words } from '../../texts/texts.ts';
import { ownBoard } from '../parts/guard.ts';

/** What the rules of a participant's form need of an event. */
export function offerOf(res: Response, event: Event): Offer {
  return { municipalities: ownBoard(res).municipalities, modes: offeredModes(event) };
}

/** The questions of a participant's form, in rows as views/partials/form/questions.ejs shows them. */
export function rowsOf(offer: Offer, emailHelp: string | undefined) {
  const asked = questions.map(({ name, beside, control, input, office, choices }) => ({
    ...{ name, beside, control, input, autocomplete: 'off' },
    ...{ label: office, legend: office, prompt: 'Välj i listan' },
    options: withoutOnlyOne(choices?.(offer)),
    help: name === 'email' ? emailHelp : undefined,
  }));
  return inRows(asked);
}

/** Nobody is asked to choose if there is one choice. */
function withoutOnlyOne<T>(choices: T[] | undefined): T[] | undefined {
  return choices?.length === 1 ? [] : choices;
}

const own = new Map<TextKey, string>(
  questions.flatMap(({ missing }) => (missing?.office ? [[missing.person, missing.office]] : [])),
);

/** The visitors' messages, where they speak of the participant to somebody else. */
export const words: Words = (key, ...values) => own.get(key) ?? textsIn('sv')(key, ...values);

/** The rules of a participant's form for anyone who may go without an address, as those do who had not signed up. */
export const addressOptional = [
  ...rulesOf(
    questions.filter(({ name }) => name !== 'email'),
    words,
  ),
  mailbox('email'),
];
