import { describe, expect, test } from 'vitest';

import { DEFAULT_SETTINGS } from '../../settings.js';
import { UnwritableError } from '../../unwritable-error.js';
import type { ActorProcess } from '../actor-process.js';
import type { Occurrence } from './occurrence.js';
import { react } from './react.js';
import { type Announcement, processOf, type Reason, type RunPhase } from './run-phase.js';
import type { Reaction, RunEffect, RunWrite } from './transition.js';

const PROCESS = { pid: 7 } as ActorProcess;
const FULL = new UnwritableError('The journal', new Error('no space left'));
const NOW = 1_000;
const BEFORE = 500;

const dying = (reason: Reason, process: ActorProcess | undefined): RunPhase => ({
    name: 'dying',
    bootedAt: BEFORE,
    process,
    reason,
});
const MIGRATING: Announcement[] = [{ name: 'migrating' }];
const ABORTING: Announcement[] = [{ name: 'aborting' }, { name: 'persistState' }];
const leaving = (reason: 'migration' | 'abort' | 'finish', process: ActorProcess | undefined): RunPhase => ({
    name: 'leaving',
    bootedAt: BEFORE,
    process,
    reason,
    unsent: reason === 'migration' ? MIGRATING : ABORTING,
});

const PHASES = {
    ready: { name: 'ready' },
    booting: { name: 'booting', bootedAt: BEFORE, process: undefined },
    up: { name: 'up', bootedAt: BEFORE, process: PROCESS },
    'leaving for migration': leaving('migration', PROCESS),
    'leaving for abort': leaving('abort', PROCESS),
    'leaving for abort, not there': leaving('abort', undefined),
    'leaving to finish': leaving('finish', PROCESS),
    'dying of migration': dying('migration', PROCESS),
    'dying of reboot': dying('reboot', PROCESS),
    'dying of reboot, not there': dying('reboot', undefined),
    'dying of migration-reboot': dying('migration-reboot', PROCESS),
    'dying of metamorph': dying('metamorph', PROCESS),
    'dying of crash': dying('crash', PROCESS),
    'dying of failure': dying('failure', PROCESS),
    'dying of abort': dying('abort', PROCESS),
    'dying of abort, not there': dying('abort', undefined),
    'dying to finish': dying('finish', PROCESS),
    'dying of timeout': dying('timeout', PROCESS),
    'dying of shutdown': dying('shutdown', PROCESS),
    'dying of unwritable': { name: 'dying', bootedAt: BEFORE, process: PROCESS, reason: 'unwritable', error: FULL },
    'dying of unwritable, not there': {
        name: 'dying',
        bootedAt: BEFORE,
        process: undefined,
        reason: 'unwritable',
        error: FULL,
    },
    ended: { name: 'ended' },
} satisfies Record<string, RunPhase>;
type PhaseName = keyof typeof PHASES;

const exited = (exitCode: number, wasKilled = false, mayRestart = false): Occurrence => {
    return { kind: 'exited', at: NOW, exit: { exitCode, signal: null, wasKilled }, mayRestart };
};

/** Says what becomes of each phase: `phase | what is written | what is done`, `wait`, `refuse`, or `-` for nothing. */
type Row = Record<PhaseName, string>;

/** A row in which all phases but the named ones do the same. */
function row(others: string, named: Partial<Row>): Row {
    return { ...(Object.fromEntries(Object.keys(PHASES).map((name) => [name, others])) as Row), ...named };
}

const FINAL: PhaseName[] = [
    'dying of abort',
    'dying of abort, not there',
    'dying to finish',
    'dying of timeout',
    'dying of shutdown',
];
const UNWRITABLE: PhaseName[] = ['dying of unwritable', 'dying of unwritable, not there'];
const GOES_ON: PhaseName[] = [
    'dying of migration',
    'dying of reboot',
    'dying of reboot, not there',
    'dying of migration-reboot',
    'dying of metamorph',
    'dying of crash',
    'dying of failure',
];
const each = (names: PhaseName[], what: (name: PhaseName) => string): Partial<Row> => {
    return Object.fromEntries(names.map((name) => [name, what(name)]));
};
const thereOrNot = (name: PhaseName, what: string): string =>
    name.endsWith('not there') ? `${what}, not there` : what;

