import type { ServerResponse } from 'node:http';

import { OWN_PREFIX } from './own.js';

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Local Apify platform</title>
<style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 45rem; margin: 2rem auto; padding: 0 1rem }</style>
<h1>Local Apify platform</h1>
<p>This is a small Apify platform on your machine: it runs Actors, and moves them. It is for programs, and has nothing to
click on.</p>
<ul>
<li>The <a href="https://docs.apify.com/api/v2">Apify API</a> is at <code>/v2</code>: give this address to
<code>apify-client</code> as <code>baseUrl</code>, or to the Apify CLI as <code>APIFY_CLIENT_BASE_URL</code>.</li>
<li>Calls need the token that the platform has printed where it was started, as a header or as
<code>?token=…</code>: <code>/v2/actor-runs?token=…</code> lists the runs, <code>/v2/actors?token=…</code> the Actors,
and <code>/v2/logs/RUN_ID?token=…</code> is a log.</li>
<li>What strikes a run is sent by POST to <code>${OWN_PREFIX}/runs/RUN_ID/migrate</code>, <code>/crash</code> or
<code>/fail</code>.</li>
<li>Which operations are served: <code>npm run platform -- --operations</code>.</li>
</ul>
`;

/** Tells a browser what the platform is and where to look. It says nothing that needs a token. */
export function sendRootPage(response: ServerResponse): void {
    response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-length': Buffer.byteLength(PAGE),
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    });
    response.end(PAGE);
}
