import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { projectRoot } from '../base/paths.js';
import { compare, type CompareOptions, type CompareResult, UndisturbedError } from './index.js';
import { parseServedRequest } from './serving.js';

const CASES = join(projectRoot, 'src', 'mover', 'fixtures', 'cases');

async function struck(options: CompareOptions, file = 'serves.mjs'): Promise<CompareResult> {
    const actor = { command: [process.execPath, file] as [string, string], cwd: CASES };
    // It does not hear that it is to end.
    return compare({ actor, graceMillis: 100, input: {}, ...options });
}

/** A call of a method of an MCP server. */
function rpc(id: number, method: string, params: object = {}): string {
    return `POST /mcp ${JSON.stringify({ jsonrpc: '2.0', id, method, params })}`;
}

describe('an Actor that serves', { timeout: 120_000 }, () => {
    it('is asked before and after a strike, and told to go; what it answers is compared', async () => {
        const requests = ['GET /a?b=c', 'POST /items {"n":1}', 'GET /d'];
        const { differences, findings, strikes, undisturbed } = await struck({ requests, fault: 'crash' });

        expect(strikes).toEqual([expect.stringMatching(/^crash at request@3, /)]);
        expect(differences).toEqual(['Answer 3 (GET /d), body.asked is 1, undisturbed 3.']);
        expect(findings[0]!.since).toMatch(/^strike 1 /);
        const answer = { status: 200, contentType: 'application/json' };
        expect(undisturbed).toMatchObject({
            ended: 'SUCCEEDED',
            answers: {
                'answer 1 (GET /a?b=c)': {
                    value: { ...answer, body: { method: 'GET', url: '/a?b=c', body: '', isAtHome: true, asked: 1 } },
                },
                'answer 2 (POST /items)': {
                    value: { ...answer, body: { body: '{"n":1}', type: 'application/json', asked: 2 } },
                },
            },
        });
    });

    it('has the same address after a move, and is called by whatever a script does', async () => {
        const addresses = new Set<string>();
        const counts: number[][] = [];
        const script: CompareOptions['script'] = async ({ url, fetch }) => {
            const asked: number[] = [];
            counts.push(asked);
            for (let n = 0; n < 4; n++) {
                const response = await fetch(`${url}/${n}`);
                addresses.add(new URL(response.url || url).origin);
                asked.push(((await response.json()) as { asked: number }).asked);
            }
        };
        const { same } = await struck({ script, fault: 'migrate', ignore: ['asked'] });

        expect(same).toBe(true);
        expect(counts).toEqual([
            [1, 2, 3, 4],
            [1, 2, 3, 4],
            [1, 2, 1, 2],
        ]);
        expect(addresses.size).toBe(3);
    });

    it('can be an MCP server, and is told what its next process no longer knows', async () => {
        const add = { name: 'add', arguments: { n: 2 } };
        const requests = [
            rpc(1, 'initialize', { protocolVersion: '2025-06-18', capabilities: {} }),
            rpc(2, 'tools/list'),
            rpc(3, 'tools/call', add),
            rpc(4, 'tools/call', add),
        ];
        const options: CompareOptions = { requests, fault: 'migrate', at: 'request@4' };
        const { differences, undisturbed } = await struck(options, 'serves-mcp.mjs');

        expect(differences).toEqual(['Answer 4 (POST /mcp), body.result.content[0].text is "2", undisturbed "4".']);
        const answers = Object.values(undisturbed.answers);
        expect(answers).toMatchObject([
            { value: { status: 200, body: { id: 1, result: { serverInfo: { name: 'adds' } } } } },
            { value: { status: 200, body: { id: 2, result: { tools: [{ name: 'add' }] } } } },
            { value: { status: 200, body: { id: 3 } } },
            { value: { status: 200, body: { id: 4 } } },
        ]);
    });

    it('is not tried when it gives no answer undisturbed, ends by itself, or its script fails', async () => {
        const failing = [
            { requests: ['GET /break', 'GET /a'] },
            { requests: ['GET /exit', 'GET /a'] },
            { script: async () => Promise.reject(new Error('as expected')) },
        ];
        const said = await Promise.all(
            failing.map(async (options) => struck(options).catch((error: unknown) => error as Error)),
        );

        for (const error of said) {
            expect(error).toBeInstanceOf(UndisturbedError);
            await rm(dirname((error as UndisturbedError).moved.dir), { recursive: true, force: true });
        }
        expect(said.map((error) => 'message' in error && error.message.split('\n')[0])).toEqual([
            'Undisturbed, there was no answer to GET /break: the connection broke off: make that right first.',
            'Undisturbed, there was no answer to GET /exit: the run had ended as SUCCEEDED: make that right first.',
            'Undisturbed, there was no answer to script: as expected: make that right first.',
        ]);
    });
});

it.each([
    ['GET /', { method: 'GET', path: '/' }],
    ['GET /a?b=c', { method: 'GET', path: '/a?b=c' }],
    ['POST /a {"n": 1}', { method: 'POST', path: '/a', body: '{"n": 1}' }],
])('%s is a request', (text, request) => {
    expect(parseServedRequest(text)).toEqual(request);
});

it.each(['', '/a', 'GET a', 'get /a', 'GET'])('%j is none', (text) => {
    expect(() => parseServedRequest(text)).toThrow(/A request is a method, a path and perhaps a body/);
});
