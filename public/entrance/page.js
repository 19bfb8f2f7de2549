import * as list from './list.js';
import { all, put, remove, send, wasEmptied } from './queue.js';
import { offerScanner, registrationIn } from './scanner.js';

/**
 * The entrance's page where there may be no network: each mark is shown and said at once, waits in the browser, and is
 * sent until the server has taken it. Without this script the page's forms do the same with a network.
 * @typedef {import('./queue.js').Waiting} Waiting
 */

const root = /** @type {HTMLElement} */ (document.getElementById('entrance'));
const { event = '', address = '', pages = '0', keepFor = '0' } = root.dataset;
const field = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** How often what waits is tried again, in milliseconds. */
const pause = 4_000;

/** So long the server may take to answer before a form is kept back, in milliseconds. */
const patience = 8_000;

/** More pages than this are not held by a telephone: then the list stays as the server shows it. */
const mostPages = 10;

/** What waits, as this page knows it; the browser may empty its store meanwhile. */
let /** @type {Waiting[]} */ waiting = [];
/**
 * Until when the names may be kept here; undefined where they may not be kept at all, and are only shown. Of a page that the
 * worker had kept, the first look at the list tells it.
 */
let /** @type {number | undefined} */ keptUntil =
    Number(keepFor) > 0 ? performance.timeOrigin + Number(keepFor) * 1000 : undefined;

if (window.isSecureContext && 'serviceWorker' in navigator && Number(pages) <= mostPages)
  await begin().catch(() => undefined);

async function begin() {
  await navigator.serviceWorker.register('/entrance/worker.js', { scope: '/kontor/' });
  await underWorker();
  waiting = await all(event);
  navigator.storage.persist();
  document.addEventListener('submit', onSubmit);
  for (const id of ['waits', 'hits']) field(id).setAttribute('role', 'status');
  list.beginSearch();
  addEventListener('online', tryAgain);
  addEventListener('visibilitychange', () => document.visibilityState === 'visible' && void tryAgain());
  setInterval(() => (waiting.some(isUnsent) || isOver()) && void tryAgain(), pause);
  void offerScanner(find).catch(() => undefined);
  await keepFiles();
  await navigator.locks.request('entrance', refresh);
  show();
  await tryAgain();
}

/** Waits until the worker sees this page's requests, which it does not if the page was reloaded past it. */
async function underWorker() {
  const { serviceWorker } = navigator;
  await serviceWorker.ready;
  if (serviceWorker.controller) return;
  const taken = new Promise((done) =>
    serviceWorker.addEventListener('controllerchange', done, { once: true }),
  );
  await Promise.race([taken, new Promise((done) => setTimeout(done, 2_000))]);
}

/** Takes a mark over from its form. */
function onSubmit(/** @type {SubmitEvent} */ submit) {
  const form = /** @type {HTMLFormElement} */ (submit.target);
  if (form.id === 'walk-in') {
    submit.preventDefault();
    return void sendWalkIn(form);
  }
  const row = form.closest('.person');
  if (!(row instanceof HTMLElement)) return;
  submit.preventDefault();
  const answers = new FormData(form, submit.submitter);
  void mark(row, String(answers.get('present')), /** @type {string | null} */ (answers.get('undoes')));
}

/** Sends the form only if the server answers: the browser's own page about a missing network would take its place. */
async function sendWalkIn(/** @type {HTMLFormElement} */ form) {
  const signal = AbortSignal.timeout(patience);
  const answer = await fetch('/healthz', { method: 'HEAD', signal }).catch(() => null);
  field('unreached').hidden = answer !== null;
  if (answer) form.submit();
}

async function mark(
  /** @type {HTMLElement} */ row,
  /** @type {string} */ present,
  /** @type {string | null} */ undoes,
) {
  const registration = row.id.slice('p-'.length);
  const nonce = crypto.randomUUID();
  // In the order in which they were made, also if the clock is set back.
  const at = Math.max(Date.now(), ...waiting.map((one) => one.at + 1));
  const made = { nonce, event, registration, present, undoes: present ? null : undoes, at };
  waiting.push(made);
  say(list.showMark(made));
  list.count();
  await put(made).catch(() => say(String(field('said').dataset.lost)));
  tell();
  await tryAgain();
}

