import { STEP_FAULTS } from '../../trial/expected.js';
import { SHOP_TRIGGER_FORMS } from '../../trial/shop-plan.js';
import { USUAL_PRODUCTS, WATCHABLE_LATENCY_MILLIS } from '../../trial/settings.js';
import { STEPS, type TrialSubject } from '../../trial/steps.js';
import { subjectTitle } from '../../exercise/subject.js';
import { commandOfRun, type FigureRun, RECORDED_RUNS } from '../figures.js';
import { hrefTo, PLACES } from '../places.js';
import { RECORDED, recordingFile } from '../recordings.js';
import { fieldsOf } from '../lab-form.js';
import type { Job } from '../server/jobs.js';
import type { LabRuns } from '../server/lab-runs.js';
import { pageHtml, type PageContext } from './page.js';

/** A run that the lab can show. */
export interface ShownRun {
    id: string;
    label: string;
    command: string;
    /** Address of its recording, below the lab. */
    recording: string;
    /** Whether it was recorded for the lessons. */
    isRecorded: boolean;
    /** What the form has to be filled in with to ask for it. */
    fields: Readonly<Record<string, string>>;
}

/** What the lab's script is told. */
export interface LabData {
    isLive: boolean;
    runs: ShownRun[];
    /** Id of the run at work. */
    present?: string;
}

/** Recorded runs, and those that the server has run. */
export function labData(runs: LabRuns | undefined, present: Job | undefined): LabData {
    const own = runs?.all ?? [];
    return {
        isLive: runs !== undefined,
        runs: [
            ...own.map(({ id, label, command, subject, settings }) => ({
                id,
                label,
                command,
                recording: `runs/${id}/${RECORDED}`,
                isRecorded: false,
                fields: fieldsOf(subject.number, settings),
            })),
            ...[...RECORDED_RUNS].map(([name, run]) => ({
                id: name,
                label: labelOf(run),
                command: commandOfRun(run),
                recording: hrefTo(PLACES.lab, `${PLACES.recordings}${recordingFile(name)}`),
                isRecorded: true,
                fields: fieldsOf(STEPS[run.step]!.number, run.settings),
            })),
        ],
        ...(present && own.some(({ id }) => id === present.id) && { present: present.id }),
    };
}

/** What sets a recorded run apart: its step and the options of its command. */
function labelOf(run: FigureRun): string {
    const [, options = ''] = /^npm run solution -- \d+ ?(.*)$/.exec(commandOfRun(run)) ?? [];
    return `${subjectTitle(STEPS[run.step]!)}: ${options.replace('--fault ', '') || 'undisturbed'}`;
}

/** The lab: choose a run, strike it, look at any of its moments. */
export function labPage(context: PageContext, data: LabData, subjects: readonly TrialSubject[] = []): string {
    return pageHtml({
        context,
        title: 'Lab',
        scripts: ['lab.js'],
        isWide: true,
        children: (
            <>
                <h1>Lab</h1>
                <p class="lead">
                    {context.isLive
                        ? 'Run a step of the solution on this machine, strike it when you like, and look at any of its moments.'
                        : 'Recorded runs of the steps. To strike one yourself, clone the course and run npm start.'}
                </p>
                {context.isLive && <LabForm subjects={subjects} />}
                <div id="lab" data-lab={JSON.stringify(data)}>
                    <noscript>
                        <p class="note">The pictures of runs need scripts, which are off here.</p>
                    </noscript>
                </div>
            </>
        ),
    });
}

function LabForm({ subjects }: { subjects: readonly TrialSubject[] }) {
    return (
        <form id="lab-form" class="lab-form" method="post" action="runs/">
            <label>
                What runs
                <select name="subject">
                    {subjects.map((subject) => (
                        <option key={subject.number} value={String(subject.number)}>
                            {subjectTitle(subject)}
                        </option>
                    ))}
                </select>
            </label>
            <label>
                What strikes it
                <select name="fault">
                    {['none', ...STEP_FAULTS].map((fault) => (
                        <option key={fault} value={fault} selected={fault === 'migrate'}>
                            {fault === 'none' ? 'nothing' : fault}
                        </option>
                    ))}
                </select>
            </label>
            <button type="submit">Run it</button>
            <details>
                <summary>When, and how</summary>
                <div class="fields">
                    <label class="wide">
                        When it strikes: {SHOP_TRIGGER_FORMS}
                        <input name="at" placeholder="late, in the middle of a page" autocomplete="off" />
                    </label>
                    <NumberField name="times" label="How often" max={20} placeholder="1" />
                    <NumberField name="products" label="Products" max={60} placeholder={String(USUAL_PRODUCTS)} />
                    <NumberField
                        name="latency"
                        label="A page takes, in ms"
                        min={0}
                        max={10_000}
                        placeholder={String(WATCHABLE_LATENCY_MILLIS)}
                    />
                    <NumberField name="grace" label="Grace, in s" min={0} max={60} placeholder="10, an abort 30" />
                    <NumberField name="read-lag" label="Reads lag, in s" min={0} max={60} placeholder="0" />
                    <label class="check">
                        <input type="checkbox" name="no-reboot" /> The platform ignores the SDK’s reboot
                    </label>
                    <label class="check">
                        <input type="checkbox" name="no-graceful-shutdown" /> gracefulShutdown: false
                    </label>
                </div>
            </details>
        </form>
    );
}

interface NumberFieldProperties {
    name: string;
    label: string;
    min?: number;
    max: number;
    placeholder: string;
}

function NumberField({ name, label, min = 1, max, placeholder }: NumberFieldProperties) {
    return (
        <label>
            {label}
            <input type="number" name={name} min={min} max={max} step="any" placeholder={placeholder} />
        </label>
    );
}
