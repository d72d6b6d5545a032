import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { projectRoot } from '../base/paths.js';
import { DEFAULT_SETTINGS } from './settings.js';

const differences = readFileSync(join(projectRoot, 'DIFFERENCES.md'), 'utf8');

it.each(Object.keys(DEFAULT_SETTINGS))('DIFFERENCES.md explains the setting %s', (setting) => {
    expect(differences).toContain(`\`${setting}\``);
});

it('DIFFERENCES.md marks every row as documented or unknown', () => {
    const rows = differences.split('\n').filter((line) => /^\| (?!What \||--- \|)/.test(line));

    expect(rows.length).toBeGreaterThan(30);
    expect(rows.filter((row) => !/\*\*(?:documented|unknown)\*\*/.test(row))).toEqual([]);
});
