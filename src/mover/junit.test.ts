import { expect, it } from 'vitest';

import { junitXml } from './junit.js';

it('writes passed, failed and skipped cases with their counts, and nothing that XML forbids', () => {
    const xml = junitXml('my <Actor>', [
        { name: 'crash at "call 1"', seconds: 1.5 },
        { name: 'second', seconds: 0.5, failure: 'a & b\nmore \u0000\u0007' },
        { name: 'third', seconds: 0, skipped: 'too late' },
    ]);

    expect(xml).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="3" failures="1" errors="0" skipped="1" time="2.000">
  <testsuite name="my &lt;Actor&gt;" tests="3" failures="1" errors="0" skipped="1" time="2.000">
    <testcase classname="my &lt;Actor&gt;" name="crash at &quot;call 1&quot;" time="1.500"/>
    <testcase classname="my &lt;Actor&gt;" name="second" time="0.500">
      <failure message="a &amp; b">a &amp; b
more ��</failure>
    </testcase>
    <testcase classname="my &lt;Actor&gt;" name="third" time="0.000"><skipped message="too late"/></testcase>
  </testsuite>
</testsuites>
`);
});

it('shows what a terminal would obey', () => {
    const hostile = 'a\u001B[31mred\u009B31m \u202Egnp.exe';

    const xml = junitXml(hostile, [
        { name: hostile, seconds: 0, failure: `${hostile}\n${hostile}` },
        { name: 'third', seconds: 0, skipped: hostile },
    ]);

    expect(xml.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
    expect(xml.split('ared \uFFFDgnp.exe')).toHaveLength(9);
});
