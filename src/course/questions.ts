/** One question of the knowledge check: a YAML file in `quiz/`. */
export interface QuestionFile {
    number: number;
    /** Below `quiz/`. */
    file: string;
}

/** All questions, in the order in which the quiz asks them. */
export const QUESTIONS: readonly QuestionFile[] = [
    { number: 1, file: '1-restart-on-error.yaml' },
    { number: 2, file: '2-abort-and-resurrect.yaml' },
    { number: 3, file: '3-under-the-hood.yaml' },
    { number: 4, file: '4-intercept-the-migration.yaml' },
    { number: 5, file: '5-default-or-named-store.yaml' },
];
