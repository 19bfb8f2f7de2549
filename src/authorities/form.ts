import type { ValidationChain } from 'express-validator';
import { mailbox, needed, required } from '../base/form/fields.ts';

/** The address to sign in with, normalised afterwards. */
export function addressForm(): ValidationChain[] {
  return [neededMailbox('Skriv din e-postadress, till exempel namn@example.se')];
}

/** A new organiser. */
export function inviteForm(): ValidationChain[] {
  return [
    required('name', 'Namnet', 100, 'Skriv namnet, till exempel Maja Lindgren'),
    neededMailbox('Skriv e-postadressen, till exempel maja.lindgren@example.se'),
  ];
}

function neededMailbox(missing: string): ValidationChain {
  return needed(mailbox('email'), missing);
}
