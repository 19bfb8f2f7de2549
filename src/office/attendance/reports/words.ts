import type { Event } from '../../../events/event.ts';
import type { ColumnName } from '../../../meeting-reports/reading/columns.ts';
import type { Unreadable } from '../../../meeting-reports/reading/decode.ts';
import { mostMegabytes } from '../../../web/files/upload.ts';

const again = 'Hämta rapporten igen från Teams eller Zoom och läs in den.';

/** Why a file is not read, and what to do about it. */
export const refusals: Record<Unreadable | 'tooLarge' | 'broken' | 'missing', string> = {
  empty: `Filen är tom. ${again}`,
  spreadsheet:
    'Det här är en Excel-fil eller en zip-fil. Öppna den, spara den som CSV UTF-8 och läs in den filen.',
  oldSpreadsheet:
    'Det här är en äldre Excel- eller Word-fil. Öppna den, spara den som CSV UTF-8 och läs in den filen.',
  pdf: 'Det här är en pdf. Hämta närvarorapporten som CSV från Teams eller Zoom.',
  picture: 'Det här är en bild. Hämta närvarorapporten som CSV från Teams eller Zoom.',
  webPage: 'Det här är en webbsida. Hämta närvarorapporten som CSV från Teams eller Zoom.',
  binary: 'Filen innehåller inte text. Hämta närvarorapporten som CSV från Teams eller Zoom.',
  cut: `Filen är avklippt: slutet saknas. ${again}`,
  tooLong: 'Filen har fler rader än något möte. Kontrollera att det är rätt fil.',
  noReport: `Filen ser inte ut som en närvarorapport: den har ingen kolumn med namn eller e-postadresser. ${again}`,
  unreadable: `Filen gick inte att läsa. ${again}`,
  tooLarge: `Filen är större än ${mostMegabytes} MB. Kontrollera att det är rätt fil.`,
  broken: 'Filen kom inte fram hel. Läs in den igen.',
  missing: 'Välj en fil, eller klistra in e-postadresser',
};

/** What the columns are called in the form where somebody names them. */
export const columnLabels: Record<ColumnName, string> = {
  name: 'Namn',
  email: 'E-postadress',
  upn: 'Inloggningsnamn (UPN)',
  joined: 'Anslöt',
  left: 'Lämnade',
  duration: 'Tid i mötet',
  role: 'Roll i mötet',
  attended: 'Deltog (ja eller nej)',
  action: 'Anslöt eller lämnade, en rad för varje',
  at: 'Tidpunkt för den raden',
};

/** What the page says where an event takes no marks; undefined if it does. */
export function closedFor(event: Event): string | undefined {
  if (event.state === 'cancelled') return 'Evenemanget är inställt. Därför går det inte att markera närvaro.';
  return event.state === 'draft'
    ? 'Evenemanget är ett utkast. Därför går det inte att markera närvaro.'
    : undefined;
}
