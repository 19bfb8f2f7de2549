import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect } from 'chai';

const src = join(import.meta.dirname, '../src');

/** Which rooms a room may import besides itself; imports only fall downward. */
const below: Record<string, string[]> = {
  store: [],
  base: [],
  web: ['base'],
  post: ['base'],
  calendar: ['base'],
  authorities: ['base', 'post'],
  events: ['base', 'authorities'],
  registrations: ['base', 'authorities', 'events', 'post'],
  letters: ['base', 'authorities', 'events', 'registrations', 'post', 'calendar'],
  inbox: ['base', 'authorities', 'events', 'registrations', 'post', 'calendar'],
  'inbox-command': ['base', 'inbox', 'store'],
  statistics: ['base', 'authorities', 'events', 'registrations'],
  example: ['base', 'authorities', 'events', 'registrations', 'post'],
  site: ['base', 'web', 'authorities', 'events', 'registrations', 'calendar', 'post', 'inbox'],
  office: [
    'base',
    'web',
    'authorities',
    'events',
    'registrations',
    'statistics',
    'letters',
    'calendar',
    'post',
    'inbox',
  ],
  worker: ['base', 'registrations', 'letters', 'post', 'inbox'],
  app: ['base', 'web', 'site', 'office'],
  upgrade: ['events', 'registrations'],
  main: ['app', 'upgrade', 'worker', 'inbox', 'store', 'example', 'base', 'authorities'],
  database: ['base', 'store'],
  backup: ['base', 'store'],
  restore: ['base', 'store'],
};

const domain = [
  'authorities',
  'events',
  'registrations',
  'letters',
  'statistics',
  'post',
  'inbox',
  'example',
];

/** Where the outside may enter: a package, or a global, and the rooms or files that may use it. */
const doors: [outside: RegExp, allowed: string[]][] = [
  [/from 'express'|from 'express\//, ['app', 'web', 'site', 'office']],
  [/from 'express-session'|from 'connect-mongo'|from 'express-rate-limit'/, ['web']],
  [/from 'ejs'/, ['base/templates.ts']],
  [/from 'nodemailer/, ['post/transport.ts']],
  [/from 'smtp-server'/, ['inbox']],
  [/from 'ical.js'|from 'ical-generator'|from '@touch4it\/ical-timezones'/, ['calendar']],
  [/from 'mongoose'/, ['base/database.ts', ...domain]],
  [/from 'node:sqlite'|from 'bson'/, ['store']],
  [/process\.env/, ['base/settings.ts']],
  [/new Date\(\)|Date\.now\(|DateTime\.(now|local|utc)\(\)/, ['base/clock.ts', 'store']],
];

type File = { path: string; text: string };

/** Every sentence about what is wrong with these files; none where the plan holds. */
function breaches(files: File[]): string[] {
  return files.flatMap((file) => [...risingImports(file), ...wrongDoors(file)]);
}

function risingImports({ path, text }: File): string[] {
  const imports = [...text.matchAll(/(?:from|import)\s*\(?'(\.{1,2}\/[^']+)'/g)].map(
    ([, target = '']) => target,
  );
  return imports
    .map((target) => roomOf(relative(src, join(src, dirname(path), target))))
    .filter((room) => room !== roomOf(path) && !below[roomOf(path)]?.includes(room))
    .map((room) => `${path} imports ${room}`);
}

function wrongDoors({ path, text }: File): string[] {
  return doors
    .filter(
      ([outside, allowed]) =>
        outside.test(text) && !allowed.includes(path) && !allowed.includes(roomOf(path)),
    )
    .map(([outside]) => `${path} uses ${outside.source}`);
}

function roomOf(path: string): string {
  return (path.split('/')[0] ?? '').replace(/\.ts$/, '');
}

function readHouse(): File[] {
  const paths = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  );
  return paths.map((path) => ({ path, text: readFileSync(join(src, path), 'utf8') }));
}

describe('The floor plan', () => {
  it('lets imports only fall, and the outside in only by its doors', () => {
    expect(breaches(readHouse())).to.deep.equal([]);
  });

  it('has every room in the plan, and no room named after nothing', () => {
    const rooms = new Set(readHouse().map(({ path }) => roomOf(path)));
    expect([...rooms].filter((room) => !(room in below))).to.deep.equal([]);
    expect(readHouse().filter(({ path }) => path.endsWith('index.ts'))).to.deep.equal([]);
  });

  it('would notice a rising import, a wrong door and a second clock', () => {
    const wrong = [
      { path: 'events/event.ts', text: "import { register } from '../registrations/register.ts';" },
      { path: 'site/home.ts', text: "import { createTransport } from 'nodemailer';" },
      { path: 'office/year.ts', text: 'const now = new Date();' },
      { path: 'site/home.ts', text: "import { office } from '../office/routes.ts';" },
      { path: 'registrations/letters.ts', text: 'process.env.SECRET' },
    ];
    expect(breaches(wrong)).to.have.length(wrong.length);
  });
});
