import type { Trace } from '../../trace/trace.js';

/** A run in a report. */
export interface ReportedTrace {
    label: string;
    trace: Trace;
}

/** What came of a command's runs, for a page that shows them. */
export interface RunReport {
    title: string;
    verdict: {
        isWell: boolean;
        sentence: string;
        lines: readonly { name: string; isWell?: boolean; status: string; details: string }[];
    };
    runs: readonly ReportedTrace[];
    undisturbed?: ReportedTrace;
    /** Fields of rows that are not compared. */
    ignore: readonly string[];
    /** Fields of the input that its schema calls secret. */
    secretFields: readonly string[];
    /** States of a proof, and the run that went on from each. */
    cells: readonly {
        label: string;
        outcome: string;
        sign: string;
        isWell: boolean;
        trace?: Trace;
        /** Index at which it was struck. */
        strikeIndex?: number;
    }[];
    withInput: boolean;
}

/** Makes a page of what came of runs. */
export type Reporter = (report: RunReport) => string;

let reporter: Reporter | undefined;

/** Says how reports are made. The mover knows no pictures: whoever starts its command brings them. */
export function useReporter(made: Reporter): void {
    reporter = made;
}

/**
 * @throws Error when whoever started the command has brought no reporter.
 */
export function makeReport(report: RunReport): string {
    if (!reporter) throw new Error('Nobody has said how reports are made.');
    return reporter(report);
}
