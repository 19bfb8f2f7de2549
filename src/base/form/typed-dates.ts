const months = ['jan', 'feb', 'mar', 'apr', 'maj', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dec'];

const named = new RegExp(`^(\\d{1,2})(?::e)? (${months.join('|')})[a-zåäö]*\\.? (\\d{4})$`);

/**
 * A day as people write it, as YYYY-MM-DD: "2027-02-04", "20270204", "4/2 2027", "4.2.2027", "den 4 februari 2027",
 * "torsdag 4 feb 2027". What cannot be read comes back as it was typed, and a day that does not exist as it would be
 * written: whether it exists is the rule's matter.
 */
export function readDay(typed: string): string {
  const text = typed
    .toLowerCase()
    .replace(/^(?:(?:mån|tis|ons|tors|fre|lör|sön)(?:dag)?,?\s+)?(?:den\s+)?/, '');
  const iso = /^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})$/.exec(text);
  if (iso) return iso.slice(1).join('-');
  const [, day, month, year] = /^(\d{1,2})[/.-](\d{1,2})[/.,\s-]+(\d{4})$/.exec(text) ?? inWords(text);
  if (!day || !month || !year) return typed;
  return [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-');
}

function inWords(text: string): string[] {
  const [all = '', day = '', month = '', year = ''] = named.exec(text) ?? [];
  return [all, day, all && String(months.indexOf(month) + 1), year];
}

/** A time of day as people write it, as HH:MM: "9", "9.00", "09:00", "0900", "kl 9", "klockan 9.30". Else as it was typed. */
export function readTime(typed: string): string {
  const text = typed.toLowerCase().replace(/^(?:klockan|kl)[.\s]*/, '');
  const [, hour, minute = '00'] = /^(\d{1,2})(?:[.:]?(\d{2}))?$/.exec(text) ?? [];
  return hour ? `${hour.padStart(2, '0')}:${minute}` : typed;
}
