import { stringify } from 'csv-stringify/sync';

type Cell = string | number;

/**
 * A table as a file that Swedish Excel opens right: BOM, semicolons, CRLF. A cell that a spreadsheet would take for
 * a formula gets an apostrophe in front (K4). A cell is one line, so that nothing hides before the sign of a formula.
 */
export function csvFile(header: string[], rows: Cell[][]): string {
  return stringify([header, ...rows.map((row) => row.map(oneLine))], {
    bom: true,
    delimiter: ';',
    record_delimiter: 'windows',
    escape_formulas: true,
  });
}

function oneLine(cell: Cell): Cell {
  return typeof cell === 'string' ? cell.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim() : cell;
}