const TABLE: Record<string, [Occurrence, Row]> = {
    'a fork’s start': [
        { kind: 'go-on', at: NOW },
        row('refuse', { ready: 'booting | release-locks | arm-timeout, spawn' }),
    ],
    'a start': [{ kind: 'start', at: NOW }, row('refuse', { ready: 'booting | status RUNNING | arm-timeout, spawn' })],
    'a migration': [
        { kind: 'migrate', graceMillis: 5_000 },
        row('refuse', {
            booting: 'wait',
            up: 'leaving for migration, unsent migrating {"timeRemainingSecs":5} | | arm-grace 5000, look-for-connection',
        }),
    ],
    'a crash': [{ kind: 'crash' }, row('refuse', { booting: 'wait', up: 'dying of crash | strike crash | kill' })],
    'a failure': [{ kind: 'fail' }, row('refuse', { booting: 'wait', up: 'dying of failure | strike restart | kill' })],
    'an abort': [
        { kind: 'abort', gracefully: false },
        row('refuse', {
            booting: 'dying of abort, not there | status ABORTING | kill',
            up: 'dying of abort | status ABORTING | kill',
            'leaving for migration': 'dying of abort | status ABORTING | kill',
            'leaving to finish': 'dying of abort | status ABORTING | kill',
            'leaving for abort': 'dying of abort | | kill',
            'leaving for abort, not there': 'dying of abort, not there | | kill',
            ...each(GOES_ON, (name) => `${thereOrNot(name, 'dying of abort')} | status ABORTING | kill`),
            'dying of abort': '-',
            'dying of abort, not there': '-',
            'dying of shutdown': '-',
        }),
    ],
    'a graceful abort': [
        { kind: 'abort', gracefully: true },
        row('refuse', {
            booting:
                'leaving for abort, not there, unsent aborting, persistState {"isMigrating":false} | status ABORTING | arm-grace 30000, look-for-connection',
            up: 'leaving for abort, unsent aborting, persistState {"isMigrating":false} | status ABORTING | arm-grace 30000, look-for-connection',
            'leaving for migration':
                'leaving for abort, unsent aborting, persistState {"isMigrating":false} | status ABORTING | arm-grace 30000, look-for-connection',
            'leaving to finish':
                'leaving for abort, unsent aborting, persistState {"isMigrating":false} | status ABORTING | arm-grace 30000, look-for-connection',
            'leaving for abort': '-',
            'leaving for abort, not there': '-',
            ...each(GOES_ON, (name) => `${thereOrNot(name, 'dying of abort')} | status ABORTING | kill`),
            'dying of abort': '-',
            'dying of abort, not there': '-',
            'dying of shutdown': '-',
        }),
    ],
    'the end of a run that serves': [
        { kind: 'finish', graceMillis: 5_000 },
        row('refuse', {
            booting:
                'leaving to finish, not there, unsent aborting, persistState {"isMigrating":false} | | arm-grace 5000, look-for-connection',
            up: 'leaving to finish, unsent aborting, persistState {"isMigrating":false} | | arm-grace 5000, look-for-connection',
            ...each(
                (Object.keys(PHASES) as PhaseName[]).filter((name) => /^leaving|^dying/.test(name)),
                () => 'wait',
            ),
        }),
    ],
    'a reboot': [
        { kind: 'reboot' },
        row('refuse', {
            booting: 'dying of reboot, not there | event reboot |',
            up: 'dying of reboot | event reboot |',
            'leaving for migration': 'dying of migration-reboot | event reboot |',
            ...each(GOES_ON, (name) => `${name} | event reboot |`),
        }),
    ],
    'a metamorph': [
        { kind: 'metamorph' },
        row('refuse', { booting: 'dying of metamorph, not there | |', up: 'dying of metamorph | |' }),
    ],
    'the answer to a reboot or a metamorph': [
        { kind: 'answered' },
        row(
            '-',
            each([...GOES_ON, ...FINAL, ...UNWRITABLE], (name) => `${name} | | kill`),
        ),
    ],
    'a resurrection': [
        { kind: 'resurrect', at: NOW, change: { resurrectCount: 2 } },
        row('refuse', {
            ended: 'booting | release-locks, change {"resurrectCount":2}, status RUNNING | forget-restarts, arm-timeout, spawn',
        }),
    ],
    'the timeout': [
        { kind: 'timeout' },
        row('-', {
            booting: 'dying of timeout, not there | status TIMING-OUT | kill',
            up: 'dying of timeout | status TIMING-OUT | kill',
            'leaving for migration': 'dying of timeout | status TIMING-OUT | kill',
            ...each(GOES_ON, (name) => `${thereOrNot(name, 'dying of timeout')} | status TIMING-OUT | kill`),
        }),
    ],
    'the end of the grace period': [
        { kind: 'grace-over' },
        row('-', {
            'leaving for migration': 'dying of migration | | kill',
            'leaving to finish': 'dying to finish | | kill',
            'leaving for abort': 'dying of abort | | kill',
            'leaving for abort, not there': 'dying of abort, not there | | kill',
        }),
    ],
    'the end of the platform': [
        { kind: 'shutdown' },
        row('-', {
            ready: 'ended | status ABORTED | tell-ended',
            booting: 'dying of shutdown, not there | | kill',
            up: 'dying of shutdown | | kill',
            'leaving for migration': 'dying of shutdown | | kill',
            'leaving to finish': 'dying of shutdown | | kill',
            'leaving for abort': 'dying of shutdown | | kill',
            'leaving for abort, not there': 'dying of shutdown, not there | | kill',
            ...each(GOES_ON, (name) => `${thereOrNot(name, 'dying of shutdown')} | | kill`),
        }),
    ],
    'a process that is there': [
        { kind: 'spawned', process: PROCESS },
        row('-', {
            booting: 'up | boot 7 | tell-settled',
            'leaving for abort, not there': 'leaving for abort, unsent aborting, persistState | boot 7 | tell-settled',
            'dying of reboot, not there': 'dying of reboot | boot 7 | kill, tell-settled',
            'dying of abort, not there': 'dying of abort | boot 7 | kill, tell-settled',
            'dying of unwritable, not there': 'dying of unwritable | | kill',
        }),
    ],
    "a process that can't be started": [
        { kind: 'not-spawned' },
        row('-', {
            booting: 'ended | status FAILED | tell-ended',
            'leaving for abort, not there': 'ended | status ABORTED | tell-ended',
            'dying of reboot, not there': 'ended | status FAILED | tell-ended',
            'dying of abort, not there': 'ended | status ABORTED | tell-ended',
            'dying of unwritable, not there': 'ended | | fail-unwritten, tell-ended',
        }),
    ],
    'a connection to the events': [
        { kind: 'connected' },
        row('-', {
            'leaving for migration': 'leaving for migration | event migrating | send migrating',
            'leaving to finish':
                'leaving to finish | event aborting, event persistState | send aborting, send persistState',
            'leaving for abort':
                'leaving for abort | event aborting, event persistState | send aborting, send persistState',
            'leaving for abort, not there':
                'leaving for abort, not there | event aborting, event persistState | send aborting, send persistState',
        }),
    ],
    'an exit with code 0': [
        exited(0),
        row('-', {
            up: 'ended, connections stay | exit 0, status SUCCEEDED 0 | tell-ended',
            'leaving for migration': 'ended, connections stay | exit 0, status SUCCEEDED 0 | tell-ended',
            'leaving for abort': 'ended, connections stay | exit 0, status ABORTED 0 | tell-ended',
            'leaving to finish': 'ended, connections stay | exit 0, status SUCCEEDED 0 | tell-ended',
            'dying to finish': 'ended | exit 0, status SUCCEEDED 0 | tell-ended',
            'dying of migration': 'ended | exit 0, status SUCCEEDED 0 | tell-ended',
            'dying of reboot': 'booting | exit 0, release-locks, count rebootCount | spawn',
            'dying of migration-reboot': 'booting | exit 0, release-locks, count rebootCount | spawn',
            'dying of metamorph': 'booting | exit 0, count metamorphCount | spawn',
            'dying of crash': 'booting | exit 0, release-locks | spawn',
            'dying of failure': 'ended | exit 0, status SUCCEEDED 0 | tell-ended',
            'dying of abort': 'ended | exit 0, status ABORTED 0 | tell-ended',
            'dying of timeout': 'ended | exit 0, status TIMED-OUT 0 | tell-ended',
            'dying of shutdown': 'ended | exit 0, status ABORTED 0 | tell-ended',
            'dying of unwritable': 'ended | | fail-unwritten 0, tell-ended',
        }),
    ],
    'an exit with an error': [
        exited(1),
        row('-', {
            up: 'ended, connections stay | exit 1, status FAILED 1 | tell-ended',
            'leaving for migration': 'booting | exit 1, release-locks, count migrationCount | spawn',
            'leaving for abort': 'ended, connections stay | exit 1, status ABORTED 1 | tell-ended',
            'leaving to finish': 'ended, connections stay | exit 1, status SUCCEEDED 1 | tell-ended',
            'dying to finish': 'ended | exit 1, status SUCCEEDED 1 | tell-ended',
            'dying of migration': 'booting | exit 1, release-locks, count migrationCount | spawn',
            'dying of reboot': 'booting | exit 1, release-locks, count rebootCount | spawn',
            'dying of migration-reboot': 'booting | exit 1, release-locks, count rebootCount | spawn',
            'dying of metamorph': 'booting | exit 1, count metamorphCount | spawn',
            'dying of crash': 'booting | exit 1, release-locks | spawn',
            'dying of failure': 'ended | exit 1, status FAILED 1 | tell-ended',
            'dying of abort': 'ended | exit 1, status ABORTED 1 | tell-ended',
            'dying of timeout': 'ended | exit 1, status TIMED-OUT 1 | tell-ended',
            'dying of shutdown': 'ended | exit 1, status ABORTED 1 | tell-ended',
            'dying of unwritable': 'ended | | fail-unwritten 1, tell-ended',
        }),
    ],
    'the end by a kill, where a restart is left': [
        exited(137, true, true),
        row('-', {
            up: 'booting | exit 137, release-locks, count restartCount | note-restart, spawn',
            'leaving for migration': 'booting | exit 137, release-locks, count migrationCount | spawn',
            'leaving for abort': 'ended, connections stay | exit 137, status ABORTED 137 | tell-ended',
            'leaving to finish': 'ended, connections stay | exit 137, status SUCCEEDED 137 | tell-ended',
            'dying to finish': 'ended | exit 137, status SUCCEEDED 137 | tell-ended',
            'dying of migration': 'booting | exit 137, release-locks, count migrationCount | spawn',
            'dying of reboot': 'booting | exit 137, release-locks, count rebootCount | spawn',
            'dying of migration-reboot': 'booting | exit 137, release-locks, count rebootCount | spawn',
            'dying of metamorph': 'booting | exit 137, count metamorphCount | spawn',
            'dying of crash': 'booting | exit 137, release-locks | spawn',
            'dying of failure': 'booting | exit 137, release-locks, count restartCount | note-restart, spawn',
            'dying of abort': 'ended | exit 137, status ABORTED 137 | tell-ended',
            'dying of timeout': 'ended | exit 137, status TIMED-OUT 137 | tell-ended',
            'dying of shutdown': 'ended | exit 137, status ABORTED 137 | tell-ended',
            'dying of unwritable': 'ended | | fail-unwritten 137, tell-ended',
        }),
    ],
    'a failure to write': [
        { kind: 'unwritable', error: FULL },
        row('-', {
            ready: 'ended | | fail-unwritten, tell-ended',
            booting: 'dying of unwritable, not there | | kill',
            up: 'dying of unwritable | | kill',
            'leaving for migration': 'dying of unwritable | | kill',
            'leaving to finish': 'dying of unwritable | | kill',
            'leaving for abort': 'dying of unwritable | | kill',
            'leaving for abort, not there': 'dying of unwritable, not there | | kill',
            ...each([...GOES_ON, ...FINAL], (name) => `${thereOrNot(name, 'dying of unwritable')} | | kill`),
        }),
    ],
};

