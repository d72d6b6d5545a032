import { expect, it } from 'vitest';

import { shuffledPlaces, seededRandom } from '../base/random.js';
import { RunScript } from './fixtures/run-script.js';
import { snapshot } from './fixtures/snapshot.js';
import type { Moment } from './moment.js';
import { Moments } from './moments.js';
import { stateAt } from './trace.js';

it('gives the state at any index, in whatever order one asks', () => {
    const script = new RunScript().boot();
    for (let n = 0; n < 700; n++) {
        script.wait(1).lock('offers', `A${n}`).ask('offers', `A${n}`).push(`A${n}`, 2).record('STATE', { n });
        if (n % 3 > 0) script.handle('offers', `A${n}`);
        if (n % 100 === 99) script.kill().boot();
    }
    const { trace } = script;
    const moments = new Moments(trace);
    const all = ({ state, at, pages }: Moment): unknown => [
        snapshot(state, (value) => trace.bytesOf(value), at),
        [...pages],
    ];
    const asked = shuffledPlaces(trace.entries.length, seededRandom(1)).slice(0, 25);

    for (const index of [...asked, trace.end, 0, 999, 1_000, 1_001, trace.end]) {
        expect([index, all(moments.at(index))]).toEqual([index, all(stateAt(trace, index))]);
    }
});
