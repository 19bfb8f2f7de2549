import sharp from 'sharp';

/** A photograph as a telephone takes it: four megapixels, on its side, with the place where it was taken. */
export async function aPhotograph(): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 10 } as const;
  const pixels = { create: { width: 1000, height: 750, channels: 3, background: '#888', noise } } as const;
  return sharp(pixels)
    .resize(2400, 1800)
    .jpeg()
    .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '58/1 24/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .toBuffer();
}

/** A small file that unpacks to 64 million pixels. */
export async function aPictureBomb(): Promise<Buffer> {
  return sharp({ create: { width: 8_000, height: 8_000, channels: 3, background: '#000' } })
    .png()
    .toBuffer();
}

/** A PDF that says little. */
export const aPdf = Buffer.from(
  '%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n',
);
