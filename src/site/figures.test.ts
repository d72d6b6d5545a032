import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { projectRoot } from '../base/paths.js';
import { LESSONS } from '../course/lessons.js';
import { expectedOf } from '../trial/expected.js';
import { judgeTrace } from '../trial/judge-trace.js';
import { FIGURES, RECORDED_RUNS } from './figures.js';
import { readRecording, recordingFile, RECORDINGS_DIR } from './recordings.js';

const named = LESSONS.flatMap(({ file }) => {
    const text = readFileSync(join(projectRoot, 'lessons', file), 'utf8');
    return [...text.matchAll(/<!-- figure: (\S+) -->\r?\n```(\w+)/g)].map(([, name, language]) => ({
        name: name!,
        language,
    }));
});

describe('figures', () => {
    it('are each in a lesson, before what they show', () => {
        const drawn = named.filter(({ name }) => name in FIGURES).map(({ name }) => name);
        expect([...new Set(drawn)].sort()).toEqual(Object.keys(FIGURES).sort());
        // What else is named is a tree of decisions, which is drawn from its text.
        expect(named.filter(({ name }) => !(name in FIGURES))).toEqual([{ name: 'which-step', language: 'mermaid' }]);
    });

    it('stand at every Try it, and for every diagram', () => {
        for (const { file } of LESSONS) {
            const text = readFileSync(join(projectRoot, 'lessons', file), 'utf8');
            expect(text.split('## Try it')[1], file).toMatch(/^<!-- figure: /m);
            expect(text.match(/(?<!-->\r?\n)```mermaid/g), file).toBeNull();
        }
    });

    it('have a recording each, and no other is kept', () => {
        const files = [...RECORDED_RUNS.keys()].map(recordingFile);
        expect(readdirSync(RECORDINGS_DIR).sort()).toEqual(files.sort());
    });
});

/** That the steps still end so is tested where they are struck, see EXPECTED; here, that the recordings show just that. */
describe.each([...RECORDED_RUNS])('the recording %s', (name, { step, settings }) => {
    const trace = readRecording(name);

    it('is of the run that the figure names', () => {
        expect(trace.head.subject?.plan ?? '').toMatch(
            settings.fault === 'none' ? /^$/ : new RegExp(`^${settings.fault}:`),
        );
        expect(trace.head.actors[0]?.name).toBe(`step-${step}`);
    });

    it('ends as the step does', () => {
        const { verdict, missed } = judgeTrace(trace);
        const { fault, reboot = true, grace } = settings;
        expect(missed).toEqual([]);
        expect(verdict.ended).toBe('SUCCEEDED');
        // A grace that is shorter than a page takes is the point of that figure.
        const expected = grace === undefined ? expectedOf({ step, fault, reboot }) : ['under-counted', 'exact'];
        expect([verdict.tracker.status, verdict.dataset.status]).toEqual(expected);
    });
});
