import { getDocument, type PDFDocumentProxy, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** A node of a PDF's structure tree: what it is, and what stands in it. */
type Node = { role?: string; id?: string; children?: Node[] };

/** A PDF as a screen reader meets it. */
export type ReadPdf = {
  title: string;
  language: string;
  /** The part of the standard that it says it follows: `1` of PDF/UA. */
  accessible: string;
  /** Each element of the structure with its text, in reading order: `H1 Körschema`. */
  elements: string[];
};

/** Reads a PDF back by another hand than the one that wrote it. */
export async function readPdf(pdf: Uint8Array): Promise<ReadPdf> {
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: VerbosityLevel.ERRORS });
  const document = await task.promise;
  const { info, metadata } = await document.getMetadata();
  const elements = [];
  for (let page = 1; page <= document.numPages; page++) elements.push(...(await elementsOn(document, page)));
  await task.destroy();
  return {
    title: String((info as Record<string, unknown>).Title),
    language: String((info as Record<string, unknown>).Language),
    accessible: String(metadata?.get('pdfuaid:part')),
    elements,
  };
}

async function elementsOn(document: PDFDocumentProxy, number: number): Promise<string[]> {
  const page = await document.getPage(number);
  const { items } = await page.getTextContent({ includeMarkedContent: true });
  const texts = new Map<string, string>();
  const open: string[] = [];
  for (const item of items) {
    if ('str' in item) texts.set(open.at(-1) ?? '', `${texts.get(open.at(-1) ?? '') ?? ''}${item.str}`);
    else if (item.type === 'endMarkedContent') open.pop();
    else open.push(item.id ?? '');
  }
  const tree = (await page.getStructTree()) as Node | null;
  return tree ? elementsIn(tree, texts) : [];
}

/** The elements that hold text; what only marks a part of it, such as bold, belongs to its element. */
function elementsIn(node: Node, texts: Map<string, string>): string[] {
  const children = node.children ?? [];
  const isText = (child: Node) => child.id !== undefined || child.role === 'Span' || child.role === 'Strong';
  const textOf = (child: Node): string =>
    child.id ? (texts.get(child.id) ?? '') : (child.children ?? []).map(textOf).join('');
  const own = children.filter(isText).map(textOf).join('').trim();
  const below = children.filter((child) => !isText(child)).flatMap((child) => elementsIn(child, texts));
  return own ? [`${node.role} ${own}`, ...below] : below;
}
