import { body, type ValidationChain } from 'express-validator';
import { mailbox, phone, required } from '../base/fields.ts';
import type { Authority } from './authority.ts';

/** What a county board can set about itself. */
export const settable = [
  'unit',
  'street',
  'postal',
  'organisationNumber',
  'dataProtectionEmail',
  'contactEmail',
  'contactPhone',
  'closingText',
] as const;
export type BoardSettings = Pick<Authority, (typeof settable)[number]>;

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

/** The settings of a county board. */
export function settingsForm(): ValidationChain[] {
  return [
    required('unit', 'Enheten', 150, 'Skriv vilken enhet ni är, till exempel Enheten för social hållbarhet'),
    required('street', 'Gatuadressen', 150, 'Skriv gatuadressen, till exempel Östgötagatan 3'),
    required('postal', 'Postadressen', 150, 'Skriv postnummer och ort, till exempel 581 86 Linköping'),
    body('organisationNumber')
      .trim()
      .matches(/^\d{6}-\d{4}$/)
      .withMessage('Skriv organisationsnumret med bindestreck, till exempel 202100-2270'),
    needed(
      mailbox('dataProtectionEmail'),
      'Skriv dataskyddsombudets e-postadress, till exempel dataskydd@example.se',
    ),
    needed(mailbox('contactEmail'), 'Skriv enhetens e-postadress, till exempel boostdagar@example.se'),
    phone('contactPhone'),
    body('closingText').isIn(['enkel', 'somIdag']).withMessage('Välj en av texterna'),
  ];
}

/** The settings that a valid form describes (settingsForm has run). */
export function settingsOf(form: Record<string, string>): BoardSettings {
  const text = (name: string) => form[name] ?? '';
  return {
    unit: text('unit'),
    street: text('street'),
    postal: text('postal'),
    organisationNumber: text('organisationNumber'),
    dataProtectionEmail: text('dataProtectionEmail'),
    contactEmail: text('contactEmail'),
    contactPhone: text('contactPhone'),
    closingText: form.closingText === 'somIdag' ? 'somIdag' : 'enkel',
  };
}

function neededMailbox(missing: string): ValidationChain {
  return needed(mailbox('email'), missing);
}

function needed(chain: ValidationChain, missing: string): ValidationChain {
  return chain.bail().notEmpty().withMessage(missing);
}
