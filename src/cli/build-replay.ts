/** The part of `npm run build` that puts the page of the replay into one script, for reports that need nothing else. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

import writeFileAtomic from 'write-file-atomic';

import { projectRoot } from '../base/paths.js';
import { bundlePage } from '../replay/bundle-page.js';
import { PAGE_SCRIPT, PAGE_STYLE } from '../replay/page-files.js';

const { script, style } = await bundlePage(projectRoot);
for (const [file, text] of [
    [PAGE_SCRIPT, script],
    [PAGE_STYLE, style],
] as const) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileAtomic.sync(file, text);
}
