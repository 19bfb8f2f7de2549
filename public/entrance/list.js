/** The list of people in the page: how each is marked, who is shown, how many have come. */

const root = /** @type {HTMLElement} */ (document.getElementById('entrance'));
const people = document.getElementById('deltagare');
const query = new URLSearchParams(location.search);
const mode = query.get('mode') ?? root.dataset.usual;
const isAll = mode === 'alla';
const search = /** @type {HTMLInputElement | null} */ (document.querySelector('.find [type=search]'));

/** @returns {HTMLElement[]} */
const rows = () =>
  [...document.querySelectorAll('#deltagare > .person')].map((row) => /** @type {HTMLElement} */ (row));

/**
 * The whole list from the server, or as the worker has kept it; 'gone' if nobody may see it any more, null if it cannot be
 * had.
 */
export async function fetchAll(/** @type {string} */ address) {
  /** @type {HTMLElement[]} */
  const found = [];
  let isKept = false;
  let keptUntil = Infinity;
  for (let page = 1, pages = 1; page <= pages; page++) {
    const answer = await fetch(`${address}?mode=alla&page=${page}`, { redirect: 'manual' }).catch(() => null);
    // Whose sign-in has ended goes on marking; whose link has ended, or the time of what was kept, does not.
    if (answer && [403, 404, 410].includes(answer.status)) return 'gone';
    if (!answer?.ok) return null;
    isKept ||= answer.headers.has('Kept-Until');
    keptUntil =
      Number(answer.headers.get('Kept-Until')) || Date.now() + Number(answer.headers.get('Keep-For')) * 1000;
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    pages = Number(fresh.getElementById('entrance')?.dataset.pages ?? 1);
    for (const row of fresh.querySelectorAll('#deltagare > .person'))
      found.push(document.importNode(/** @type {HTMLElement} */ (row), true));
    if (!answer.headers.has('Kept-Until')) takeToken(fresh);
  }
  return { rows: found, isKept, keptUntil };
}

/** Every form of the page gets the token of the sign-in that there is now. */
function takeToken(/** @type {Document} */ fresh) {
  const value = fresh.querySelector('[name=csrf]')?.getAttribute('value') ?? '';
  for (const input of document.querySelectorAll('[name=csrf]')) input.setAttribute('value', value);
}

export function token() {
  return document.querySelector('[name=csrf]')?.getAttribute('value') ?? '';
}

/** Puts fresh rows in the place of the old ones; what has not changed stays untouched, with its focus. */
export function replace(/** @type {HTMLElement[]} */ fresh) {
  const known = new Map(rows().map((row) => [row.id, row]));
  let next = people?.firstElementChild ?? null;
  for (const row of fresh) {
    // Where everybody attends in one way, nobody's row says it.
    if (row.dataset.mode === mode) row.querySelector('[data-way]')?.remove();
    const old = known.get(row.id);
    known.delete(row.id);
    if (old) renew(old, row);
    if (old && old === next) next = next.nextElementSibling;
    else people?.insertBefore(old ?? row, next);
  }
  for (const gone of known.values()) {
    names.set(gone.id, nameIn(gone));
    gone.remove();
  }
}

function renew(/** @type {HTMLElement} */ old, /** @type {HTMLElement} */ row) {
  Object.assign(old.dataset, row.dataset);
  if (old.innerHTML === row.innerHTML) return;
  const hadFocus = old.contains(document.activeElement);
  old.replaceChildren(...row.childNodes);
  if (hadFocus) old.querySelector('button')?.focus();
}

/**
 * Shows somebody as marked before the server knows.
 * @returns what is said of it
 */
export function showMark(/** @type {import('./queue.js').Waiting} */ { registration, present, nonce }) {
  const row = document.getElementById(`p-${registration}`);
  if (!row) return '';
  const own = row.dataset.mode ?? 'plats';
  const key = present === 'ja' ? (root.dataset.only ?? own) : present || `unmarked-${own}`;
  const template = /** @type {HTMLTemplateElement} */ (root.querySelector(`template[data-mark="${key}"]`));
  const shown = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  const name = nameOf({ registration });
  for (const words of shown.querySelectorAll('.ds-sr-only')) words.textContent = `: ${name}`;
  shown.querySelector('[name=undoes]')?.setAttribute('value', nonce);
  const form = /** @type {HTMLElement} */ (row.querySelector('form'));
  const hadFocus = form.contains(document.activeElement);
  const hidden = [...form.querySelectorAll('input[type=hidden]:not([name=undoes])')];
  form.replaceChildren(...hidden, shown);
  if (hadFocus) form.querySelector('button')?.focus();
  row.dataset.mark = present && key;
  return `${name} ${template.dataset.said}.`;
}

