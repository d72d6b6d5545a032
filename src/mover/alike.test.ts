import { describe, expect, it } from 'vitest';

import { requestId } from '../platform/ids.js';
import type { TraceEntry } from '../trace/recorded.js';
import type { RunRecord } from '../trace/runs.js';
import { Trace } from '../trace/trace.js';
import type { WebhookRecord } from '../trace/webhooks.js';
import { Alike } from './alike.js';

const AT = Date.parse('2026-01-02T03:04:05.678Z');
const TOKEN = `local_${'x'.repeat(32)}`;

const run = (id: string, actorId: string): RunRecord =>
    ({
        id,
        actorId,
        buildId: `build${id}`.slice(0, 17),
        startedAt: AT + 1,
        timeoutFrom: AT,
        timeoutSecs: 60,
        ...ids(id),
    }) as RunRecord;
const ids = (id: string): Pick<RunRecord, 'datasetId' | 'keyValueStoreId' | 'requestQueueId'> => ({
    datasetId: `D${id.slice(1)}`,
    keyValueStoreId: `K${id.slice(1)}`,
    requestQueueId: `Q${id.slice(1)}`,
});

/** A run that starts others with an input each, and makes a dataset without a name. */
function alikeOf(port: number, id: string, inputs: Readonly<Record<string, unknown>>): Alike {
    const created = (record: RunRecord): TraceEntry[] => [
        { at: AT, type: 'storage.created', kind: 'datasets', id: record.datasetId, runId: record.id },
        { at: AT, type: 'storage.created', kind: 'key-value-stores', id: record.keyValueStoreId, runId: record.id },
        { at: AT, type: 'storage.created', kind: 'request-queues', id: record.requestQueueId, runId: record.id },
    ];
    const main = run(id, 'mainActor00000000');
    const entries: TraceEntry[] = [
        { at: AT - 10, type: 'opened', platformUrl: `http://127.0.0.1:${port}`, settings: {} },
        { at: AT, type: 'actor', actor: { id: 'childActor0000000', name: 'child', command: [], cwd: '', env: [] } },
        { at: AT, type: 'subject', subject: { plan: '', apiFaults: [] } },
        ...created(main),
        { at: AT, type: 'run.created', run: main },
        { at: AT, type: 'storage.created', kind: 'datasets', id: 'unnamedDataset000' },
        { at: AT, type: 'storage.created', kind: 'datasets', id: 'namedDataset00000', name: 'found' },
        { at: AT, type: 'storage.created', kind: 'datasets', id: 'namedByRun0000000', name: `of-${id.toLowerCase()}` },
        ...Object.keys(inputs).map((childId): TraceEntry => {
            const name = `of-${childId.toLowerCase()}`;
            return { at: AT, type: 'storage.created', kind: 'datasets', id: `by${childId}`.slice(0, 17), name };
        }),
        { at: AT, type: 'webhook.created', webhook: { id: 'webhook0000000000', createdAt: AT + 7 } as WebhookRecord },
        ...Object.entries(inputs).flatMap(([childId, input]): TraceEntry[] => {
            const child = run(childId, 'childActor0000000');
            const value = { bytes: new TextEncoder().encode(JSON.stringify(input)) };
            return [
                ...created(child),
                {
                    at: AT,
                    type: 'record.put',
                    id: child.keyValueStoreId,
                    key: 'INPUT',
                    contentType: 'application/json',
                    value,
                },
                { at: AT, type: 'run.created', run: child },
            ];
        }),
        {
            at: AT,
            type: 'requests.added',
            id: main.requestQueueId,
            forefront: false,
            requests: [
                { id: requestId(`http://127.0.0.1:${port}/x`), uniqueKey: `http://127.0.0.1:${port}/x`, url: 'x' },
            ],
        },
    ];
    return new Alike(new Trace(entries, () => new Uint8Array()));
}

const MAIN = 'MainRun1234567890'.slice(0, 17);
const alike = alikeOf(41_234, MAIN, { ChildRunA00000000: { key: 'a' }, ChildRunB00000000: { key: 'b' } });

