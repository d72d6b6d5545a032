import { describe, expect, it } from 'vitest';

import { parsePs } from './process-table.js';
import { treeOf } from './process-tree.js';

const ROOT = { pid: 100, mark: 'token-of-the-run' };

/** As `ps` prints it on macOS, where environments of Apple's own programs are not shown. */
const PS = `    1     0     1 Ss   /sbin/launchd
  100     1   100 Ss   node main.js PATH=/bin APIFY_TOKEN=token-of-the-run
  101   100   100 S    a child in its group
  102   100   102 Ss   a child in a group of its own
  103   102   102 S    and what that has started
  104     1   104 Ss   sleep 9 PATH=/bin APIFY_TOKEN=token-of-the-run
  105   104   105 S    what an orphan has started
  106   100   106 Z    (a dead one)
  200     1   200 Ss   node main.js PATH=/bin APIFY_TOKEN=token-of-another-run
  201   200   200 S
`;

describe('what a process has started', () => {
    it('is told by descent, by group and by what its environment carries', () => {
        expect(treeOf(ROOT, parsePs(PS)).toSorted()).toEqual([100, 101, 102, 103, 104, 105]);
    });

    it('is told by group and environment alone when the process itself is gone', () => {
        const later = PS.replace(/^ +100 .*\n/m, '').replaceAll(/^( +\d+) +100 /gm, '$1 1 ');
        expect(treeOf(ROOT, parsePs(later)).toSorted()).toEqual([101, 104, 105]);
    });

    it('never holds the one who asks', () => {
        const own = { pid: process.pid, parent: 100, group: 100, environment: ROOT.mark };
        expect(treeOf(ROOT, [own])).toEqual([]);
    });
});
