import { body, type ValidationChain } from 'express-validator';
import { normalisedAddress } from '../base/people.ts';

/** One e-mail address in the field `email`, normalised afterwards. */
export function addressForm(missing: string): ValidationChain[] {
  return [
    body('email')
      .trim()
      .notEmpty()
      .withMessage(`${missing}, till exempel namn@example.se`)
      .bail()
      .customSanitizer((typed: string) => normalisedAddress(typed) ?? '')
      .notEmpty()
      .withMessage('Skriv en e-postadress med @ och punkt, till exempel namn@example.se'),
  ];
}
