import { parse } from 'csv-parse/sync';
import type { Unreadable } from './decode.ts';

/** A line of a file: its cells, trimmed. */
export type Line = string[];

/** A report of one meeting has some thousand lines; more than these are something else. */
const mostLines = 150_000;

/** What Zoom and Excel write where there is nothing. */
const nothing = new Set(['--', '-', 'n/a']);

/**
 * Takes a text with values between separators apart (RFC 4180, and with semicolons or tabs).
 * @returns a refusal also if the last line is not whole: the file has been cut off
 */
export function linesOf(text: string): { lines: Line[] } | { refused: Unreadable } {
  if (text.endsWith('\ufffd')) return { refused: 'cut' };
  const body = text.replace(/^\ufeff/, '').replace(/^sep=.\r?\n/i, '');
  if ((body.match(/\n/g)?.length ?? 0) > mostLines) return { refused: 'tooLong' };
  try {
    const lines = parse(body, {
      delimiter: delimiterOf(body),
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: 100_000,
    }) as Line[];
    return isCut(body, lines) ? { refused: 'cut' } : { lines: lines.map((line) => line.map(tidy)) };
  } catch (error) {
    const isOpen = error instanceof Error && 'code' in error && error.code === 'CSV_QUOTE_NOT_CLOSED';
    return { refused: isOpen ? 'cut' : 'noReport' };
  }
}

/** The separator that any of the first lines has most of; the first line of Teams has one cell only. */
function delimiterOf(text: string): string {
  const lines = text.split(/\r?\n/, 15);
  const most = (separator: string) => Math.max(...lines.map((line) => line.split(separator).length));
  return ['\t', ';', ','].reduce((best, one) => (most(one) > most(best) ? one : best));
}

/** Whole lines end with a line break, or have as many cells as the line before. */
function isCut(text: string, lines: Line[]): boolean {
  const [before, last] = lines.slice(-2);
  return (
    !/[\r\n]\s*$/.test(text) && before !== undefined && last !== undefined && last.length < before.length
  );
}

function tidy(cell: string): string {
  if (/^[!-~]+$/.test(cell)) return nothing.has(cell) ? '' : cell;
  const text = cell.replace(/[\s\u00ad\u200b-\u200f\u2066-\u2069\ufeff]+/gu, ' ').trim();
  return nothing.has(text) ? '' : text;
}
