import { describe, expect, it } from 'vitest';

import { exportTrace, type ExportOptions } from './export-trace.js';
import { lateRun, RunScript } from './fixtures/run-script.js';
import { snapshot } from './fixtures/snapshot.js';
import { importTrace } from './import-trace.js';
import { stateAt, Trace } from './trace.js';

const hash: ExportOptions['hash'] = (bytes) => `hash of ${bytes.length} bytes`;

function exported({ trace }: RunScript, options: Partial<ExportOptions> = {}): string {
    return exportTrace(trace, { hash, ...options });
}

describe('an exported trace', () => {
    it('has the same entries and, but for what was left out, the same state', () => {
        const { trace } = lateRun();
        const again = importTrace(exportTrace(trace, { hash, withInput: true }));
        const state = (one: Trace): unknown => snapshot(stateAt(one, one.end).state, (value) => one.bytesOf(value), 0);

        expect(again.entries.map(({ type, at }) => [type, at])).toEqual(
            trace.entries.map(({ type, at }) => [type, at]),
        );
        expect(state(again)).toEqual(state(trace));
        expect([again.runId, again.begin, again.end]).toEqual([trace.runId, trace.begin, trace.end]);
    });

    it('keeps the input only when asked, and never its secret fields, wherever their values stand', () => {
        const script = new RunScript().record('INPUT', {
            query: 'a phone',
            key: 'hunter22',
            nested: { deep: ['swordfish'] },
        });
        script.boot().line('logging in with hunter22 and swordfish').push('hunter22', 1);
        const secretFields = ['key', 'nested'];

        expect(exported(script, { secretFields })).not.toMatch(/a phone|hunter22|swordfish/);
        const withInput = exported(script, { secretFields, withInput: true });
        expect(withInput).toContain('a phone');
        expect(withInput).not.toMatch(/hunter22|swordfish/);
    });

    it('keeps of what only Crawlee keeps no more than a hash', () => {
        const text = exported(new RunScript().record('SDK_SESSION_POOL_STATE', { cookie: 'crumbs' }));

        expect(text).not.toContain('crumbs');
        expect(text).toContain('hash of 19 bytes');
    });

    it('says nothing of folders of the machine', () => {
        expect(exported(lateRun())).not.toMatch(/data\/actor|usr\/bin/);
        expect(exported(lateRun())).toContain('main.js');
    });

    it.each([
        ['a token in an address', 'https://api.example/v2?token=abc123&x=1', /abc123/, /token=…&x=1/],
        ["Apify's own token", 'uses apify_api_AbCdEf0123', /AbCdEf/, /uses …/],
        ['a header of a program', 'Authorization: Bearer abcdefgh.ijk', /abcdefgh/, /Bearer …/],
        ["a proxy's password", 'via http://me:pass@proxy.example:80', /pass/, /\/\/…@proxy/],
    ])('leaves out %s', (_, text, secret, left) => {
        const log = exported(new RunScript().boot().line(text));
        const row = exported(new RunScript().boot().record('OUTPUT', { deep: [{ text }] }));

        for (const one of [log, row]) {
            expect(one).not.toMatch(secret);
            expect(one).toMatch(left);
        }
    });

    it.each(['authorization', 'Cookie', 'set-cookie', 'password', 'clientSecret', 'accessToken'])(
        'leaves out %s of a request',
        (name) => {
            const request = {
                id: 'a',
                uniqueKey: 'a',
                url: 'http://x/',
                headers: { [name]: 'qwertz' },
                userData: { [name]: ['qwertz'] },
            };
            const script = new RunScript().add({
                type: 'requests.added',
                at: 0,
                id: 'queue',
                requests: [request],
                forefront: false,
            });

            expect(exported(script)).not.toContain('qwertz');
        },
    );

    it('keeps large values by their size, and what is there no more', () => {
        const large = new RunScript().record('LARGE', 'x'.repeat(300_000));
        expect(exported(large).length).toBeLessThan(5_000);
        const gone = new RunScript().add({
            type: 'record.put',
            at: 0,
            id: 'records',
            key: 'GONE',
            contentType: 'text/plain',
            value: { blob: 'abc', size: 70_000 },
        });
        const trace = new Trace(gone.entries, () => {
            throw new Error('The file is gone.');
        });
        const text = exportTrace(trace, { hash });
        expect(importTrace(text).entries.at(-1)).toMatchObject({ key: 'GONE', value: { size: 70_000 } });
    });

    it('that is damaged is refused', () => {
        expect(() => importTrace('{"type":"unheard of","at":1}')).toThrow("'unheard of' is no type of entry");
    });
});
