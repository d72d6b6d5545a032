import type { Finding } from '../finding.js';

/** What trying a small exercise has shown. */
export interface SmallReport {
    /** When and how the Actor was struck, for a person. */
    moment: string;
    expected: string;
    came: string;
    /** Only where it is not passed: a key of the exercise's own advice, or of that for all. */
    finding?: Finding;
}
