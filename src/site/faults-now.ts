/** What strikes a run at the press of a button. A restart on error has to be agreed upon before. */
export const FAULTS_NOW = ['migrate', 'abort', 'crash'] as const;