/** Those who have left the list, of whom something may still have to be said. */
const /** @type {Map<string, string>} */ names = new Map();

/** "Åsa Öberg", if the list has her, or had her while this page was open. */
export function nameOf(/** @type {{ registration: string }} */ { registration }) {
  const row = document.getElementById(`p-${registration}`);
  return row ? nameIn(row) : (names.get(`p-${registration}`) ?? '');
}

function nameIn(/** @type {HTMLElement} */ row) {
  const [family, given] = row.querySelector('b')?.textContent?.split(', ') ?? [];
  return `${given} ${family}`;
}

/** Puts somebody in sight, with the focus on the button. @returns what is said of it; '' if the list has no such */
export function goTo(/** @type {string} */ registration) {
  const row = document.getElementById(`p-${registration}`);
  if (!row) return '';
  row.hidden = false;
  row.querySelector('button')?.focus();
  row.scrollIntoView({ block: 'center' });
  const mark = isHere(row.dataset) ? `, ${row.querySelector('.here')?.textContent}` : '';
  return `${nameOf({ registration })}${mark}`;
}

/** Counts those who are shown in this mode: anyone who is there counts where they are. */
export function count() {
  const everybody = rows().map(({ dataset }) => dataset);
  const seen = everybody.filter((one) => isAll || mode === (isHere(one) ? one.mark : one.mode));
  const groups = {
    came: seen.filter(isHere),
    unmarked: seen.filter(({ mark }) => !mark),
    absent: seen.filter(({ mark }) => mark === 'nej'),
    walkIns: seen.filter((one) => isHere(one) && one.walkIn !== undefined),
  };
  for (const [name, { length }] of Object.entries(groups)) {
    const shown = /** @type {HTMLElement | null} */ (document.querySelector(`[data-count=${name}]`));
    if (shown && length > 0) shown.hidden = false;
    if (shown?.firstElementChild) shown.firstElementChild.textContent = String(length);
  }
  for (const row of /** @type {NodeListOf<HTMLTableRowElement>} */ (
    document.querySelectorAll('tr[data-of]')
  )) {
    const from = seen.filter(({ place }) => place === row.dataset.of);
    const [, came, expected] = row.cells;
    if (came) came.textContent = String(from.filter(isHere).length);
    if (expected) expected.textContent = String(from.length);
  }
}

function isHere(/** @type {DOMStringMap} */ { mark }) {
  return mark === 'plats' || mark === 'digitalt';
}

/** From now on the page finds by itself, in the list as it is narrowed by the address. */
export function beginSearch() {
  for (const served of document.querySelectorAll('[data-served], nav.pages')) served.remove();
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('#lagen a')))
    if (new URL(link.href).searchParams.get('mode') === mode) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  if (!search) return;
  search.value = query.get('q') ?? search.value;
  search.addEventListener('input', filter);
  search.form?.addEventListener('submit', (submit) => submit.preventDefault());
}

/** Shows those whom the typed words find, each word at the beginning of one of theirs, and says how many that is. */
export function filter() {
  const typed = words(search?.value ?? '');
  const isFound = (/** @type {HTMLElement} */ row) => {
    const own = words(row.firstElementChild?.textContent ?? '');
    return typed.every((word) => own.some((one) => one.startsWith(word)));
  };
  const found = rows().filter(isFound);
  const isShown = (/** @type {HTMLElement} */ row) =>
    isAll || row.dataset.mode === mode || (root.dataset.only !== undefined && typed.length > 0);
  const shown = new Set(found.filter(isShown));
  for (const row of rows()) row.hidden = !shown.has(row);
  write('hits', shown.size, typed.length > 0);
  write('elsewhere', found.length - shown.size, typed.length > 0 && found.length > shown.size);
  const empty = document.getElementById('empty');
  if (empty) empty.hidden = shown.size > 0;
}

/** Words in lower case and without accents. */
function words(/** @type {string} */ text) {
  return (
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** Writes a number with its noun, as the element has it in its data, or nothing. */
export function write(
  /** @type {string} */ id,
  /** @type {number} */ number,
  /** @type {boolean} */ isShown,
) {
  const shown = document.getElementById(id);
  if (!shown) return;
  const { one = '', many = '' } = shown.dataset;
  const text = isShown ? (number === 1 ? one : many.replace('{n}', String(number))) : '';
  if (shown.textContent !== text) shown.textContent = text;
}

/** A copy of what a template of the page holds. */
export function clone(/** @type {string} */ selector) {
  const template = /** @type {HTMLTemplateElement} */ (root.querySelector(selector));
  return /** @type {HTMLElement} */ (
    /** @type {Element} */ (template.content.firstElementChild).cloneNode(true)
  );
}
