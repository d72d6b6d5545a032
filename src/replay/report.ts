import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { escapeMarkup } from '../base/markup.js';
import { plainText } from '../base/plain-text.js';
import type { ExportOptions } from '../trace/export-trace.js';
import type { Trace } from '../trace/trace.js';
import { ELEMENTS, type CellData, type ReportData } from './model/report-data.js';
import { packTrace } from './pack-trace.js';
import { PAGE_SCRIPT, PAGE_STYLE } from './page-files.js';
import { stillRun, holdsText, verdictSection, type ReportVerdict } from './static-part.js';

/** A trace as a report holds it: exported, gzip, base64. */
export interface EncodedTrace {
    encoded: string;
}

/** A run in a report. */
export interface ReportedRun {
    label: string;
    trace: Trace | EncodedTrace;
    /** Index at which it opens; default: the first difference from the undisturbed run, else its end. */
    opensAt?: number;
}

/** A state of a proof: its outcome, and the run that went on from it. */
export interface ReportedCell extends Omit<CellData, 'run'> {
    trace?: Trace | EncodedTrace;
    /** Index of its strike, at which it opens. */
    strikeIndex?: number;
}

export interface Report {
    title: string;
    verdict: ReportVerdict;
    runs?: readonly ReportedRun[];
    /** One of the runs: the others are held against it, and shown beside it. */
    undisturbed?: ReportedRun;
    /** Fields of rows that are not compared. */
    ignore?: readonly string[];
    cells?: readonly ReportedCell[];
    withInput?: ExportOptions['withInput'];
    secretFields?: ExportOptions['secretFields'];
}

/**
 * Makes a report: one page that holds its runs, and the replay that shows them. It asks for nothing from elsewhere, and
 * can be read without scripts: what came of it, and the entries that matter.
 */
export function reportHtml(report: Report): string {
    const { runs, cells } = collected(report);
    const data: ReportData = {
        runs: runs.map(({ label, opensAt }, i) => ({
            label: plainText(label),
            element: `run-${i}`,
            ...(opensAt !== undefined && { opensAt }),
        })),
        ...(report.undisturbed && { undisturbed: runs.indexOf(report.undisturbed) }),
        ignore: report.ignore ?? [],
        cells,
    };
    const [script, style] = [readFileSync(PAGE_SCRIPT, 'utf8'), readFileSync(PAGE_STYLE, 'utf8')];
    const policy = [
        "default-src 'none'",
        `script-src '${sourceOf(script)}'`,
        // Inline style attributes have no hash; there are none in the page, and Preact sets properties.
        `style-src '${sourceOf(style)}'`,
        "base-uri 'none'",
        "form-action 'none'",
    ].join('; ');
    const exported = runs.map(({ trace }) => ('encoded' in trace ? trace : encodeTrace(trace, report)).encoded);
    const shown = [...runs.filter((run) => run !== report.undisturbed), ...runs].find(
        ({ trace }) => !('encoded' in trace),
    );
    const withoutScripts = shown
        ? 'Scripts are off here: the picture stands still.'
        : 'The picture of the run needs scripts, which are off here.';
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeMarkup(plainText(report.title))}</title>
<style>${style}</style>
</head>
<body>
<main class="page">
<h1>${escapeMarkup(plainText(report.title))}</h1>
${verdictSection(report.verdict)}
<div id="${ELEMENTS.app}"><noscript><p class="note">${withoutScripts}</p></noscript></div>
${shown && !('encoded' in shown.trace) ? `<section id="${ELEMENTS.still}">${stillRun(shown.label, shown.trace)}</section>` : ''}
${holdsText(report.withInput ?? false)}
</main>
${exported.map((text, i) => `<template id="run-${i}">${text}</template>`).join('\n')}
<script type="application/json" id="${ELEMENTS.data}">${inScript(JSON.stringify(data))}</script>
<script>${script}</script>
</body>
</html>
`;
}

/** Exports a trace for a report that is made later, so that the trace itself need not be kept. */
export function encodeTrace(trace: Trace, options: Pick<Report, 'withInput' | 'secretFields'> = {}): EncodedTrace {
    const { withInput, secretFields } = options;
    const packed = packTrace(trace, { ...(withInput && { withInput }), ...(secretFields && { secretFields }) });
    return { encoded: packed.toString('base64') };
}

/** Each run once, the cells' among them. */
function collected({ runs = [], undisturbed, cells = [] }: Report): { runs: ReportedRun[]; cells: CellData[] } {
    const all = [...runs];
    if (undisturbed && !all.includes(undisturbed)) all.push(undisturbed);
    const data = cells.map(({ trace, strikeIndex, ...cell }): CellData => {
        if (!trace) return cell;
        all.push({ label: cell.label, trace, ...(strikeIndex !== undefined && { opensAt: strikeIndex }) });
        return { ...cell, run: all.length - 1 };
    });
    return { runs: all, cells: data };
}

/** How a policy names an inline script or style. */
function sourceOf(text: string): string {
    return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** Within a script element nothing may end it. */
function inScript(json: string): string {
    return json.replaceAll('<', String.raw`\u003c`);
}
