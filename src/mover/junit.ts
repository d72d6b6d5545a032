import { escapeAttribute, escapeMarkup } from '../base/markup.js';
import { plainText } from '../base/plain-text.js';

/** One test case of a JUnit report. */
export interface JunitCase {
    name: string;
    seconds: number;
    /** What did not hold; passed without. */
    failure?: string;
    /** Why it was not tried. */
    skipped?: string;
}

/** A JUnit report of one suite, as CI services read it; what a terminal would obey is shown, since they print it. */
export function junitXml(suite: string, cases: readonly JunitCase[]): string {
    const failures = cases.filter(({ failure }) => failure !== undefined).length;
    const skipped = cases.filter((one) => one.failure === undefined && one.skipped !== undefined).length;
    const seconds = cases.reduce((sum, one) => sum + one.seconds, 0);
    const counts = `tests="${cases.length}" failures="${failures}" errors="0" skipped="${skipped}" time="${fixed(seconds)}"`;
    return [
        '<?xml version="1.0" encoding="UTF-8"?>',
        `<testsuites ${counts}>`,
        `  <testsuite name="${escapeAttribute(plainText(suite))}" ${counts}>`,
        ...cases.map((one) => caseXml(suite, one)),
        '  </testsuite>',
        '</testsuites>',
        '',
    ].join('\n');
}

function caseXml(suite: string, { name, seconds, failure, skipped }: JunitCase): string {
    const head = `    <testcase classname="${escapeAttribute(plainText(suite))}" name="${escapeAttribute(plainText(name))}" time="${fixed(seconds)}"`;
    if (failure !== undefined) {
        const text = plainText(failure);
        const [first = ''] = text.split('\n');
        return `${head}>\n      <failure message="${escapeAttribute(first)}">${escapeMarkup(text)}</failure>\n    </testcase>`;
    }
    return skipped === undefined
        ? `${head}/>`
        : `${head}><skipped message="${escapeAttribute(plainText(skipped))}"/></testcase>`;
}

function fixed(seconds: number): string {
    return seconds.toFixed(3);
}
