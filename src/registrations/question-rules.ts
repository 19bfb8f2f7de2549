import { body, type Meta, type ValidationChain } from 'express-validator';
import type { Municipality } from '../authorities/authority.ts';
import { holdsPersonalNumber, normalisedAddress } from '../base/form/addresses.ts';
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

/** A short text that must be there, on one line, and holds no personal number. @param longest in characters */
export function lineRule(missing: TextKey, longest: number): Rule {
  return (field, t) =>
    body(field)
      .customSanitizer(answer)
      .custom((typed: string) => {
        if (typed === '') throw new Error(t(missing));
        if (unprintable.test(typed)) throw new Error(t('fel.enrad'));
        checkLength(t, typed, longest);
        if (holdsPersonalNumber(typed)) throw new Error(t('fel.personnummer'));
        if (webAddress.test(typed)) throw new Error(t('fel.webbadress'));
        return true;
      });
}

/** What is written here stands in letters to people who have not asked for them. */
const webAddress = /:\/\/|\bwww\./i;

/** Control characters, line breaks, and the marks that turn the direction of writing around. */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

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
        if (!normalisedAddress(typed)) throw new Error(t('fel.epost.format'));
        return true;
      })
      .customSanitizer((typed: string) => normalisedAddress(typed) ?? typed);
}

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

/** What was typed without the spaces and tabs around it; of a field that came several times, the answers with commas. */
function answer(typed: unknown): string {
  return [typed ?? '']
    .flat()
    .map(String)
    .join(',')
    .replace(/^[ \t\u00a0]+|[ \t\u00a0]+$/g, '');
}
