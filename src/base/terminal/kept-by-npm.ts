/** Options of ours with which one of npm's own begins: npm 11 takes them for that one. */
const LONGER: Readonly<Record<string, string>> = { to: 'token-description', token: 'token-description' };

/**
 * Options that were typed without `--` before them, which npm takes for its own: the command gets the words behind them
 * and not the options. npm tells of them in the environment of what it runs.
 *
 * @param names Options that the command knows, without `--`.
 * @returns Those that npm has kept, without `--`.
 * @see https://docs.npmjs.com/cli/v11/using-npm/config#environment-variables
 */
export function keptByNpm(names: readonly string[], env: NodeJS.ProcessEnv = process.env): string[] {
    if (env.npm_lifecycle_event === undefined) return [];
    return names.filter((name) => {
        // npm reads --no-reboot as reboot=false, and hands that on as an empty text.
        const isNegated = name.startsWith('no-') && env[variableOf(name.slice('no-'.length))] === '';
        return isNegated || Boolean(env[variableOf(name)] ?? env[variableOf(LONGER[name] ?? name)]);
    });
}

function variableOf(name: string): string {
    return `npm_config_${name.replaceAll('-', '_')}`;
}
