import { body, type Meta, type ValidationChain } from 'express-validator';
import { addressIn, addressMessages, storedAddress } from './addresses.ts';
import { tidy } from './cleaning.ts';
import { httpsLink, linkIn } from './links.ts';
import { wrongIn } from './names.ts';
import { askAboutNumber, type NumberQuestion } from './personal-numbers.ts';
import { phoneIn } from './phones.ts';

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
    .custom((typed: string, meta: Meta) => {
      checkLength(typed, label, most);
      askAboutNumber(typed, numberQuestion, meta);
      return true;
    });
}

const numberQuestion: NumberQuestion = {
  question:
    'Det ser ut som ett personnummer. Ta bort det, vi behöver det inte. Om det är något annat kryssar du i rutan.',
  answer: 'Det är inget personnummer',
};

function checkLength(typed: string, label: string, most: number): void {
  if (typed.length > most)
    throw new Error(`${label} får ha högst ${most} tecken. Du har skrivit ${typed.length}.`);
}

/** A text on one line that must be there. */
export function required(name: string, label: string, most: number, missing: string): ValidationChain {
  return needed(line(name, label, most), missing);
}

/** Somebody's name, or nothing. @param missing what is said of an answer without a letter */
export function personName(name: string, label: string, most: number, missing: string): ValidationChain {
  return body(name)
    .customSanitizer((typed: unknown) => tidy(typed))
    .custom((typed: string) => {
      checkLength(typed, label, most);
      const found = typed === '' ? undefined : wrongIn(typed);
      if (found?.wrong === 'strange')
        throw new Error(`Ett namn kan inte innehålla ”${found.holds}”. Skriv det utan det tecknet`);
      if (found?.wrong === 'fullStop')
        throw new Error('Skriv ett mellanslag efter punkten i namnet, till exempel A. K. Berg');
      if (found) throw new Error(missing);
      return true;
    });
}

/** One e-mail address, normalised afterwards, or nothing. */
export function mailbox(name: string): ValidationChain {
  return body(name)
    .customSanitizer(storedAddress)
    .custom((typed: string) => {
      const read = addressIn(typed);
      if (typed !== '' && 'wrong' in read) throw new Error(addressMessages[read.wrong]);
      return true;
    });
}

/** What may otherwise be empty must be there. @param missing the message if it is not */
export function needed(chain: ValidationChain, missing: string): ValidationChain {
  return chain.bail().notEmpty().withMessage(missing);
}

/** A telephone number or nothing. */
export function phone(name: string): ValidationChain {
  return body(name)
    .customSanitizer((typed: unknown) => phoneIn(typed) ?? tidy(typed))
    .custom((typed: string) => typed === '' || phoneIn(typed) !== undefined)
    .withMessage('Skriv ett telefonnummer med siffror, till exempel 010-000 00 00');
}

/** An https link or nothing. */
export function link(name: string, label: string, most: number, example: string): ValidationChain {
  return body(name)
    .customSanitizer(linkIn)
    .custom((typed: string) => {
      checkLength(typed, label, most);
      return true;
    })
    .bail()
    .custom((typed: string) => typed === '' || httpsLink.test(typed))
    .withMessage(`Skriv hela länken, till exempel ${example}`);
}
