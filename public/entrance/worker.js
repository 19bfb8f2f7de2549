/**
 * The service worker of the entrance's pages: shows what was kept of them if no network answers (Service Workers, W3C).
 * Everything else of the office passes by it.
 */
const scope = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const store = 'entrance';

/** The attendance page of an event, and the page of somebody who helps at the entrance. */
const entrance = /^\/kontor\/(?:evenemang\/[\da-f]{24}\/narvaro|hjalp\/[\w-]+)$/;
const signOut = /^\/kontor\/logga-ut/;
const file = /\.\w+$/;

const nothing =
  'Det finns inget nät, och listan är inte kvar i den här webbläsaren. ' +
  'Markeringar som väntar ligger kvar och skickas när sidan öppnas med nät.';

/** So long a network may take before what was kept is shown, in milliseconds. */
const patience = 8_000;

scope.addEventListener('install', () => scope.skipWaiting());
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));
scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (origin !== location.origin) return;
  if (signOut.test(pathname)) event.waitUntil(caches.delete(store));
  if (request.method !== 'GET') return;
  if (entrance.test(pathname)) event.respondWith(page(request, pathname));
  else if (file.test(pathname)) event.respondWith(fetch(request).catch(() => kept(request)));
});

/** A page from the network, else as it was kept. Whatever else the network says, as that a link has ended, erases the names. */
async function page(/** @type {Request} */ request, /** @type {string} */ path) {
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(patience) });
    if (answer.status >= 500) return await kept(request).catch(() => answer);
    if (!answer.ok) await forget(path);
    else if (request.mode !== 'navigate') await keep(request, answer.clone());
    return answer;
  } catch {
    return kept(request);
  }
}

/** Keeps a page for as long as the server allows, counted on this device's clock. */
async function keep(/** @type {Request} */ request, /** @type {Response} */ answer) {
  const seconds = Number(answer.headers.get('Keep-For'));
  const headers = new Headers(answer.headers);
  headers.set('Kept-Until', String(Date.now() + seconds * 1000));
  const cache = await caches.open(store);
  if (seconds > 0) await cache.put(request, new Response(await answer.blob(), { headers }));
  else await forget(new URL(request.url).pathname);
}

/** What was kept of an address, or of its path; a page whose time is over is erased instead, and gone. */
async function kept(/** @type {Request} */ request) {
  const cache = await caches.open(store);
  const same = await cache.match(request, { ignoreVary: true });
  const found = same ?? (await cache.match(request, { ignoreVary: true, ignoreSearch: true }));
  const until = found?.headers.get('Kept-Until');
  const isOver = until && Number(until) <= Date.now();
  if (isOver) await forget(new URL(request.url).pathname);
  else if (found) return found;
  if (request.mode !== 'navigate') return isOver ? new Response(null, { status: 410 }) : Response.error();
  return new Response(nothing, { status: 503, headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
}

async function forget(/** @type {string} */ path) {
  const cache = await caches.open(store);
  for (const request of await cache.keys())
    if (new URL(request.url).pathname === path) await cache.delete(request);
}