/** Whether this can happen: a process is spawned where none is, and ends where one is. */
function isPossible({ kind }: Occurrence, phase: RunPhase): boolean {
    const mayLackIt = phase.name === 'leaving' || phase.name === 'dying';
    if (kind === 'spawned' || kind === 'not-spawned') return !mayLackIt || processOf(phase) === undefined;
    return kind !== 'exited' || !mayLackIt || processOf(phase) !== undefined;
}

function describeReaction(reaction: Reaction, before: RunPhase): string {
    if (typeof reaction === 'string') return reaction;
    const { phase, writes, effects } = reaction;
    if (phase === before && writes.length + effects.length === 0) return '-';
    const done = [describePhase(phase), writes.map(describeWrite).join(', '), effects.map(describeEffect).join(', ')];
    return done.join(' | ').replaceAll(/ +/g, ' ').trim();
}

function describePhase(phase: RunPhase): string {
    if (phase.name === 'ended') return phase.bootedAt === BEFORE ? 'ended, connections stay' : 'ended';
    const words: string[] = [phase.name];
    if (phase.name === 'leaving') words.push(phase.reason === 'finish' ? 'to finish' : `for ${phase.reason}`);
    if (phase.name === 'dying') words.push(phase.reason === 'finish' ? 'to finish' : `of ${phase.reason}`);
    const parts = [words.join(' ')];
    if ('reason' in phase && phase.process === undefined) parts.push('not there');
    if (phase.name === 'leaving' && phase.unsent.length > 0)
        parts.push(`unsent ${phase.unsent.map(describeEvent).join(', ')}`);
    // A process keeps the connections that it has; the next one has none of them.
    if ('bootedAt' in phase && (phase.bootedAt === NOW) !== (phase.name === 'booting')) parts.push('OTHER CONNECTIONS');
    return parts.join(', ');
}

