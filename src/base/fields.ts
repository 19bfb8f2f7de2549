import { body, type ValidationChain } from 'express-validator';
import { holdsPersonalNumber, normalisedAddress } from './addresses.ts';

/** A text that may be empty, on one line or on several. */
export function line(name: string, label: string, most: number, several = false): ValidationChain {
  return body(name)
    .customSanitizer((typed: unknown) => tidy(typed, several))
    .custom((typed: string) => {
      if (typed.length > most)
        throw new Error(`${label} får ha högst ${most} tecken. Du har skrivit ${typed.length}.`);
      if (holdsPersonalNumber(typed))
        throw new Error('Det ser ut som ett personnummer. Ta bort det, vi behöver det inte.');
      return true;
    });
}

/** A text on one line that must be there. */
export function required(name: string, label: string, most: number, missing: string): ValidationChain {
  return line(name, label, most).bail().notEmpty().withMessage(missing);
}

/** What was typed without the spaces around it; of a field that came several times nothing is taken. */
export function tidy(typed: unknown, several = false): string {
  const text = typeof typed === 'string' ? typed.trim() : '';
  return several ? text.replace(/\r\n?/g, '\n') : text.replace(/\s+/g, ' ');
}

/** One e-mail address, normalised afterwards, or nothing. */
export function mailbox(name: string): ValidationChain {
  return body(name)
    .customSanitizer((typed: unknown) => normalisedAddress(tidy(typed)) ?? tidy(typed))
    .custom((typed: string) => typed === '' || normalisedAddress(typed) !== undefined)
    .withMessage('Skriv en e-postadress med @ och punkt, till exempel namn@example.se');
}

/** A telephone number or nothing. */
export function phone(name: string): ValidationChain {
  return body(name)
    .customSanitizer((typed: unknown) => tidy(typed))
    .matches(/^$|^\+?\d[\d ()-]{4,28}$/)
    .withMessage('Skriv ett telefonnummer med siffror, till exempel 010-000 00 00');
}
