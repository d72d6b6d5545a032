import { defineConfig } from '@apify/oxlint-config';

/**
 * Forbids imports of the named folders of `src/`, so that imports point one way:
 * cli -> trial, quiz, course -> platform, shop.
 */
const mayNotImport = (folders, message) => [
    'error',
    { patterns: [{ regex: `^\\.\\.?/(.*/)?(${folders.join('|')})/`, message }] },
];

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
    },
    overrides: [
        {
            // The terminal is what these talk to. Elsewhere output goes through the SDK's log or is passed in.
            files: [
                'src/cli/**',
                'src/mover/cli/**',
                'examples/**',
                'src/checks/check-content.ts',
                'src/**/fixtures/**',
                '.ci/**',
            ],
            rules: { 'no-console': 'off' },
        },
        {
            files: ['src/platform/**'],
            rules: {
                'no-restricted-imports': mayNotImport(
                    ['cli', 'trial', 'proof', 'move', 'quiz', 'course', 'demo-actor', 'shop', 'solutions'],
                    'The platform runs any Actor: it knows nothing of the course, the shop or the demo Actor.',
                ),
            },
        },
        {
            files: ['src/shop/**'],
            rules: {
                // Hono types its templates as 'text or a promise of text', and they are passed on as they are.
                'typescript/promise-function-async': 'off',
                'no-restricted-imports': [
                    'error',
                    {
                        paths: ['apify', 'apify-client', 'crawlee'].map((name) => ({
                            name,
                            message: 'The shop is a web site: it knows nothing of Apify.',
                        })),
                        patterns: [
                            {
                                regex: '^\\.\\.?/(.*/)?(cli|trial|quiz|course|demo-actor|platform|solutions)/',
                                message: 'The shop is a web site: it knows nothing of what scrapes it.',
                            },
                        ],
                    },
                ],
            },
        },
        {
            files: ['src/demo-actor/**', 'solutions/**'],
            rules: {
                'no-restricted-imports': mayNotImport(
                    ['cli', 'trial', 'quiz', 'course', 'platform'],
                    'An Actor runs on the real platform too: it knows nothing of the machinery around it.',
                ),
            },
        },
        {
            files: [
                'src/trial/**',
                'src/quiz/**',
                'src/course/**',
                'src/mover/**',
                'src/faults/**',
                'src/trace/**',
                'src/base/**',
            ],
            rules: { 'no-restricted-imports': mayNotImport(['cli'], 'Imports point from cli to here, not back.') },
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
        {
            // A test may reach across: it is what brings an Actor, a shop and a platform together.
            files: ['**/*.test.ts'],
            rules: { 'no-restricted-imports': 'off' },
        },
    ],
});
