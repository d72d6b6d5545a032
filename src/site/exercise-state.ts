import type { ToldFailure } from '../exercise/told-failure.js';
import type { TellingMoments } from './telling-moment.js';

/** How far one stage of the tracker is. */
export interface StageState {
    number: number;
    title: string;
    status: 'passed' | 'failed' | 'not tried';
    isRunning: boolean;
    /** Trials that have ended, of all that it needs, while it is at work. */
    done: number;
    all: number;
}

/** The run to look at when something is not passed. */
export interface StruckRun extends TellingMoments {
    /** Job that has run it. */
    job: string;
    label: string;
    /** Whether there is an undisturbed run to be shown beside it. */
    isHeldAgainst?: boolean;
}

/** What the last try of an exercise has shown. */
export interface TryResult {
    isPassed: boolean;
    /** Why the Actor could not be started at all. */
    problem?: string;
    /** Above the failure: the stage that is not passed. */
    heading?: string;
    failure?: ToldFailure;
    /** Other trials that failed. */
    also: readonly string[];
    /** What else is to be known. */
    notes: readonly string[];
    run?: StruckRun;
    wallMillis: number;
}

/** Hints that were shown. */
export interface HintsState {
    /** What they are for; undefined where there is nothing else. */
    heading?: string;
    shown: readonly string[];
    of: number;
    /** Whether there is more to be had. */
    isMore: boolean;
    /** What comes after the last one: where the solution is. */
    solution?: string;
}

/** All that the page of an exercise shows of a learner's work. */
export interface ExerciseState {
    /** Its number, or `tracker`. */
    name: string;
    /** The file that is to be changed, as a person can type it from the project; undefined before there is a copy. */
    file?: string;
    /** Passed once, whatever the last try has shown. */
    isPassed: boolean;
    /** The job that tries it now. */
    job?: string;
    /** The title of another job, for whose end a try waits. */
    waitsFor?: string;
    /** The last try was ended before it had shown anything. */
    isStopped?: boolean;
    /** Only of the tracker. */
    stages?: readonly StageState[];
    result?: TryResult;
    hints: HintsState;
    /** A diff to the solution, once it is due, or asked for. */
    diff?: { to: string; text: string };
    /** What a button has done. */
    said?: string;
}
