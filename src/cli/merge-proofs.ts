import { readFileSync } from 'node:fs';

import chalk from 'chalk';
import * as v from 'valibot';

import { UsageError } from '../base/usage-error.js';
import { reportFile } from '../base/writable-file.js';
import type { Fault } from '../faults/fault-plan.js';
import { MARKS, summarize } from '../trial/mark.js';
import type { Proof, ProofTrial } from '../trial/prove.js';
import { type StepProof, stripsSvg } from '../trial/report.js';
import { proofReport } from './proof-report.js';
import { STEPS } from '../trial/steps.js';
import { legend, summaryLine } from './proof-view.js';
import { subjectTitle, WORKSPACE } from '../exercise/subject.js';

const TRIAL = v.looseObject({
    point: v.looseObject({ index: v.number(), label: v.string() }),
    outcome: v.picklist(MARKS),
    verdict: v.looseObject({}),
});

/** What `npm run prove -- --json` prints. */
const PART = v.array(
    v.looseObject({
        step: v.union([v.number(), v.literal('workspace')]),
        fault: v.string(),
        products: v.number(),
        seed: v.number(),
        timing: v.object({ readLagMillis: v.optional(v.number()), apiLatencyMillis: v.optional(v.number()) }),
        calls: v.number(),
        points: v.number(),
        wallMillis: v.number(),
        trials: v.array(TRIAL),
    }),
);
type Part = v.InferOutput<typeof PART>[number];

/**
 * Puts the parts of proofs together, and shows and writes what the whole would have; returns the exit code.
 *
 * @throws UsageError when a file is none of a proof, or parts are of different proofs.
 */
export function mergeProofs(files: readonly string[], { html, svg }: { html?: string; svg?: string }): number {
    if (files.length === 0) throw new UsageError('Name the files that npm run prove -- --json has printed.');
    const writeHtml = html === undefined ? undefined : reportFile(html);
    const writeSvg = svg === undefined ? undefined : reportFile(svg);
    const bySubject = new Map<string, Part[]>();
    for (const part of files.flatMap(readPart)) {
        const { step, fault, products, seed, timing } = part;
        const key = JSON.stringify([step, fault, products, seed, timing]);
        bySubject.set(key, [...(bySubject.get(key) ?? []), part]);
    }
    const proofs = [...bySubject.values()].map(merged);
    process.stdout.write(`${legend()}\n`);
    for (const { step, fault, proof } of proofs) {
        process.stdout.write(`\n${chalk.bold(`${subjectTitle(step)}, ${fault}`)}\n  ${summaryLine(proof)}\n`);
    }
    writeHtml?.(proofReport(proofs));
    writeSvg?.(stripsSvg(proofs));
    const holds = ({ step, proof }: StepProof): boolean =>
        step.isExactlyOnce !== true || proof.summary.outcomes.exact === proof.summary.points;
    return proofs.every(holds) ? 0 : 1;
}

function readPart(file: string): Part[] {
    try {
        return v.parse(PART, JSON.parse(readFileSync(file, 'utf8')));
    } catch (error) {
        throw new UsageError(
            `${file} is nothing that npm run prove -- --json has printed: ${(error as Error).message}`,
        );
    }
}

function merged(parts: readonly Part[]): StepProof {
    const { step: number, fault, products, seed, timing, calls, points } = parts[0]!;
    // Which order its calls come in differs from run to run where several are under way: then so do its states.
    const most = Math.max(...parts.map((part) => part.points));
    const trials = parts
        .flatMap((part) => part.trials as unknown as ProofTrial[])
        .sort((a, b) => a.point.index - b.point.index);
    const wallMillis = Math.max(...parts.map((part) => part.wallMillis));
    const proof: Proof = {
        trials,
        summary: summarize(trials),
        calls,
        points: Math.max(points, most),
        impossible: 0,
        wallMillis,
    };
    const step = STEPS.find((one) => one.number === number) ?? WORKSPACE;
    return { step, fault: fault as Fault, products, seed, timing, dir: '', proof };
}
