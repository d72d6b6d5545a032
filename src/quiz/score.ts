import { type Course, givenTo, probesOf } from './course.js';
import type { Question } from './question.js';

/** How a course went. */
export interface Score {
    /** Sum of the probes' credits, and the number of probes. */
    points: number;
    of: number;
    /** Key points that were recalled, and how many there are; none of either in a review. */
    keyPoints: number;
    keyPointsOf: number;
    /** Lessons that teach what went wrong, each as `lessons/03-x.md#anchor`, once, in the order of the probes. */
    readAgain: string[];
}

/** Adds up what a course has so far. */
export function scoreOf(question: Question, course: Course): Score {
    const probes = probesOf(question, course);
    const credits = probes.map((probe) => givenTo(course, probe)?.credit ?? 0);
    const isReview = course.mode === 'review';
    const keyPoints = question.keyPoints.filter(({ id }) => course.keyPoints?.includes(id)).length;
    const keyPointsOf = isReview ? 0 : question.keyPoints.length;
    const again = probes.filter((_, at) => credits[at]! < 1).map(({ lesson }) => lesson);
    // What was not recalled is taught by the question's own lessons.
    if (keyPoints < keyPointsOf) again.push(...question.lessons);
    const points = credits.reduce((sum, credit) => sum + credit, 0);
    return { points, of: probes.length, keyPoints, keyPointsOf, readAgain: [...new Set(again)] };
}
