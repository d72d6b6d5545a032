import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { compiled, projectRoot } from '../../base/paths.js';
import { RECORDED_RUNS } from '../figures.js';
import { PLACES } from '../places.js';
import { proofRunsFile, PROOFS_DIR, RECORDED_PROOFS } from '../recorded-proofs.js';
import { recordingFile, RECORDINGS_DIR } from '../recordings.js';
import { linkedFiles } from '../text/repository-files.js';

/** Where the build puts what pages load. */
export const ASSETS_DIR = compiled('bundle/site');
/** What the build has made, by its file's name. */
const LIST = join(ASSETS_DIR, 'files.json');

const TYPES: Readonly<Record<string, string>> = {
    js: 'text/javascript; charset=utf-8',
    css: 'text/css; charset=utf-8',
    svg: 'image/svg+xml',
    gz: 'application/gzip',
};

/** A file that is sent as it is. */
export interface Asset {
    path: string;
    type: string;
}

/** Every file that pages load, by its place: only these are sent. */
export function assets(): ReadonlyMap<string, Asset> {
    const built = JSON.parse(readFileSync(LIST, 'utf8')) as string[];
    return new Map([
        ...built.map((name) => [`${PLACES.assets}${name}`, asset(join(ASSETS_DIR, name))] as const),
        ...[...RECORDED_RUNS.keys()].map((name) => {
            const file = recordingFile(name);
            return [`${PLACES.recordings}${file}`, asset(join(RECORDINGS_DIR, file))] as const;
        }),
        ...[...RECORDED_PROOFS.keys()].map((name) => {
            const file = proofRunsFile(name);
            return [`${PLACES.recordings}${file}`, asset(join(PROOFS_DIR, file))] as const;
        }),
        ...[...linkedFiles()]
            .filter((path) => path.endsWith('.svg'))
            .map((path) => [`${PLACES.files}${path}`, asset(join(projectRoot, path))] as const),
    ]);
}

function asset(path: string): Asset {
    return { path, type: TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream' };
}