describe('what the platform made up', () => {
    it.each([
        [MAIN, '<run>'],
        [`reviews-${MAIN.toLowerCase()}`, 'reviews-<run>'],
        [`run${MAIN}and${MAIN}`, 'run<run>and<run>'],
        [`D${MAIN.slice(1)}`, '<dataset>'],
        ['unnamedDataset000', '<dataset without a name>'],
        ['namedDataset00000', '<dataset found>'],
        ['namedByRun0000000', '<dataset of-<run>>'],
        ['byChildRunA000000', expect.stringMatching(/^<dataset of-<run of child [0-9a-f]{6}>>$/)],
        ['childActor0000000', '<Actor child>'],
        ['http://127.0.0.1:41234/v2/datasets', '<platform>/v2/datasets'],
        ['to=http%3A%2F%2Flocalhost%3A41234%2Fv2', 'to=<platform>%2Fv2'],
        ['http://127.0.0.1:50001/ready', '<local address>/ready'],
        ['http://127.0.0.1:3000/ready', 'http://127.0.0.1:3000/ready'],
        [`?token=${TOKEN}`, '?token=<token>'],
        [new Date(AT + 1).toISOString(), '<time>'],
        [new Date(AT + 60_000).toISOString(), '<time>'],
        [new Date(AT + 7).toISOString(), '<time>'],
        [new Date(AT - 10).toISOString(), '<time>'],
        ['2026-01-02T03:04:05.999Z', '2026-01-02T03:04:05.999Z'],
        [requestId('http://127.0.0.1:41234/x'), '<request <platform>/x>'],
        ['nothing of the kind', 'nothing of the kind'],
    ])('%s becomes %s', (text, same) => {
        expect(alike.text(text)).toEqual(same);
    });

    it('is made alike at every depth, in names of fields, too, of which none is lost', () => {
        const value = { runs: [{ [MAIN]: 1 }], at: AT, other: AT + 5_000, D: { [MAIN]: 1, [MAIN.toLowerCase()]: 2 } };

        expect(alike.value(value)).toEqual({
            runs: [{ '<run>': 1 }],
            at: '<time>',
            other: AT + 5_000,
            D: { '<run>': 1, '<run> #2': 2 },
        });
        expect(Object.keys(alike.value(JSON.parse('{ "__proto__": 1 }')) as object)).toEqual(['__proto__']);
    });
});

it('a text of megabytes is made alike in a moment, whatever it is made of', () => {
    for (const part of ['x', 'x:', 'http://', '127.0.0.1:', `${MAIN} `, 'local-']) {
        const text = part.repeat(3_000_000 / part.length);

        expect(alike.text(text)).toHaveLength(
            part.startsWith(MAIN) ? (text.length / part.length) * '<run> '.length : text.length,
        );
    }
});

describe('runs that it started', () => {
    it('go by their input, however many there are and in whatever order', () => {
        const other = alikeOf(50_000, 'Another1234567890', {
            Xxxxxxxxxxxxxxxxx: { key: 'b' },
            Yyyyyyyyyyyyyyyyy: { key: 'b' },
            Zzzzzzzzzzzzzzzzz: { key: 'a' },
        });
        const [a, b] = ['ChildRunA00000000', 'ChildRunB00000000'].map((id) => alike.text(id));

        expect(a).toMatch(/^<run of child [0-9a-f]{6}>$/);
        expect(a).not.toBe(b);
        expect(['Xxxxxxxxxxxxxxxxx', 'Yyyyyyyyyyyyyyyyy', 'Zzzzzzzzzzzzzzzzz'].map((id) => other.text(id))).toEqual([
            b,
            b,
            a,
        ]);
    });

    it('with times in their input are told apart by the rest of it', () => {
        const inputs = (time: number): Record<string, unknown> => ({ ChildRunA00000000: { key: 'a', time } });

        expect(alikeOf(41_234, MAIN, inputs(1_767_000_000_000)).text('ChildRunA00000000')).toBe(
            alikeOf(41_234, MAIN, inputs(1_768_000_000_000)).text('ChildRunA00000000'),
        );
    });
});
