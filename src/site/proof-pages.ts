import { subjectTitle, WORKSPACE } from '../exercise/subject.js';
import { hasWorkspace } from '../exercise/workspace.js';
import { STEPS, type TrialSubject } from '../trial/steps.js';
import type { PageMaker } from './course-pages.js';
import type { PageContext } from './pages/page.js';
import { proofPage } from './pages/proof.js';
import type { RecordedMapProperties } from './pages/recorded-map.js';
import type { ProofWorkProperties } from './pages/proof-work.js';
import { hrefTo, PLACES } from './places.js';
import { proofRunsFile, readRecordedProof, RECORDED_PRODUCTS, RECORDED_PROOFS } from './recorded-proofs.js';
import { shopOf } from './shop-of.js';
import { placeOfLink, readText } from './text/repository-files.js';

/** Sizes of the shop that a proof in the browser offers: larger ones take minutes. */
export const PROOF_PRODUCTS: readonly number[] = [1, 2];

/** The recorded picture of all steps. */
const PICTURE = 'solutions/proof.svg';

/** The pages of the proof, by their places. */
export function proofPages(): Map<string, PageMaker> {
    return new Map([[PLACES.proof, (context) => pageOfProof(context)]]);
}

/** @param work The proof that is or was at work, where a server can run one. */
export function pageOfProof(
    context: PageContext,
    work?: Pick<ProofWorkProperties, 'job' | 'isAtWork' | 'state'>,
): string {
    const link = (path: string): string => hrefTo(context.place, placeOfLink(path, 'README.md')!);
    return proofPage({
        context,
        recorded: recordedMap(context),
        picture: { href: link(PICTURE), text: /aria-label="([^"]*)"/.exec(readText(PICTURE))![1]! },
        steps: { href: link('solutions/5-exactly-once') },
        ...(work && {
            work: {
                ...work,
                products: PROOF_PRODUCTS,
                subjects: [...proofSubjects()].map(([name, subject]) => ({ name, title: subjectTitle(subject) })),
            },
        }),
    });
}

/** The recorded proofs of all steps, as one map. */
function recordedMap({ place }: PageContext): RecordedMapProperties {
    const proofs = [...RECORDED_PROOFS].map(([name, step]) => ({ name, step, ...readRecordedProof(name) }));
    return {
        shop: shopOf(RECORDED_PRODUCTS),
        cells: proofs.flatMap(({ step, cells }) =>
            cells.map(({ run: _, ...cell }) => ({ ...cell, group: subjectTitle(step) })),
        ),
        runs: proofs.flatMap(({ name, opensAt }) =>
            opensAt.map((moment, at) => ({
                trace: hrefTo(place, `${PLACES.recordings}${proofRunsFile(name)}#${at}`),
                opensAt: moment!,
            })),
        ),
    };
}

/** What can be proven, by the names that forms use: the steps, and the learner's Actor once there is one. */
export function proofSubjects(): ReadonlyMap<string, TrialSubject> {
    const subjects: TrialSubject[] = [...STEPS, ...(hasWorkspace() ? [WORKSPACE] : [])];
    return new Map(subjects.map((subject) => [String(subject.number), subject]));
}
