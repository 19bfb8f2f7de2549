import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NodeCompiler, NodeError } from '@myriaddreamin/typst-ts-node-compiler';
import type { PdfAnswer, PdfOrder } from './print.ts';

/** The process that writes PDFs, with typst; print.ts starts it, and it ends when that lets go of it. */
process.on('message', async (order: PdfOrder) => {
  process.send?.(await printed(order));
});

async function printed(order: PdfOrder): Promise<PdfAnswer> {
  const typst = await compiler();
  if (!typst) return { missing: true };
  try {
    return { pdf: write(typst, order) };
  } catch (error) {
    return { problem: `${order.template}: ${error}` };
  }
}

const templates = join(import.meta.dirname, '../../views/print');
let known: NodeCompiler | undefined;

/** Typst, which reads nothing outside the folder of the templates; undefined where there is none for this machine. */
async function compiler(): Promise<NodeCompiler | undefined> {
  if (known) return known;
  const typst = await import('@myriaddreamin/typst-ts-node-compiler').catch(() => undefined);
  // Static fonts, since typst finds nothing of a variable one.
  const fonts = join(dirname(fileURLToPath(import.meta.resolve('source-sans/package.json'))), 'TTF');
  known = typst?.NodeCompiler.create({ workspace: templates, fontArgs: [{ fontPaths: [fonts] }] });
  return known;
}

/** What no font of ours can write, such as emoji, is written as a question mark. */
function write(typst: NodeCompiler, order: PdfOrder): Buffer {
  const strange = new Set<string>();
  for (;;) {
    try {
      return writeOnce(typst, order, [...strange]);
    } catch (error) {
      const found = charactersWithoutGlyph(String(error)).filter((one) => !strange.has(one));
      if (found.length === 0) throw error;
      for (const one of found) strange.add(one);
    }
  }
}

/** Typst refuses what would not be PDF/UA-1: no title, a picture without words, a heading level left out. */
function writeOnce(typst: NodeCompiler, { template, data, seconds }: PdfOrder, strange: string[]): Buffer {
  const written = (_key: string, value: unknown) =>
    typeof value === 'string' ? strange.reduce((text, one) => text.replaceAll(one, '?'), value) : value;
  const inputs = { data: JSON.stringify(data, written) };
  const made = typst.compile({ mainFilePath: join(templates, `${template}.typ`), inputs });
  // An unknown font is only a warning, and the text would be in another one.
  const wrong = made.takeError() ?? made.takeWarnings();
  if (wrong || !made.result) throw new Error(wordsOf(typst, wrong));
  return typst.pdf(made.result, { pdfStandard: 'ua-1', creationTimestamp: seconds });
}

function wordsOf(typst: NodeCompiler, wrong: NodeError | null): string {
  return wrong ? JSON.stringify(typst.fetchDiagnostics(wrong)) : 'nothing was made';
}

function charactersWithoutGlyph(message: string): string[] {
  const found = message.matchAll(/the text `\\?"(.+?)\\?"` could not be displayed/g);
  const decoded = (text: string) =>
    text.replace(/\\u\{([0-9a-f]+)\}/g, (_all, code: string) =>
      String.fromCodePoint(Number.parseInt(code, 16)),
    );
  return [...found].map(([, text = '']) => decoded(text));
}
