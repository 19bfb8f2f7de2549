import { stringify } from 'csv-stringify/sync';

type CsvValue = string | number;

const options = { delimiter: ';', record_delimiter: 'windows', escape_formulas: true } as const;

/**
 * A table as a file that the Swedish Excel opens correctly: BOM, semicolons, CRLF. A cell that a spreadsheet would take
 * for a formula gets an apostrophe in front (OWASP, "CSV Injection"). Line breaks are taken out of cells, so that none
 * can hide the sign with which a formula begins.
 */
export function csvFile(header: string[], rows: CsvValue[][]): string {
  return csvHead(header) + csvRows(rows);
}

/** How such a file begins. */
export function csvHead(header: string[]): string {
  return stringify([header], { ...options, bom: true });
}

/** Rows of such a file. */
export function csvRows(rows: CsvValue[][]): string {
  return stringify(
    rows.map((row) => row.map(oneLine)),
    options,
  );
}

function oneLine(cell: CsvValue): CsvValue {
  return typeof cell === 'string' ? cell.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim() : cell;
}
