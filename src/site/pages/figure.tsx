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
    /** Whether a server is behind the page, which can run them anew. */
    isLive: boolean;
    runs: { label: string; command: string; recording: string; runPlace: string }[];
}

/** Entries that are told to those who see no picture, at most. */
const MAX_ENTRIES = 24;

/** A figure of a lesson: its first run in words, until its script draws it. */
export function figureHtml(context: PageContext, name: string, figure: Figure): string {
    const data: FigureData = {
        isLive: context.isLive,
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
    const run = figure.runs[0]!;
    return (
        <details>
            <summary>{run.label}, in words</summary>
            <ol class="told">
                {toldOf(recordingName(run)).map(({ index, after, text }) => (
                    <li key={index}>
                        <span class="number">{after}</span> {text}
                    </li>
                ))}
            </ol>
        </details>
    );
}

interface ToldLine {
    index: number;
    after: string;
    text: string;
}

/** What recordings tell, by their names: these never change while a course is shown. */
const told = new Map<string, ToldLine[]>();

function toldOf(name: string): ToldLine[] {
    const known = told.get(name);
    if (known) return known;
    const trace = readRecording(name);
    const recording = recordingOf(trace, name);
    const startedAt = trace.entries[recording.first]!.at;
    const lines = importantEntries(recording, MAX_ENTRIES).indexes.map((index) => ({
        index,
        after: seconds(trace.entries[index]!.at - startedAt),
        text: recording.told[index - recording.first]!.text,
    }));
    told.set(name, lines);
    return lines;
}