function describeEvent({ name, data }: { name: string; data?: unknown }): string {
    return data === undefined ? name : `${name} ${JSON.stringify(data)}`;
}

function describeWrite(write: RunWrite): string {
    const values = Object.values(write).map((value) =>
        typeof value === 'object' && value ? JSON.stringify(value) : value,
    );
    if (write.write === 'count') return `count ${write.counters.join(' ')}`;
    return values.filter((value) => value !== null && value !== undefined).join(' ');
}

function describeEffect(effect: RunEffect): string {
    if (effect.do === 'fail-unwritten') {
        expect(effect.error).toBe(FULL);
        return ['fail-unwritten', effect.exitCode].join(' ').trim();
    }
    return Object.values(effect)
        .map((value) => (typeof value === 'object' ? JSON.stringify(value) : value))
        .join(' ');
}

describe.each(Object.entries(TABLE))('%s', (_name, [occurrence, expected]) => {
    const possible = Object.entries(PHASES).filter(([, phase]) => isPossible(occurrence, phase)) as [
        PhaseName,
        RunPhase,
    ][];

    test.each(possible)('in the phase "%s"', (name, phase) => {
        const reaction = describeReaction(react(phase, occurrence, DEFAULT_SETTINGS), phase);

        expect(reaction).toBe(expected[name]);
    });
});

