import { defineConfig } from '@apify/oxlint-config';

export default defineConfig({
    ignorePatterns: ['dist', 'coverage', 'workspace', 'storage'],
});
