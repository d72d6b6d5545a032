import { createServer } from 'node:http';

import { Actor } from 'apify';

await Actor.init();

// Saved when the Actor is told to go, and every minute.
const visits = await Actor.useState('VISITS', {});

const server = createServer(async (request, response) => {
    // Apify asks so whether the server is there.
    if (request.headers['x-apify-container-server-readiness-probe']) return response.end();
    const { pathname } = new URL(request.url, 'http://localhost');
    const visit = (visits[pathname] ?? 0) + 1;
    visits[pathname] = visit;
    await Actor.pushData({ pathname, visit });
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ pathname, visit }));
});
server.listen(Actor.config.get('containerPort'));
