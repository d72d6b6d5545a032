import { expect, it } from 'vitest';

import { type MovedActor, withGiven } from './define-actor.js';

const ACTOR: MovedActor = { name: 'actor', command: ['node'], cwd: '.', env: { A: 'file', B: 'file' } };
const PRICED: MovedActor = { ...ACTOR, prices: { page: 1, row: 1 } };

it('what a person gives comes before what the files of an Actor say', () => {
    expect(withGiven(PRICED, { env: { A: 'given', C: 'given' }, prices: { page: 2, mail: 2 } })).toEqual({
        ...ACTOR,
        env: { A: 'given', B: 'file', C: 'given' },
        prices: { page: 2, row: 1, mail: 2 },
    });
});

it.each<[string, MovedActor]>([
    ['its files say', PRICED],
    ['there are none', ACTOR],
])('an Actor that is given no prices has those that %s', (_what, actor) => {
    expect(withGiven(actor, { env: {} })).toEqual(actor);
});
