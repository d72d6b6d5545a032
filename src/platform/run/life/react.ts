import type { PlatformSettings } from '../../settings.js';
import { goOn, notSpawned, resurrect, spawned, spawnedDying, spawnedLeaving, start } from './begin.js';
import { crash, fail, killAnswered, shutDown, shutDownDying, timeOut, timeOutDying, timeOutLeaving } from './die.js';
import { endUnstarted, exited, failAlive, failDying, failUnstarted } from './end.js';
import { abort, abortDying, abortLeaving, announce, graceOver, leaveToFinish, migrate } from './leave.js';
import type { Occurrence, OccurrenceOf } from './occurrence.js';
import { metamorph, reboot, rebootDying, rebootLeaving } from './reboot.js';
import type { PhaseOf, RunPhase } from './run-phase.js';
import { type Reaction, stay } from './transition.js';

/** One cell of the table. */
type React<Name extends RunPhase['name'], Kind extends Occurrence['kind']> = (
    phase: PhaseOf<Name>,
    occurrence: OccurrenceOf<Kind>,
    settings: PlatformSettings,
) => Reaction;

type Table = { [Kind in Occurrence['kind']]: { [Name in RunPhase['name']]: React<Name, Kind> } };

const refuse = (): Reaction => 'refuse';
const wait = (): Reaction => 'wait';

/** What everything that can occur means in each phase of a run's life. */
const TABLE: Table = {
    // What is asked. Faults strike a process: while one is being spawned, they wait for it.
    start: { ready: start, booting: refuse, up: refuse, leaving: refuse, dying: refuse, ended: refuse },
    'go-on': { ready: goOn, booting: refuse, up: refuse, leaving: refuse, dying: refuse, ended: refuse },
    migrate: { ready: refuse, booting: wait, up: migrate, leaving: refuse, dying: refuse, ended: refuse },
    crash: { ready: refuse, booting: wait, up: crash, leaving: refuse, dying: refuse, ended: refuse },
    fail: { ready: refuse, booting: wait, up: fail, leaving: refuse, dying: refuse, ended: refuse },
    abort: { ready: refuse, booting: abort, up: abort, leaving: abortLeaving, dying: abortDying, ended: refuse },
    finish: { ready: refuse, booting: leaveToFinish, up: leaveToFinish, leaving: wait, dying: wait, ended: refuse },
    reboot: { ready: refuse, booting: reboot, up: reboot, leaving: rebootLeaving, dying: rebootDying, ended: refuse },
    metamorph: { ready: refuse, booting: metamorph, up: metamorph, leaving: refuse, dying: refuse, ended: refuse },
    resurrect: { ready: refuse, booting: refuse, up: refuse, leaving: refuse, dying: refuse, ended: resurrect },
    // What happens. It can't be refused.
    answered: { ready: stay, booting: stay, up: stay, leaving: stay, dying: killAnswered, ended: stay },
    timeout: { ready: stay, booting: timeOut, up: timeOut, leaving: timeOutLeaving, dying: timeOutDying, ended: stay },
    'grace-over': { ready: stay, booting: stay, up: stay, leaving: graceOver, dying: stay, ended: stay },
    shutdown: {
        ready: endUnstarted,
        booting: shutDown,
        up: shutDown,
        leaving: shutDown,
        dying: shutDownDying,
        ended: stay,
    },
    spawned: { ready: stay, booting: spawned, up: stay, leaving: spawnedLeaving, dying: spawnedDying, ended: stay },
    'not-spawned': { ready: stay, booting: notSpawned, up: stay, leaving: notSpawned, dying: notSpawned, ended: stay },
    connected: { ready: stay, booting: stay, up: stay, leaving: announce, dying: stay, ended: stay },
    exited: { ready: stay, booting: stay, up: exited, leaving: exited, dying: exited, ended: stay },
    unwritable: {
        ready: failUnstarted,
        booting: failAlive,
        up: failAlive,
        leaving: failAlive,
        dying: failDying,
        ended: stay,
    },
};

/** What an occurrence makes of a run in a phase of its life, and what is to be done for it. Nothing is done yet. */
export function react(phase: RunPhase, occurrence: Occurrence, settings: PlatformSettings): Reaction {
    // The types of a cell follow from its place in the table.
    const cell = TABLE[occurrence.kind][phase.name] as (...args: unknown[]) => Reaction;
    return cell(phase, occurrence, settings);
}
