import { shownAddress } from '../../base/form/addresses.ts';
import { line, mailbox, phone } from '../../base/form/fields.ts';
import { text } from './detail.ts';

/** Whom people can ask. */
export const contact = {
  contactName: text(
    {
      name: 'contactName',
      label: 'Kontaktperson',
      autocomplete: 'off',
      rule: (name) => line(name, 'Namnet', 100),
    },
    { isPersonal: true },
  ),
  contactEmail: text(
    {
      name: 'contactEmail',
      label: 'E-postadress',
      input: 'email',
      autocomplete: 'off',
      rule: mailbox,
    },
    { show: (address) => ({ contactEmail: shownAddress(address) }), isPersonal: true },
  ),
  contactPhone: text(
    {
      name: 'contactPhone',
      label: 'Telefon',
      input: 'tel',
      optional: '(frivilligt)',
      autocomplete: 'off',
      beside: true,
      rule: phone,
    },
    { isPersonal: true },
  ),
};
