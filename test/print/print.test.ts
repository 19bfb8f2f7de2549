import { expect } from 'chai';
import { endWriter, printPdf } from '../../src/print/print.ts';
import { readPdf } from '../support/pdf.ts';

const data = {
  ...{ heading: 'Körschema', title: 'En dag', author: 'Länsstyrelsen', facts: [], columns: ['Tid'] },
  rows: [],
};
const order = { template: 'run-sheet', data, seconds: 1 };

describe('PDFs', function () {
  this.timeout(20_000);
  after(endWriter);

  it('have a question mark for what no font of ours can write', async () => {
    const strange = { ...data, title: 'En 👍 dag 中' };
    const pdf = await printPdf({ ...order, data: strange });
    expect((await readPdf(pdf ?? Buffer.of())).title).to.equal('Körschema: En ? dag ?');
  });

  it('are refused if the template is wrong, and the next one is written', async () => {
    const wrong = printPdf({ ...order, data: { ...data, columns: 'no list' } });
    const problem = await wrong.then(() => '', String);
    expect(problem).to.contain('run-sheet');
    const outside = await printPdf({ ...order, template: '../../package' }).then(() => '', String);
    expect(outside).to.contain('package');
    expect(await printPdf(order)).to.be.instanceOf(Buffer);
  });

  it('of several orders at once are each their own, also after the process has ended', async () => {
    const titles = ['Ett', 'Två', 'Tre'];
    const ordered = titles.map((title) => printPdf({ ...order, data: { ...data, title } }));
    const pdfs = await Promise.all(ordered);
    const read = await Promise.all(pdfs.map(async (pdf) => (await readPdf(pdf ?? Buffer.of())).title));
    expect(read).to.deep.equal(titles.map((title) => `Körschema: ${title}`));
    endWriter();
    expect(await printPdf(order)).to.be.instanceOf(Buffer);
  });
});
