import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect } from 'chai';

const src = join(import.meta.dirname, '../src');

/** Which rooms a room may import besides itself; imports only fall downward. */
const below: Record<string, string[]> = {
  store: [],
  base: [],
  texts: ['base'],
  web: ['base', 'texts'],
  outbox: ['base', 'texts', 'audit'],
  calendar: ['base'],
  audit: ['base'],
  'link-requests': ['base'],
  limits: ['base'],
  print: ['base'],
  authorities: ['base', 'audit'],
  organisers: ['base', 'limits', 'texts', 'audit', 'authorities', 'outbox'],
  events: ['base', 'texts', 'audit', 'authorities', 'files'],
  files: ['base'],
  speakers: ['base', 'texts', 'audit', 'authorities', 'files', 'events', 'outbox'],
  registrations: ['base', 'limits', 'texts', 'audit', 'authorities', 'events', 'speakers', 'outbox'],
  'meeting-reports': ['base', 'audit', 'authorities', 'events', 'registrations'],
  letters: [
    'base',
    'texts',
    'audit',
    'authorities',
    'organisers',
    'events',
    'speakers',
    'registrations',
    'outbox',
    'calendar',
  ],
  inbox: [
    ...['base', 'limits', 'audit', 'authorities', 'organisers', 'events', 'speakers', 'registrations'],
    ...['outbox', 'calendar'],
  ],
  erasing: [
    ...['base', 'texts', 'audit', 'organisers', 'files', 'events', 'speakers', 'registrations', 'outbox'],
    ...['letters', 'inbox', 'link-requests', 'meeting-reports'],
  ],
  statistics: ['base', 'authorities', 'events', 'registrations'],
  example: [
    ...['base', 'audit', 'authorities', 'organisers', 'files', 'events', 'speakers', 'registrations'],
    ...['letters', 'outbox', 'inbox'],
  ],
  site: [
    'base',
    'texts',
    'web',
    'authorities',
    'files',
    'events',
    'speakers',
    'registrations',
    'letters',
    'calendar',
    'outbox',
    'inbox',
    'link-requests',
    'meeting-reports',
  ],
  office: [
    'base',
    'texts',
    'web',
    'audit',
    'authorities',
    'organisers',
    'link-requests',
    'files',
    'events',
    'speakers',
    'registrations',
    'meeting-reports',
    'statistics',
    'example',
    'letters',
    'calendar',
    'outbox',
    'erasing',
    'inbox',
    'print',
  ],
  programs: ['base', 'audit', 'registrations', 'inbox', 'outbox', 'store'],
  worker: [
    ...['base', 'audit', 'link-requests', 'organisers', 'speakers', 'registrations', 'letters', 'outbox'],
    ...['erasing', 'inbox'],
  ],
  app: ['base', 'texts', 'web', 'site', 'office'],
  migrations: ['base'],
  main: [
    ...['app', 'web', 'migrations', 'worker', 'inbox', 'store', 'example'],
    ...['base', 'authorities', 'organisers'],
  ],
};

/**
 * The rooms inside a room, each with those beside it that it may import. '.' is the files that lie in no inner room;
 * a room that is not named here has no inner rooms.
 */
const inside: Record<string, Record<string, string[]>> = {
  base: { '.': ['form', 'rendering'], form: [], rendering: ['.'], mail: ['.', 'rendering'] },
  web: { '.': ['files'], files: ['.'] },
  store: {
    '.': ['commands', 'transactions', 'storage', 'wire', 'values'],
    commands: [
      ...['planning', 'transactions', 'storage', 'aggregation', 'query'],
      ...['expressions', 'regex', 'wire', 'values'],
    ],
    planning: ['transactions', 'storage', 'query', 'regex', 'values'],
    transactions: ['storage', 'wire', 'values'],
    storage: ['query', 'regex', 'values'],
    aggregation: ['query', 'expressions', 'regex', 'values'],
    query: ['expressions', 'regex', 'values'],
    expressions: ['regex', 'values'],
    regex: ['values'],
    wire: ['values'],
    values: [],
  },
  events: {
    '.': [],
    details: ['.'],
    proposals: ['.'],
    planning: ['.', 'details'],
    programme: ['.', 'details', 'planning'],
  },
  registrations: {
    '.': [],
    tallies: ['.'],
    acts: ['.', 'tallies'],
    recorded: ['.', 'tallies'],
    openings: [],
    participants: ['.', 'acts', 'waiting-list'],
    'waiting-list': ['.', 'acts'],
    changes: ['.', 'acts', 'openings', 'tallies', 'waiting-list'],
    bursts: ['.'],
    'sign-up': ['.', 'acts', 'changes', 'bursts'],
    personal: ['.', 'participants'],
  },
  speakers: { '.': ['entries', 'engagements'], entries: [], engagements: ['entries'] },
  'meeting-reports': { '.': ['reading'], reading: [] },
  outbox: { '.': [], sending: ['.'] },
  inbox: { '.': ['parsing', 'judging'], parsing: [], judging: ['.', 'parsing'] },
  letters: {
    '.': ['kinds', 'writing'],
    writing: [],
    mailings: [],
    kinds: ['writing', 'mailings'],
    plan: ['kinds', 'writing'],
    previews: ['.', 'kinds'],
  },
  site: {
    '.': ['parts', 'sign-up', 'event', 'personal', 'speaker'],
    parts: [],
    'sign-up': ['parts'],
    event: ['parts', 'sign-up'],
    personal: ['parts', 'sign-up'],
    speaker: ['parts'],
  },
  office: {
    '.': [
      ...[
        'parts',
        'letters',
        'event',
        'files',
        'programme',
        'participants',
        'attendance',
        'attendance/reports',
      ],
      ...['entrance', 'year', 'planning', 'speakers', 'settings'],
    ],
    parts: [],
    letters: ['parts'],
    event: ['parts', 'letters'],
    files: ['parts'],
    programme: ['parts'],
    participants: ['parts', 'letters'],
    attendance: ['parts', 'participants'],
    'attendance/reports': ['parts', 'attendance'],
    entrance: ['parts', 'attendance'],
    year: ['parts', 'letters'],
    planning: ['parts'],
    speakers: ['parts'],
    settings: ['parts'],
  },
};

