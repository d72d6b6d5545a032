/**
 * Loaded before every command of package.json: after `npm ci --ignore-scripts` nothing is compiled, and of that Node says
 * no more than that a file is missing. It is not compiled itself, and costs no time that could be measured.
 */
const { existsSync } = require('node:fs');

if (!existsSync(process.argv[1])) {
    const how = existsSync('node_modules') ? 'npm run build' : 'npm ci';
    process.stderr.write(`Nothing of the course is compiled yet. Run ${how}, then this again.\n`);
    process.exit(2);
}
