import { defineConfig } from '@apify/oxlint-config';

export default defineConfig({
    ignorePatterns: ['dist', 'coverage', 'workspace', 'storage'],
    rules: {
        // The preset leaves file names open. Here one style keeps imports right on every file system.
        'unicorn/filename-case': ['error', { case: 'kebabCase' }],
        'import/no-cycle': 'error',
        // A file's top shows what it is for; constants and classes that only its functions use may stand below them.
        'no-use-before-define': ['error', { functions: false, classes: false, variables: false }],
        // Faults, triggers and verdicts are discriminated unions: a new member must be met everywhere.
        'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
        // A function that is not called is a text, too: that of its source.
        'typescript/restrict-template-expressions': 'error',
    },
    overrides: [
        {
            // The terminal is what these talk to. Elsewhere output goes through the SDK's log or is passed in.
            files: [
                'src/cli/**',
                'src/mover/cli/**',
                'examples/**',
                'src/checks/report.ts',
                'src/checks/check-content.ts',
                'src/**/fixtures/**',
                '.ci/**',
            ],
            rules: { 'no-console': 'off' },
        },
        {
            // Wrong on purpose: what is not awaited here is what a learner is to find.
            files: ['exercises/03-await-what-matters/main.js', 'src/exercise/fixtures/small/**'],
            rules: { 'typescript/no-floating-promises': 'off' },
        },
        {
            // Hono types templates and answers as themselves 'or a promise' of them, and they are passed on as they are.
            files: ['src/shop/**', 'src/site/server/**'],
            rules: { 'typescript/promise-function-async': 'off' },
        },
        {
            // Defines what a claim's test is; the assertions are its callers'.
            files: ['src/checks/claim.ts'],
            rules: { 'vitest/expect-expect': 'off' },
        },
        {
            files: ['lessons/**/*.test.ts'],
            rules: { 'vitest/no-standalone-expect': ['warn', { additionalTestBlockFunctions: ['claim'] }] },
        },
    ],
});