/** Sends what waits, one after the other and in one tab at a time, and then shows what the server knows. */
async function tryAgain() {
  if (isOver()) return leave();
  await navigator.locks.request('entrance', { ifAvailable: true }, async (lock) => {
    if (lock) await sendAll();
  });
  tell();
}

async function sendAll() {
  await holdOn();
  let isAnswered = waiting.some(({ sent }) => sent);
  for (let next = waiting.find(isUnsent); next; next = waiting.find(isUnsent)) {
    const answer = await send(address || location.pathname, list.token(), next);
    if (answer.is === 'unreachable') return;
    field('stranger').hidden = answer.is !== 'stranger';
    if (answer.is === 'stranger') {
      // The form's token may be that of an earlier sign-in.
      const token = list.token();
      await refresh();
      if (list.token() === token) return;
      continue;
    }
    isAnswered = true;
    if (answer.is === 'refused') next.refused = answer.said;
    else next.sent = true;
    if (answer.is === 'taken' && answer.kept) say(`${list.nameOf(next)} ${field('said').dataset.kept}.`);
    await put(next);
    tell();
  }
  if (isAnswered) await refresh();
}

/** Reads the queue. What this page knows and the browser has thrown away is put there again: a nonce counts only once. */
async function holdOn() {
  const stored = await all(event);
  const isStored = (/** @type {Waiting} */ { nonce }) => stored.some((one) => one.nonce === nonce);
  const missing = waiting.filter((mark) => isUnsent(mark) && !isStored(mark));
  if (missing.length > 0 && wasEmptied()) say(String(field('said').dataset.lost));
  for (const mark of missing) await put(mark);
  waiting = [...stored, ...missing];
}

/** Fetches the whole list, which the worker keeps. What the server has is not waited for any longer. */
async function refresh() {
  if (!address) return;
  const fetched = await list.fetchAll(address);
  if (fetched === 'gone') return leave();
  if (!fetched) return;
  if (fetched.keptUntil > Date.now()) keptUntil = fetched.keptUntil;
  if (!fetched.isKept) await remove(waiting.filter(({ sent }) => sent));
  await holdOn();
  field('ready').hidden = keptUntil === undefined || isOver() || !navigator.serviceWorker.controller;
  list.replace(fetched.rows);
  show();
}

function isOver() {
  return keptUntil !== undefined && Date.now() >= keptUntil;
}

/** Nobody may see the names here any more: the server says why. */
async function leave() {
  await caches.delete('entrance');
  location.reload();
}

function show() {
  for (const mark of waiting) if (!mark.refused) list.showMark(mark);
  list.count();
  list.filter();
  tell();
}

function isUnsent(/** @type {Waiting} */ { sent, refused }) {
  return !sent && !refused;
}

/** Says how much waits, and what was not taken. */
function tell() {
  const number = waiting.filter(isUnsent).length;
  list.write('waits', number, number > 0);
  const refused = waiting.filter((mark) => mark.refused);
  field('refused').hidden = refused.length === 0;
  field('refused').replaceChildren(...refused.map(refusal));
}

function refusal(/** @type {Waiting} */ mark) {
  const item = list.clone('template[data-refused]');
  const words = /** @type {HTMLElement} */ (item.querySelector('p'));
  words.textContent = [list.nameOf(mark), mark.refused].filter(Boolean).join(': ');
  item.querySelector('button')?.addEventListener('click', async () => {
    await remove([mark]);
    await holdOn();
    tell();
  });
  return item;
}

/** Goes to the person whose code was read. Of anybody else's the server says what it is, if it can be asked. */
function find(/** @type {string} */ address) {
  const registration = registrationIn(address);
  const said = registration && list.goTo(registration);
  if (said) say(said);
  else if (registration && root.dataset.only === undefined && navigator.onLine)
    location.assign(new URL(address).pathname);
  else say(String(field('said').dataset.stranger));
}

function say(/** @type {string} */ sentence) {
  field('said').textContent = sentence;
}

/** The look and the scripts, without which a kept page is no use. */
async function keepFiles() {
  const files = performance.getEntriesByType('resource').map(({ name }) => new URL(name));
  const own = files.filter(
    ({ origin, pathname }) => origin === location.origin && /\.(css|js|svg|woff2)$/.test(pathname),
  );
  const cache = await caches.open('entrance');
  await cache.addAll([...new Set(own.map(String))]).catch(() => undefined);
}
