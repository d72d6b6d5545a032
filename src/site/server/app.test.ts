import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { courseApp } from './app.js';
import { cookieName, newToken } from './guard.js';
import { BusyError, type Job, Jobs } from './jobs.js';
import { serveCourse } from './serve.js';

const PORT = 4_242;
const HOST = `127.0.0.1:${PORT}`;
let token: string;
let jobs: Jobs;
let app: ReturnType<typeof courseApp>;
let home: string;
const warned: string[] = [];

beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'actors-move-'));
    vi.stubEnv('ACTORS_MOVE_HOME', home);
    token = newToken();
    jobs = new Jobs();
    warned.length = 0;
    const { signal } = new AbortController();
    app = courseApp({ jobs, warn: (message) => warned.push(message), closing: signal }, { port: PORT, token });
});
afterEach(async () => {
    await jobs.close();
    vi.unstubAllEnvs();
    rmSync(home, { recursive: true, force: true });
});

interface Asked {
    method?: string;
    headers?: Record<string, string>;
    body?: string;
}

/** Asks as a page of the course does; headers that are '' are left out. */
async function ask(path: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Response> {
    const usual = { host: HOST, cookie: `${cookieName(PORT)}=${token}`, 'sec-fetch-site': 'same-origin', ...headers };
    const sent = Object.fromEntries(Object.entries(usual).filter(([, value]) => value !== ''));
    return app.request(path, { method, headers: sent, ...(body !== undefined && { body }) });
}

describe('who is let in', () => {
    it('is who has the address that was printed: its token becomes a cookie, and the address is clean', async () => {
        const answer = await ask(`/lessons/?token=${token}`, { headers: { cookie: '' } });

        expect(answer.status).toBe(303);
        expect(answer.headers.get('location')).toBe('/lessons/');
        expect(answer.headers.get('set-cookie')).toBe(
            `${cookieName(PORT)}=${token}; Path=/; HttpOnly; SameSite=Strict`,
        );
    });

    it.each([
        ['no token', ''],
        ['a wrong token', `${cookieName(PORT)}=${newToken()}`],
        ['the token of a server at another port', `${cookieName(PORT + 1)}=TOKEN`],
    ])('is nobody with %s', async (_, cookie) => {
        const answer = await ask('/', { headers: { cookie: cookie.replace('TOKEN', token) } });

        expect(answer.status).toBe(403);
        expect(await answer.text()).not.toContain(token);
    });

    it('is nobody with a wrong token in the address', async () => {
        expect((await ask(`/?token=${newToken()}`, { headers: { cookie: '' } })).status).toBe(403);
    });

    it.each([
        ['//1249740391', ''],
        ['/\\\\1249740391', ''],
        ['//evil.example', `?token=TOKEN`],
    ])('is led on to no other host from %s%s', async (path, query) => {
        // Such a path alone would name a host here, too.
        const answer = await ask(`http://${HOST}${path}${query.replace('TOKEN', token)}`);

        expect([303, 308]).toContain(answer.status);
        expect(new URL(answer.headers.get('location')!, `http://${HOST}/`).host).toBe(HOST);
    });

    it.each([
        'evil.example',
        `evil.example:${PORT}`,
        '127.0.0.1',
        `127.0.0.1:${PORT + 1}`,
        `127.0.0.1:${PORT}.evil.example`,
    ])('is nobody who calls this machine %s', async (host) => {
        expect((await ask('/', { headers: { host } })).status).toBe(421);
    });

    it.each<[string, Record<string, string>]>([
        ['another site', { 'sec-fetch-site': 'cross-site' }],
        ['another port of this machine', { 'sec-fetch-site': 'same-site', origin: `http://127.0.0.1:${PORT + 1}` }],
        ['an address that was typed', { 'sec-fetch-site': 'none' }],
        ['an old browser, on another site', { 'sec-fetch-site': '', origin: 'http://evil.example' }],
        ['an old browser that names no site', { 'sec-fetch-site': '' }],
    ])('changes nothing from %s', async (_, headers) => {
        const answer = await ask('/lessons/1/read', { method: 'POST', headers });

        expect(answer.status).toBe(403);
        expect(() => readFileSync(join(home, 'lessons.json'))).toThrow('ENOENT');
    });

    it('changes something from a page of its own, also in a browser that names the origin only', async () => {
        const headers = { 'sec-fetch-site': '', origin: `http://${HOST}` };
        expect((await ask('/lessons/1/read', { method: 'POST', headers })).status).toBe(303);
    });

    it('says on every answer what a page may load, and that it may not be framed', async () => {
        for (const path of ['/', '/nowhere/', '/assets/site.css']) {
            const { headers } = await ask(path);
            expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'.*frame-ancestors 'none'$/);
            expect(headers.get('x-content-type-options')).toBe('nosniff');
            expect(headers.get('referrer-policy')).toBe('no-referrer');
            expect(headers.get('access-control-allow-origin')).toBeNull();
        }
    });

    it('sends no more than a form can hold', async () => {
        const body = `fault=${'x'.repeat(100_000)}`;
        const headers = { 'content-length': String(body.length) };
        expect((await ask('/lab/runs/', { method: 'POST', body, headers })).status).toBe(413);
    });
});

describe('pages', () => {
    it.each([
        '/../package.json',
        '/assets/../files.json',
        '/assets/files.json',
        '/recordings/nothing.jsonl.gz',
        '/nowhere/',
    ])('there is none at %s', async (path) => {
        expect((await ask(path)).status).toBe(404);
    });

    it('an address without its last sign leads to its page', async () => {
        const answer = await ask('/lessons/3');
        expect(answer.headers.get('location')).toBe('/lessons/3/');
    });

    it('what is read is noted where the terminal notes it, and the next lesson opens', async () => {
        const answer = await ask('/lessons/1/read', { method: 'POST' });

        expect(answer.headers.get('location')).toBe('/lessons/2/');
        expect(JSON.parse(readFileSync(join(home, 'lessons.json'), 'utf8'))).toEqual({ read: ['01-actors-move.md'] });
        expect(await (await ask('/')).text()).toContain('1 of 9 lessons read');
    });
});

describe('jobs', () => {
    /** A job that works until it is ended. */
    function begin(): Job {
        return jobs.start('a long one', async ({ signal }) => {
            if (signal.aborted) return;
            await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
        });
    }

    it('are one at a time', async () => {
        begin();

        expect(() => begin()).toThrow(BusyError);
        const headers = { accept: 'application/json' };
        const answer = await ask('/lab/recorded/0-fault-migrate/', { method: 'POST', headers });
        expect(answer.status).toBe(409);
        expect(await answer.json()).toEqual({ problem: 'One at a time: a long one is at work.' });
    });

    it('are told to who has their id, from the beginning or from where it was left, and to nobody else', async () => {
        const job = jobs.start('short', async (self) => {
            self.tell('one', { n: 1 });
            self.tell('two', '</script>');
        });

        const all = await (await ask(`/jobs/${job.id}`)).text();
        expect(all).toBe(
            'event: one\ndata: {"n":1}\nid: 0\n\nevent: two\ndata: "</script>"\nid: 1\n\nevent: over\ndata: null\n\n',
        );
        const rest = await (await ask(`/jobs/${job.id}`, { headers: { 'last-event-id': '0' } })).text();
        expect(rest).toMatch(/^event: two/);
        expect((await ask('/jobs/somebody-elses')).status).toBe(404);
    });

    it('end when they are asked to, and say what went wrong', async () => {
        const job = begin();
        expect((await ask(`/jobs/${job.id}/stop`, { method: 'POST' })).status).toBe(204);
        await ask(`/jobs/${job.id}`).then(async (answer) => answer.text());
        expect(jobs.present).toBeUndefined();

        const failed = jobs.start('fails', async () => Promise.reject(new Error('It broke.\nat some place')));
        expect(await (await ask(`/jobs/${failed.id}`)).text()).toContain('event: failed\ndata: "It broke."');
    });
});

describe('the lab', () => {
    const post = async (path: string, fields: Record<string, string>, accept = 'application/json'): Promise<Response> =>
        ask(path, {
            method: 'POST',
            body: new URLSearchParams(fields).toString(),
            headers: { 'content-type': 'application/x-www-form-urlencoded', accept },
        });

    it.each([
        ['a subject that is none', { subject: '../x', fault: 'none' }, "There is no '../x' to run."],
        ['a fault that is none', { subject: '0', fault: 'flood' }, 'fault: '],
        ['a trigger that is none', { subject: '0', fault: 'crash', at: 'soon' }, "'soon'"],
        ['a number out of its range', { subject: '0', fault: 'none', products: '1000000' }, 'products: '],
        ['a number that is none', { subject: '0', fault: 'none', latency: 'x' }, 'latency: '],
    ])('takes no %s', async (_, fields, problem) => {
        const answer = await post('/lab/runs/', fields);

        expect(answer.status).toBe(400);
        expect(((await answer.json()) as { problem: string }).problem).toContain(problem);
        expect(jobs.present).toBeUndefined();
    });

    it('answers a form that is sent before its script is there with a page', async () => {
        const refused = await post('/lab/runs/', { subject: 'x', fault: 'none' }, 'text/html');
        expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('to run.</p>')]);

        const begun = await post('/lab/runs/', { subject: '0', fault: 'none', products: '1' }, 'text/html');
        expect(begun.status).toBe(303);
        expect(begun.headers.get('location')).toBe(`/lab/#run=${jobs.present!.id}`);
    });

    it('knows its own runs only', async () => {
        expect((await post('/lab/recorded/..%2Fx/', {})).status).toBe(404);
        expect((await post('/lab/runs/none/strike', { fault: 'crash' })).status).toBe(404);
        expect((await post('/lab/runs/none/fork', { index: '1' })).status).toBe(404);
        expect((await ask('/lab/runs/none/trace.jsonl.gz')).status).toBe(404);
    });
});

describe('the server', () => {
    it('listens on this machine alone; a second one takes another port', async () => {
        const [one, two] = [
            await serveCourse({ port: 0, warn: () => {} }),
            await serveCourse({ port: 0, warn: () => {} }),
        ];
        try {
            expect(one.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{32}$/);
            expect(two.port).not.toBe(one.port);
            await expect(serveCourse({ port: one.port, warn: () => {} })).rejects.toThrow(/^Port \d+ can't be used/);
            const other = new URL(two.url);
            // The token of one is nothing to the other.
            expect(await statusOf(`http://127.0.0.1:${one.port}/${other.search}`)).toBe(403);
            expect(await statusOf(one.url)).toBe(303);
        } finally {
            await one.close();
            await two.close();
        }
    });
});

async function statusOf(url: string): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
        request(url, (answer) => {
            answer.resume();
            resolve(answer.statusCode);
        })
            .on('error', reject)
            .end();
    });
}
