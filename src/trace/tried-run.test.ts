import { expect, it } from 'vitest';

import { RunScript } from './fixtures/run-script.js';
import type { Subject, TraceEntry } from './recorded.js';
import { TriedRun } from './tried-run.js';

const subjectOf = (on?: Subject['on']): TraceEntry => {
    return { type: 'subject', at: 0, subject: { plan: '', apiFaults: [], ...(on && { on }) } };
};
const actor = (name: string): TraceEntry => {
    return { type: 'actor', at: 0, actor: { id: `id of ${name}`, name, command: [], cwd: '', env: [] } };
};
const forked: TraceEntry = { type: 'forked', at: 0, runId: 'own', index: 1 };
/** A run of an Actor is made. */
function run(id: string, name: string): TraceEntry {
    const created = new RunScript().entries.find(({ type }) => type === 'run.created');
    if (created?.type !== 'run.created') throw new Error('The script makes no run.');
    return { ...created, run: { ...created.run, id, actorId: `id of ${name}` } };
}

const ACTORS = ['tried', 'child', 'me/other'].map(actor);
const RUNS = [run('own', 'tried'), run('a', 'child'), run('b', 'me/other'), run('c', 'child'), run('d', 'tried')];

it.each<[string, TraceEntry[], id: string | undefined, struckId: string | undefined]>([
    ['none before the first is made', [subjectOf()], undefined, undefined],
    ['the first, whatever it starts', [subjectOf(), ...RUNS], 'own', 'own'],
    ['the first that comes after the subject', [run('former', 'tried'), subjectOf(), ...RUNS], 'own', 'own'],
    ['the first where nobody named a subject', RUNS, 'own', 'own'],
    ['of an Actor that it starts', [subjectOf({ actor: 'child', n: 1 }), ...RUNS], 'own', 'a'],
    ['the second of such an Actor', [subjectOf({ actor: 'child', n: 2 }), ...RUNS], 'own', 'c'],
    ['of an Actor of somebody else', [subjectOf({ actor: 'me/other', n: 1 }), ...RUNS], 'own', 'b'],
    ['one that it starts of its own Actor', [subjectOf({ actor: 'tried', n: 1 }), ...RUNS], 'own', 'd'],
    ['none when that never begins', [subjectOf({ actor: 'child', n: 3 }), ...RUNS], 'own', undefined],
    ['its own where it goes on as a fork', [subjectOf({ actor: 'child', n: 1 }), ...RUNS, forked], 'own', 'own'],
])('the run that is struck is %s', (_what, entries, id, struckId) => {
    const tried = new TriedRun();
    for (const entry of [...ACTORS, ...entries]) tried.add(entry);

    expect([tried.id, tried.struckId]).toEqual([id, struckId]);
});
