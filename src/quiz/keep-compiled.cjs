/*
 * Loaded before a run of the quiz that the build makes, without a person: as its process ends, what V8 has compiled up
 * to the first question is kept beside the bundle, and for no more than that run.
 */
const { writeFileSync } = require('node:fs');

process.stdin.isTTY = true;
process.stdout.isTTY = true;
process.on('exit', () => {
    const { script } = require.cache[process.argv[1]].exports;
    writeFileSync(process.env.QUIZ_COMPILED, script.createCachedData());
});
