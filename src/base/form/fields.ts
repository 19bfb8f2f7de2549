import { body, type ValidationChain } from 'express-validator';
import { holdsPersonalNumber, normalisedAddress } from './addresses.ts';

/** A question of a form: its name in the post, its label, the rule for its answer, and how it is shown. */
export type Field = {
  name: string;
  label: string;
  rule: (name: string) => ValidationChain;
  help?: string;
  /** Words after the label of a question that need not be answered. */
  optional?: string;
  input?: 'date' | 'time' | 'email' | 'tel';
  width?: 5 | 10 | 20;
  /** The height of a text on several lines. */
  lines?: number;
  autocomplete?: string;
  attributes?: Record<string, string | number>;
  /** The answers to choose from: one of them, or `several`. */
  options?: Option[];
  several?: boolean;
  /** A hidden input that says that several were asked for, since boxes that are all empty send nothing. */
  asked?: string;
  /** Shown on the same row as the question before it. */
  beside?: boolean;
};

/** One answer to choose. */
export type Option = { value: string; label: string; help?: string };

/** The keys of a table with their names, as the options of a question. */
export function optionsOf<Key extends string>(keys: readonly Key[], names: Record<Key, string>): Option[] {
  return keys.map((value) => ({ value, label: names[value] }));
}

/** Questions in the rows of a page: those that stand beside each other are in one row. */
export function inRows<One extends { beside?: boolean | undefined }>(fields: One[]): One[][] {
  const rows: One[][] = [];
  for (const field of fields) {
    const before = field.beside && rows.at(-1);
    if (before) before.push(field);
    else rows.push([field]);
  }
  return rows;
}

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
  return needed(line(name, label, most), missing);
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

/** What may otherwise be empty must be there. @param missing the message if it is not */
export function needed(chain: ValidationChain, missing: string): ValidationChain {
  return chain.bail().notEmpty().withMessage(missing);
}

/** A telephone number or nothing. */
export function phone(name: string): ValidationChain {
  return body(name)
    .customSanitizer((typed: unknown) => tidy(typed))
    .matches(/^$|^\+?\d[\d ()-]{4,28}$/)
    .withMessage('Skriv ett telefonnummer med siffror, till exempel 010-000 00 00');
}