const domain = [
  'audit',
  'link-requests',
  'limits',
  'authorities',
  'organisers',
  'files',
  'events',
  'speakers',
  'registrations',
  'meeting-reports',
  'letters',
  'statistics',
  'outbox',
  'inbox',
  'erasing',
  'example',
];

/** Where the outside may enter: a package, or a global, and the rooms or files that may use it. */
const doors: [outside: RegExp, allowed: string[]][] = [
  [/from 'express'|from 'express\//, ['app.ts', 'web', 'site', 'office']],
  [/from 'express-session'|from 'connect-mongo'|from 'express-rate-limit'/, ['web']],
  [/from 'ejs'/, ['base/rendering/templates.ts']],
  [/from 'nodemailer/, ['outbox/sending/transport.ts', 'outbox/write-mail.ts']],
  [/from 'qr'/, ['base/rendering/qr.ts']],
  [/from 'markdown-it'/, ['texts/formatting.ts']],
  [/from 'smtp-server'/, ['inbox']],
  [/from 'multer'/, ['web/files/upload.ts']],
  [/from 'sharp'|from 'file-type'/, ['files/checked.ts']],
  [/'@myriaddreamin\/typst-ts-node-compiler'/, ['print/child.ts']],
  [/from 'node:child_process'/, ['print/print.ts']],
  [/from 'csv-parse/, ['meeting-reports/reading/lines.ts']],
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

function risingImports(file: File): string[] {
  return importsOf(file)
    .filter((target) => !mayImport(file.path, target))
    .map((target) => `${file.path} imports ${target}`);
}

function mayImport(path: string, target: string): boolean {
  const [from, to] = [roomOf(path), roomOf(target)];
  if (from !== to) return below[from]?.includes(to) ?? false;
  const [fromInner, toInner] = [innerRoomOf(path), innerRoomOf(target)];
  return fromInner === toInner || (inside[from]?.[fromInner]?.includes(toInner) ?? false);
}

/** The files of ours that a file imports, types included. */
function importsOf({ path, text }: File): string[] {
  const targets = text.matchAll(/(?:from|import)\s*\(?'(\.{1,2}\/[^']+)'/g);
  return [...targets].map(([, target = '']) => relative(src, join(src, dirname(path), target)));
}

/** The first circle of imports that is found, as the paths along it; none where there is no circle. */
function circle(files: File[]): string[] {
  const imports = new Map(files.map((file) => [file.path, importsOf(file)]));
  const finished = new Set<string>();
  const follow = (path: string, trail: string[]): string[] => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (finished.has(path)) return [];
    for (const next of imports.get(path) ?? []) {
      const found = follow(next, [...trail, path]);
      if (found.length) return found;
    }
    finished.add(path);
    return [];
  };
  for (const { path } of files) {
    const found = follow(path, []);
    if (found.length) return found;
  }
  return [];
}

function wrongDoors({ path, text }: File): string[] {
  return doors
    .filter(
      ([outside, allowed]) =>
        outside.test(text) && !allowed.some((place) => path === place || path.startsWith(`${place}/`)),
    )
    .map(([outside]) => `${path} uses ${outside.source}`);
}

function roomOf(path: string): string {
  return (path.split('/')[0] ?? '').replace(/\.ts$/, '');
}

/** The room inside the top room that a file lies in, '.' for none. */
function innerRoomOf(path: string): string {
  return path.split('/').slice(1, -1).join('/') || '.';
}

function readSources(): File[] {
  const paths = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ts'),
  );
  return paths.map((path) => ({ path, text: readFileSync(join(src, path), 'utf8') }));
}

describe('The floor plan', () => {
  it('lets imports only fall, and the outside in only by its doors', () => {
    expect(breaches(readSources())).to.deep.equal([]);
  });

  it('has every room in the plan, and no room named after nothing', () => {
    const rooms = new Set(readSources().map(({ path }) => roomOf(path)));
    expect([...rooms].filter((room) => !(room in below))).to.deep.equal([]);
    expect(readSources().filter(({ path }) => path.endsWith('index.ts'))).to.deep.equal([]);
    const inner = new Set(readSources().map(({ path }) => `${roomOf(path)}: ${innerRoomOf(path)}`));
    const planned = Object.entries(inside).flatMap(([room, rooms]) =>
      Object.keys(rooms).map((name) => `${room}: ${name}`),
    );
    expect([...inner].filter((name) => !name.endsWith(': .') && !planned.includes(name))).to.deep.equal([]);
  });

  it('has no circle of imports', () => {
    expect(circle(readSources())).to.deep.equal([]);
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

  it('would notice a circle', () => {
    const files = ['a', 'b', 'c'].map((name, at, all) => ({
      path: `store/${name}.ts`,
      text: `import type { X } from './${all[(at + 1) % 3]}.ts';`,
    }));
    expect(circle(files)).to.deep.equal(['store/a.ts', 'store/b.ts', 'store/c.ts', 'store/a.ts']);
    expect(circle(files.slice(0, 2))).to.deep.equal([]);
  });
});
