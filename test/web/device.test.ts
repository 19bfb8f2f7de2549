import { expect } from 'chai';
import { deviceOf } from '../../src/web/device.ts';

const webkit = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const kinds: [device: string, userAgent: string | undefined][] = [
  ['Firefox på Windows', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'],
  ['Chrome på Windows', `Mozilla/5.0 (Windows NT 10.0) ${webkit} Chrome/140.0.0.0 Safari/537.36`],
  ['Edge på Windows', `Mozilla/5.0 (Windows NT 10.0) ${webkit} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0`],
  ['Safari på Mac', `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webkit} Version/18.0 Safari/605.1.15`],
  [
    'Safari på iPhone',
    `Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) ${webkit} Version/18.0 Safari/604.1`,
  ],
  [
    'Chrome på iPhone',
    `Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) ${webkit} CriOS/140.0 Safari/604.1`,
  ],
  [
    'Samsung Internet på Android',
    `Mozilla/5.0 (Linux; Android 14) ${webkit} SamsungBrowser/28.0 Chrome/130.0 Safari/537.36`,
  ],
  ['Firefox på Linux', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'],
  ['Okänd webbläsare', 'curl/8.5.0'],
  ['Okänd webbläsare', ''],
  ['Okänd webbläsare', undefined],
];

describe('The kind of a browser', () => {
  it('is told in words, without version', () => {
    for (const [device, userAgent] of kinds) expect(deviceOf(userAgent), userAgent).to.equal(device);
  });
});
