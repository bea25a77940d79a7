import { createSignal } from 'solid-js';
import { basePath } from '../wire/basePath';

export type Route =
  | { page: 'home' }
  | { page: 'search'; query: string }
  | { page: 'song'; id: string; fromMs: number | undefined }
  | { page: 'timing'; id: string }
  | { page: 'room'; code: string }
  | { page: 'friends' }
  | { page: 'account' }
  | { page: 'admin' }
  | { page: 'profile'; handle: string }
  | { page: 'missing' };

export function routeOf(pathname: string, search = ''): Route {
  const [first, second, ...rest] = pathname.split('/').filter(Boolean).map(decodeURIComponent);
  if (first === undefined) return { page: 'home' };
  if (first === 'song' && second !== undefined && rest.length === 1 && rest[0] === 'timing')
    return { page: 'timing', id: second };
  if (rest.length > 0) return { page: 'missing' };
  if (first === 'search') return { page: 'search', query: new URLSearchParams(search).get('q') ?? '' };
  if ((first === 'friends' || first === 'account' || first === 'admin') && second === undefined) return { page: first };
  if (second === undefined) return { page: 'missing' };
  if (first === 'song') return { page: 'song', id: second, fromMs: momentIn(search) };
  if (first === 'room') return { page: 'room', code: second };
  if (first === 'u') return { page: 'profile', handle: second };
  return { page: 'missing' };
}

function momentIn(search: string): number | undefined {
  const text = new URLSearchParams(search).get('at');
  const ms = text === null || text === '' ? Number.NaN : Number(text);
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined;
}

export const links = {
  home: `${basePath}/`,
  friends: `${basePath}/friends`,
  account: `${basePath}/account`,
  admin: `${basePath}/admin`,
  search: (query: string) => `${basePath}/search?q=${encodeURIComponent(query)}`,
  song: (id: string) => `${basePath}/song/${encodeURIComponent(id)}`,
  /** A song opened at a position. */
  moment: (id: string, positionMs: number) => `${basePath}/song/${encodeURIComponent(id)}?at=${Math.round(positionMs)}`,
  timing: (id: string) => `${basePath}/song/${encodeURIComponent(id)}/timing`,
  room: (code: string) => `${basePath}/room/${encodeURIComponent(code)}`,
  profile: (handle: string) => `${basePath}/u/${encodeURIComponent(handle)}`,
};

const here = () => routeOf(location.pathname.slice(basePath.length), location.search);
/** One address per document. */
const [route, setRoute] = createSignal<Route>(typeof location === 'undefined' ? { page: 'home' } : here());

export { route };

export function navigate(to: string, replace = false): void {
  if (to === location.pathname + location.search) return;
  if (replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  if (!replace) window.scrollTo(0, 0);
  setRoute(here());
}

/** Makes plain links change the route instead of loading a page; new tabs and other sites are left to the browser. */
export function watchLinks(): void {
  window.addEventListener('popstate', () => setRoute(here()));
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link === null || link.target !== '' || link.origin !== location.origin || link.hasAttribute('download')) return;
    if (!link.pathname.startsWith(`${basePath}/`) || link.pathname.startsWith(`${basePath}/api/`)) return;
    if (link.hash !== '') return;
    event.preventDefault();
    navigate(link.pathname + link.search);
  });
}
