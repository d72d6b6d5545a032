import { expect, it } from 'vitest';

import { briefing } from './briefing.js';
import { startCourse } from './course.js';
import { FIRST } from './fixtures/questions.js';
import type { ProbeOf } from './question.js';

it('shows the order as it was made so far, before each next piece', () => {
    const probe = FIRST.probes.find((one) => one.kind === 'order') as ProbeOf<'order'>;

    const blocks = briefing(FIRST, startCourse(1, 7), { type: 'piece', probe, placed: [2, 0] });

    expect(blocks.flatMap((block) => ('text' in block ? [block.text] : []))).toEqual([
        'So far:',
        `1. ${probe.items[2]!.text}`,
        `2. ${probe.items[0]!.text}`,
    ]);
});
