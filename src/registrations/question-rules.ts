import { body, type Meta, type ValidationChain } from 'express-validator';
import type { Municipality } from '../authorities/authority.ts';
import { addressIn, storedAddress, type WrongAddress } from '../base/form/addresses.ts';
import { cleaned } from '../base/form/cleaning.ts';
import { wrongIn } from '../base/form/names.ts';
import { askAboutNumber, holdsPersonalNumber } from '../base/form/personal-numbers.ts';
import type { Mode } from '../events/event.ts';
import type { TextKey, Words } from '../texts/texts.ts';

/**
 * What a form of this event can offer: the municipalities of its county and its modes, of which somebody who would wait
 * may choose `several`.
 */
export type Offer = { municipalities: Municipality[]; modes: Mode[]; several?: boolean };

/**
 * The rule of a form's field, with messages in these words. It can be built once and run for many forms: what one of
 * them offers, it finds as `offer` beside the form's `body`.
 */
export type Rule = (field: string, t: Words) => ValidationChain;

/** A short text that must be there, on one line. @param longest in characters */
export function lineRule(missing: TextKey, longest: number): Rule {
  return (field, t) =>
    body(field)
      .customSanitizer(answer)
      .custom((typed: string, meta: Meta) => {
        checkLine(t, typed, missing, longest);
        const asks = { question: t('fel.personnummer.fraga'), answer: t('falt.ingetPersonnummer') };
        askAboutNumber(typed, asks, meta);
        if (webAddress.test(typed.normalize('NFKC'))) throw new Error(t('fel.webbadress'));
        return true;
      });
}

/**
 * A part of a name, which stands in letters to people who have not asked for them: no addresses, numbers or
 * advertising. @param longest in characters
 */
export function nameRule(missing: TextKey, longest: number): Rule {
  return (field, t) =>
    body(field)
      .customSanitizer(answer)
      .custom((typed: string) => {
        checkLine(t, typed, missing, longest);
        if (holdsPersonalNumber(typed)) throw new Error(t('fel.personnummer'));
        const found = wrongIn(typed);
        if (found?.wrong === 'strange') throw new Error(t('fel.namn.tecken', { tecken: found.holds }));
        if (found) throw new Error(t(found.wrong === 'fullStop' ? 'fel.namn.punkt' : missing));
        return true;
      });
}

function checkLine(t: Words, typed: string, missing: TextKey, longest: number): void {
  if (typed === '') throw new Error(t(missing));
  if (typed.includes('\n')) throw new Error(t('fel.enrad'));
  checkLength(t, typed, longest);
}

/** An address on the web, which readers of a text would take for advice. */
const webAddress = /:\/\/|\bwww\.|\p{L}\.\p{L}{2,}\//iu;

/** An address has at most so many characters (RFC 5321 4.5.3.1.3, erratum 1690). */
const longestAddress = 254;

/** One e-mail address, normalised afterwards. */
export function addressRule(missing: TextKey): Rule {
  return (field, t) =>
    body(field)
      .customSanitizer(answer)
      .custom((typed: string) => {
        if (typed === '') throw new Error(t(missing));
        checkLength(t, typed, longestAddress);
        const read = addressIn(typed);
        if ('wrong' in read) throw new Error(t(wrongAddressTexts[read.wrong]));
        return true;
      })
      .customSanitizer(storedAddress);
}

/** What is wrong with an address, in the words of its reader. */
export const wrongAddressTexts: Record<WrongAddress, TextKey> = {
  format: 'fel.epost.format',
  several: 'fel.epost.flera',
  letters: 'fel.epost.bokstaver',
  number: 'fel.epost.nummer',
  other: 'fel.epost.annat',
};

/** One of the values that the form offers. */
export function choiceRule(missing: TextKey, valuesOf: (offer: Offer) => readonly string[]): Rule {
  return (field, t) =>
    body(field)
      .customSanitizer(answer)
      .custom((typed: string, { req }) => valuesOf(offerOf(req)).includes(typed))
      .withMessage(t(missing));
}

/** If only one mode is offered the form does not ask, and says so of a mode that is not offered any more. */
export function modeRule(missing: TextKey): Rule {
  return (field, t) =>
    body(field)
      .customSanitizer(answer)
      .custom((typed: string, { req }) => {
        const { modes, several } = offerOf(req);
        const [only, ...more] = modes;
        if (!only || more.length > 0) {
          const together = several ? [modes.join(','), modes.toReversed().join(',')] : [];
          if (![...modes, ...together].includes(typed)) throw new Error(t(missing));
        } else if (typed !== '' && typed !== only)
          throw new Error(t(only === 'plats' ? 'fel.deltagande.baraPlats' : 'fel.deltagande.baraDigitalt'));
        return true;
      });
}

/** A box that is ticked or not; no answer is wrong. */
export const tickRule: Rule = (field) =>
  body(field).customSanitizer((typed: unknown) => (answer(typed) === ticked ? ticked : ''));

/** What a form sends for a box that is ticked; it sends nothing for another. */
export const ticked = 'ja';

function offerOf(req: Meta['req']): Offer {
  return req.offer;
}

function checkLength(t: Words, typed: string, max: number): void {
  const antal = [...typed].length;
  if (antal > max) throw new Error(t('fel.forlangt', { max, antal }));
}

/**
 * What was typed, without what cannot be seen and without spaces too many, but with its line breaks, which no browser
 * sends; of a field that came several times, the answers with commas.
 */
function answer(typed: unknown): string {
  const text = cleaned([typed ?? ''].flat().map(String).join(','));
  return text.replace(/[^\S\n]+/g, ' ').replace(/^ | $/g, '');
}
