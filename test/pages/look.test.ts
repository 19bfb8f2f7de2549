import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file));
const theirs = String(read('public/designsystemet.css'));
const ours = String(read('public/boostdagar.css'));

describe('look', () => {
  it('declares every custom property that our own rules read; if not, run npm run look', () => {
    const declared = new Set([...(theirs + ours).matchAll(/(--[\w-]+)\s*:/g)].map(([, name]) => name));
    const needed = [...ours.matchAll(/var\((--[\w-]+)\)/g)].map(([, name]) => name);
    expect(needed).to.include('--ds-color-accent-base-default');
    expect(needed.filter((name) => !declared.has(name))).to.deep.equal([]);
  });

  it('weighs under 45 kB with the font, so that a page of 15 kB fits into 60', () => {
    expect(gzipSync(theirs + ours).length + read('public/fonts/source-sans-3.woff2').length).to.be.below(
      45_000,
    );
  });

  it('has no style attribute, script or handler in any page, which the CSP would refuse', () => {
    const views = readdirSync(join(root, 'views'), { recursive: true, encoding: 'utf8' });
    const pages = views.filter((name) => name.endsWith('.ejs') && name !== 'layout/letter.ejs');
    expect(pages).to.include('layout/site.ejs');
    const refused = /\sstyle=|<style|<script(?! type="application\/ld\+json")|\son[a-z]+=/;
    // The one exception: the pages of the entrance, whose header allows it (office/attendance/script.ts).
    const own = '<script type="module" src="/entrance/page.js"></script>';
    const layout = String(read('views/layout/office.ejs'));
    expect(layout.split(own)).to.have.length(2);
    const written = (name: string) => String(read(`views/${name}`)).replace(own, '');
    expect(pages.filter((name) => refused.test(written(name)))).to.deep.equal([]);
  });
});
