import { describe, expect, it } from 'vitest';

import { keptByNpm } from './kept-by-npm.js';

const NAMES = ['stage', 'give-up', 'no-reboot', 'json', 'to'];
const RUN = { npm_lifecycle_event: 'check' };

describe('options that npm has kept for itself', () => {
    it.each<[string, NodeJS.ProcessEnv, string[]]>([
        ['one with a value behind it', { ...RUN, npm_config_stage: 'true' }, ['stage']],
        ['one with =', { ...RUN, npm_config_stage: '1,2' }, ['stage']],
        ['one of two words', { ...RUN, npm_config_give_up: 'true' }, ['give-up']],
        ['one that begins with no-', { ...RUN, npm_config_reboot: '' }, ['no-reboot']],
        ['one that npm takes for a longer one of its own', { ...RUN, npm_config_token_description: 'x' }, ['to']],
        ['none', { ...RUN, npm_config_user_agent: 'npm' }, []],
        ['none of ours', { ...RUN, npm_config_loglevel: 'silent' }, []],
        ['none, without npm', { npm_config_stage: 'true' }, []],
    ])('are known: %s', (_, env, kept) => {
        expect(keptByNpm(NAMES, env)).toEqual(kept);
    });
});
