import { shortPath } from '../../base/short-path.js';
import { beginSmall, beginTracker } from '../../exercise/begin.js';
import { showHelp } from '../../exercise/hints.js';
import { openCheckProgress } from '../../exercise/progress.js';
import { showSmallHint } from '../../exercise/small/small-hints.js';
import { openSmallProgress } from '../../exercise/small/small-progress.js';
import { type WatchedFolder, watchFolder } from '../../exercise/watch-folder.js';
import { hasWorkspace } from '../../exercise/workspace.js';
import type { ExerciseState, StageState } from '../exercise-state.js';
import { type AnyExercise, folderOfCopy, isTracker, nameOfExercise } from '../exercises.js';
import { exerciseState } from '../exercise-view.js';
import type { CourseServices } from './app.js';
import { Bell } from './bell.js';
import { type FinishedTry, tryCopy } from './exercise-try.js';
import type { Job } from './jobs.js';

/** What the server knows of one exercise, beside what is on disk. */
interface Place {
    /** Rings when something that its page shows has changed. */
    bell: Bell;
    /** The try at work. */
    job?: Job;
    /** Title of another job, for whose end a try waits. */
    waitsFor?: string;
    stages?: readonly StageState[];
    tried?: FinishedTry;
    said?: string;
    /** The last try was ended before it had shown anything. */
    isStopped?: boolean;
    /** Counts what has asked for a try, so that one that was asked for and outrun by the next is left out. */
    asked: number;
    /** When its page was last shown: what was saved since then is to be tried. */
    shownAt: number;
    /** Pages that are open. */
    watchers: number;
    folder?: WatchedFolder;
}

/** A page that watches an exercise. */
export interface Watching {
    bell: Bell;
    close: () => Promise<void>;
}

/** A learner's work on the exercises: copies, tries, hints, and who watches them. */
export class Workbench {
    readonly #places = new Map<string, Place>();

    constructor(private readonly services: CourseServices) {}

    /** All that the page of an exercise shows. */
    stateOf(exercise: AnyExercise): ExerciseState {
        const place = this.#placeOf(exercise);
        const { job, waitsFor, stages, tried, said, isStopped } = place;
        place.shownAt = Date.now();
        return exerciseState(exercise, this.services.warn, {
            ...(job && { job: job.id }),
            ...(waitsFor !== undefined && { waitsFor }),
            ...(stages && { stages }),
            ...(tried && { result: tried.result }),
            ...(said !== undefined && { said }),
            ...(isStopped && { isStopped }),
        });
    }

    /** What the last try of an exercise has shown and kept, by its job. */
    triedBy(job: string): FinishedTry | undefined {
        return [...this.#places.values()].find(({ tried }) => tried?.result.run?.job === job)?.tried;
    }

    /**
     * Makes the learner's copy, unless it is there, and tries it.
     *
     * @param isReset Moves a copy that is there aside first.
     * @throws CannotWriteError when the files can't be moved or copied.
     */
    begin(exercise: AnyExercise, isReset: boolean): void {
        const place = this.#placeOf(exercise);
        const { aside, unkept } = isTracker(exercise)
            ? beginTracker(isReset)
            : beginSmall(exercise, isReset, openSmallProgress(this.services.warn));
        delete place.tried;
        delete place.stages;
        if (aside === undefined) delete place.said;
        else place.said = [`Your former copy is now ${shortPath(aside)}.`, unkept ?? ''].join(' ').trim();
        this.#watchFolder(exercise, place, Date.now());
        this.#tryAgain(exercise, place);
    }

    /**
     * Tries the learner's copy.
     *
     * @throws BusyError while another job is at work.
     */
    try(exercise: AnyExercise): void {
        const place = this.#placeOf(exercise);
        place.asked++;
        delete place.said;
        this.#start(exercise, place);
    }

    stop(exercise: AnyExercise): void {
        const place = this.#placeOf(exercise);
        // What waits for its turn is not begun, either.
        place.asked++;
        delete place.waitsFor;
        place.job?.stop();
        place.bell.ring();
    }

    /** Shows the next hint; that it was shown is remembered. */
    hint(exercise: AnyExercise): void {
        const { warn } = this.services;
        const { unkept } = isTracker(exercise)
            ? showHelp(openCheckProgress(warn))
            : showSmallHint(exercise, openSmallProgress(warn));
        const place = this.#placeOf(exercise);
        if (unkept === undefined) delete place.said;
        else place.said = unkept;
        place.bell.ring();
    }

    /** While somebody watches an exercise, each change of its files tries it again. */
    watch(exercise: AnyExercise): Watching {
        const place = this.#placeOf(exercise);
        place.watchers++;
        this.#watchFolder(exercise, place, place.shownAt);
        const close = async (): Promise<void> => {
            if (--place.watchers > 0) return;
            const { folder } = place;
            delete place.folder;
            await folder?.close();
        };
        return { bell: place.bell, close };
    }

    #placeOf(exercise: AnyExercise): Place {
        const name = nameOfExercise(exercise);
        let place = this.#places.get(name);
        if (!place) {
            place = { bell: new Bell(), asked: 0, shownAt: Date.now(), watchers: 0 };
            this.#places.set(name, place);
        }
        return place;
    }

    #watchFolder(exercise: AnyExercise, place: Place, since: number): void {
        const dir = folderOfCopy(exercise);
        if (place.watchers === 0 || place.folder || !hasWorkspace(dir)) return;
        place.folder = watchFolder(dir, { poll: false, since, onChange: () => this.#tryAgain(exercise, place) });
    }

    /** Tries what is there now: a try of what was there before is ended, and the end of another job is waited for. */
    #tryAgain(exercise: AnyExercise, place: Place): void {
        this.#tryInTurn(exercise, place).catch((error: unknown) => this.services.warn((error as Error).message));
    }

    async #tryInTurn(exercise: AnyExercise, place: Place): Promise<void> {
        const { jobs, closing } = this.services;
        const asked = ++place.asked;
        for (let { present } = jobs; present; { present } = jobs) {
            if (present === place.job) present.stop();
            else place.waitsFor = present.title;
            place.bell.ring();
            await present.waitFor(Infinity, closing);
            if (closing.aborted || asked !== place.asked) return;
        }
        delete place.waitsFor;
        if (hasWorkspace(folderOfCopy(exercise))) this.#start(exercise, place);
        else place.bell.ring();
    }

    #start(exercise: AnyExercise, place: Place): void {
        const { jobs, warn } = this.services;
        place.job = jobs.start(`a try of exercise ${exercise.number}`, async (job) => {
            try {
                const tried = await tryCopy(exercise, job, {
                    warn,
                    onStages: (stages) => {
                        place.stages = stages;
                        place.bell.ring();
                    },
                    onResult: (result) => {
                        place.tried = { result };
                        place.bell.ring();
                    },
                });
                if (tried) place.tried = tried;
                else place.isStopped = true;
            } catch (error) {
                place.tried = failedTry(error as Error);
                throw error;
            } finally {
                delete place.job;
                delete place.stages;
                place.bell.ring();
            }
        });
        delete place.tried;
        delete place.isStopped;
        place.bell.ring();
    }
}

/** The try itself has failed: that is nobody's Actor. */
function failedTry({ message }: Error): FinishedTry {
    return { result: { isPassed: false, problem: message.split('\n')[0]!, also: [], notes: [], wallMillis: 0 } };
}
