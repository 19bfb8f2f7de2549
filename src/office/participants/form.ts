import type { Response } from 'express';
import { municipalityChoices } from '../../authorities/municipalities.ts';
import { roleNames, roles } from '../../authorities/roles.ts';
import { type Event, modeNames } from '../../events/event.ts';
import { offeredModes } from '../../events/rules.ts';
import type { Offer } from '../../registrations/sign-up/form.ts';
import { textsIn, type Words } from '../../texts/texts.ts';
import { ownBoard } from '../parts/guard.ts';

/** What the rules of a participant's form need of an event. */
export function offerOf(res: Response, event: Event): Offer {
  return { municipalities: ownBoard(res).municipalities, modes: offeredModes(event) };
}

/** The choices of a participant's form, as views/office/participant-fields.ejs shows them. */
export function choicesOf({ municipalities, modes }: Offer) {
  return {
    municipalities: municipalityChoices(municipalities),
    roles: roles.map((value) => ({ value, label: roleNames[value] })),
    ways: modes.length > 1 ? modes.map((value) => ({ value, label: modeNames[value] })) : [],
  };
}

const own: Record<string, string> = {
  'fel.fornamn': 'Skriv deltagarens förnamn, till exempel Åsa',
  'fel.efternamn': 'Skriv deltagarens efternamn, till exempel Öberg',
  'fel.epost.saknas': 'Skriv deltagarens e-postadress, till exempel namn@example.se',
  'fel.organisation': 'Skriv vilken organisation deltagaren företräder, till exempel Motala kommun',
  'fel.roll': 'Välj vilken roll deltagaren har',
  'fel.deltagande': 'Välj om deltagaren är på plats eller med digitalt',
};

/** The visitors' messages, where they speak of the participant to somebody else. */
export const words: Words = (key, ...values) => own[key] ?? textsIn('sv')(key, ...values);
