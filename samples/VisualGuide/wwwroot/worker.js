// Keeps the files of the site, so that the page is there without a network. With one, everything comes from there.
const name = `lenet5-guide-1 ${self.registration.scope}`;

self.addEventListener('install', event => {
    self.skipWaiting();
    event.waitUntil(keep());
});

self.addEventListener('activate', event => event.waitUntil(takeOver()));

// The page has been loaded from the network: what was kept may be old.
self.addEventListener('message', event => event.waitUntil(keep().catch(() => {})));

self.addEventListener('fetch', event => {
    const { request } = event;
    if (request.method === 'GET' && new URL(request.url).origin === self.location.origin) event.respondWith(answer(request));
});

/** Fetches all files of the site, of which the browser asks only whether they have changed, and forgets those that are gone. All or none. */
async function keep() {
    const fresh = file => new Request(new URL(file, self.registration.scope), { cache: 'no-cache' });
    const list = await fetch(fresh('files.json'));
    if (!list.ok) throw new Error(`files.json is not there: ${list.status}`);
    const files = [...await list.json(), 'files.json', './'].map(fresh), cache = await caches.open(name);
    await cache.addAll(files);
    const urls = new Set(files.map(file => file.url));
    for (const kept of await cache.keys()) if (!urls.has(kept.url)) await cache.delete(kept);
}

/** Drops the caches of earlier versions of this file, and none of anybody else's. */
async function takeOver() {
    for (const other of await caches.keys()) if (/^lenet5-guide-\d+ /.test(other) && other.endsWith(` ${self.registration.scope}`) && other !== name) await caches.delete(other);
    await self.clients.claim();
}

async function answer(request) {
    const kept = async () => (await caches.open(name)).match(request, { ignoreSearch: true });
    try {
        const response = await fetch(request);
        return response.status >= 500 ? await kept() ?? response : response;
    } catch (error) {
        const file = await kept();
        if (file) return file;
        throw error;
    }
}
