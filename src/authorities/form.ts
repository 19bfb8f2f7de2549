import type { ValidationChain } from 'express-validator';
import { mailbox, needed, personName } from '../base/form/fields.ts';

/** The address to sign in with, normalised afterwards. */
export function addressForm(): ValidationChain[] {
  return [neededMailbox('Skriv din e-postadress, till exempel namn@example.se')];
}

const missingName = 'Skriv namnet, till exempel Maja Lindgren';

/** A new organiser. */
export function inviteForm(): ValidationChain[] {
  return [
    needed(personName('name', 'Namnet', 100, missingName), missingName),
    neededMailbox('Skriv e-postadressen, till exempel maja.lindgren@example.se'),
  ];
}

function neededMailbox(missing: string): ValidationChain {
  return needed(mailbox('email'), missing);
}
