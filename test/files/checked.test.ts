import { expect } from 'chai';
import sharp from 'sharp';
import { fileName, readDocument, readPicture } from '../../src/files/checked.ts';
import { aPdf, aPhotograph, aPictureBomb } from '../support/browser/pictures.ts';

const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');

describe('A file that somebody hands in', function () {
  this.timeout(20_000);

  it('is made small, upright and without the place where it was taken, if it is a picture', async () => {
    const photograph = await aPhotograph();
    expect((await sharp(photograph).metadata()).exif?.length).to.be.above(0);
    const read = await readPicture(photograph);
    if ('refused' in read) throw new Error(read.refused);
    const { exif, format, width, height } = await sharp(read.bytes).metadata();
    expect({ exif, format, width, height, type: read.type }).to.deep.equal({
      ...{ exif: undefined, format: 'webp', width: 600, height: 800 },
      type: 'image/webp',
    });
    expect(read.bytes.length).to.be.below(100_000);
  });

  it('is refused if it is no picture, whatever it is called', async () => {
    const html = Buffer.from('<!doctype html><script>alert(1)</script>');
    const gif = Buffer.from('GIF89a=1;alert(1)');
    for (const bytes of [svg, html, gif, aPdf, Buffer.alloc(0)])
      expect(await readPicture(bytes)).to.deep.equal({ refused: 'kind' });
  });

  it('is refused if it is cut off, or would unpack to very many pixels', async () => {
    const photograph = await aPhotograph();
    for (const bytes of [photograph.subarray(0, photograph.length / 2), await aPictureBomb()])
      expect(await readPicture(bytes)).to.deep.equal({ refused: 'broken' });
  });

  it('is a document by its content only', async () => {
    expect(await readDocument(aPdf)).to.deep.equal({ type: 'application/pdf', bytes: aPdf });
    expect(await readDocument(svg)).to.deep.equal({ refused: 'kind' });
    expect(await readDocument(await aPhotograph())).to.deep.equal({ refused: 'kind' });
  });

  it('gets a name that is one, with the ending of its content', () => {
    const pdf = { type: 'application/pdf' };
    expect(fileName('Åsas bilder (slutlig).pptx', pdf)).to.equal('Åsas-bilder-slutlig.pdf');
    expect(fileName('../../etc/passwd', pdf)).to.equal('etc-passwd.pdf');
    expect(fileName('"\r\n.html', pdf)).to.equal('bilder.pdf');
  });
});
