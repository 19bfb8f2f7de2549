import type { Express } from 'express';

export type Route = { method: string; path: string };

type Layer = {
  route?: { path: string | RegExp; stack: { method?: string }[] };
  handle: { stack?: Layer[] };
  match(path: string): unknown;
};

/** Where routers are mounted. One that is mounted anywhere else must be added here. */
const mounts = ['', '/kontor', '/en'];

/** Every route of the application as its own routers have them, but the one that serves files from public/. */
export function routesOf(app: Express): Route[] {
  return routesIn(app.router.stack as unknown as Layer[], '');
}

function routesIn(layers: Layer[], prefix: string): Route[] {
  return layers.flatMap((layer) => {
    const { route, handle } = layer;
    if (handle.stack) return routesIn(handle.stack, prefix + mountOf(layer));
    if (!route || typeof route.path !== 'string') return [];
    const path = (prefix + route.path).replace(/(.)\/$/, '$1');
    const methods = new Set(route.stack.flatMap(({ method }) => method?.toUpperCase() ?? []));
    return [...methods].map((method) => ({ method, path }));
  });
}

function mountOf(layer: Layer): string {
  const mount = mounts.find((one) => layer.match(`${one}/x`));
  if (mount === undefined) throw new Error('A router is mounted where no test looks.');
  return mount;
}
