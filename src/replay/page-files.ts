import { compiled } from '../base/paths.js';

/** What the build makes of the page. */
export const PAGE_SCRIPT = compiled('bundle/replay.js');
export const PAGE_STYLE = compiled('bundle/replay.css');