test('every kind of occurrence is in the table', () => {
    const kinds: Record<Occurrence['kind'], true> = {
        start: true,
        'go-on': true,
        migrate: true,
        crash: true,
        fail: true,
        abort: true,
        finish: true,
        reboot: true,
        metamorph: true,
        answered: true,
        resurrect: true,
        timeout: true,
        'grace-over': true,
        shutdown: true,
        spawned: true,
        'not-spawned': true,
        connected: true,
        exited: true,
        unwritable: true,
    };

    expect(new Set(Object.values(TABLE).map(([{ kind }]) => kind))).toEqual(new Set(Object.keys(kinds)));
});

describe('settings', () => {
    const told = (phase: RunPhase, occurrence: Occurrence, changes: Partial<typeof DEFAULT_SETTINGS>): string => {
        return describeReaction(react(phase, occurrence, { ...DEFAULT_SETTINGS, ...changes }), phase);
    };

    test('may leave a process that reboots in a migration running', () => {
        const ignored = told(PHASES['leaving for migration'], { kind: 'reboot' }, { rebootEndsMigration: false });
        expect(ignored).toBe('leaving for migration, unsent migrating | event reboot |');
    });

    test.each([
        ['reboot', 'rebootCount'],
        ['migration', 'migrationCount'],
        ['both', 'migrationCount rebootCount'],
    ] as const)('may count a reboot in a migration as %s, and any other as a reboot', (as, counters) => {
        const changes = { rebootDuringMigrationCountsAs: as };
        const answer = told(PHASES['dying of migration-reboot'], exited(137, true), changes);
        expect(answer).toBe(`booting | exit 137, release-locks, count ${counters} | spawn`);
        const plain = told(PHASES['dying of reboot'], exited(137, true), changes);
        expect(plain).toBe('booting | exit 137, release-locks, count rebootCount | spawn');
    });

    test.each([
        ['migration', PHASES['leaving for migration'], exited(1)],
        ['reboot', PHASES['dying of migration-reboot'], exited(1)],
        ['crash', PHASES['dying of crash'], exited(137, true)],
        ['restart', PHASES.up, exited(1, false, true)],
        ['resurrect', PHASES.ended, TABLE['a resurrection']![0]],
    ] as const)('may keep the locks of a dead process on %s', (on, phase, occurrence) => {
        const all = DEFAULT_SETTINGS.releaseLocksOn;
        expect(told(phase, occurrence, {})).toContain('release-locks');
        expect(told(phase, occurrence, { releaseLocksOn: { ...all, [on]: false } })).not.toContain('release-locks');
    });
});
