import { renderToString } from 'preact-render-to-string';

import { importantEntries } from '../../replay/model/important.js';
import { recordingOf } from '../../replay/model/recording.js';
import { seconds } from '../../trace/words.js';
import { commandOfRun, type Figure, recordingName } from '../figures.js';
import { hrefTo, PLACES } from '../places.js';
import { readRecording, recordingFile } from '../recordings.js';
import type { PageContext } from './page.js';

/** What a figure's script is told: its runs, in the order of the switch. */
export interface FigureData {
    runs: { label: string; command: string; recording: string; runPlace: string }[];
}

/** Entries that are told to those who see no picture, at most. */
const MAX_ENTRIES = 24;

/** A figure of a lesson: its first run in words, until its script draws it. */
export function figureHtml(context: PageContext, name: string, figure: Figure): string {
    const data: FigureData = {
        runs: figure.runs.map((run) => ({
            label: run.label,
            command: commandOfRun(run),
            recording: hrefTo(context.place, `${PLACES.recordings}${recordingFile(recordingName(run))}`),
            runPlace: hrefTo(context.place, `${PLACES.lab}#run=${recordingName(run)}`),
        })),
    };
    return renderToString(
        <figure class="figure" id={`figure-${name}`} data-figure={JSON.stringify(data)}>
            <figcaption>
                <strong>{figure.title}.</strong> {figure.look}
            </figcaption>
            <div class="stage">
                <Told figure={figure} />
            </div>
        </figure>,
    );
}

function Told({ figure }: { figure: Figure }) {
    const [run] = figure.runs;
    const trace = readRecording(recordingName(run!));
    const recording = recordingOf(trace, run!.label);
    const startedAt = trace.entries[recording.first]!.at;
    const { indexes } = importantEntries(recording, MAX_ENTRIES);
    return (
        <details>
            <summary>{run!.label}, in words</summary>
            <ol class="told">
                {indexes.map((index) => (
                    <li key={index}>
                        <span class="number">{seconds(trace.entries[index]!.at - startedAt)}</span>{' '}
                        {recording.told[index - recording.first]!.text}
                    </li>
                ))}
            </ol>
        </details>
    );
}
