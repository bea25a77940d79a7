// Keeps the shell, so that the app opens without a network. Never audio, covers or anything of the API.
// The build puts its hash here (scripts/cachePerBuild.ts).
const build = 'shell-development';
// Another hub, or another app, may live on the same host under another path.
const base = new URL('./', self.location).pathname;
// Earlier versions named theirs shell-... alone.
const own = `musicsocial${base}shell-`;
const shell = `musicsocial${base}${build}`;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(shell)
      .then((cache) => cache.add(base))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  const old = (names) =>
    Promise.all(
      names
        .filter((name) => (name.startsWith(own) || name.startsWith('shell-')) && name !== shell)
        .map((name) => caches.delete(name)),
    );
  event.waitUntil(
    caches
      .keys()
      .then(old)
      .then(() => self.clients.claim()),
  );
});

async function pageFirstFromNetwork(request) {
  const cache = await caches.open(shell);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(base, answer.clone());
    return answer;
  } catch {
    return (await cache.match(base)) ?? Response.error();
  }
}

async function assetFromCache(request) {
  const cache = await caches.open(shell);
  const kept = await cache.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(pageFirstFromNetwork(request));
  else if (url.pathname.startsWith(`${base}assets/`)) event.respondWith(assetFromCache(request));
});
