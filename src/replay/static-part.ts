import { escapeMarkup } from '../base/markup.js';
import { plainText } from '../base/plain-text.js';
import type { Trace } from '../trace/trace.js';
import { seconds } from '../trace/words.js';
import { importantEntries } from './model/important.js';
import { recordingOf } from './model/recording.js';
import { legendMarkup } from './picture/legend.js';
import { stillPicture } from './still-picture.js';

/** What came of a run, of a comparison or of a proof. */
export interface ReportVerdict {
    isWell: boolean;
    /** In a sentence or two. */
    sentence: string;
    /** In figures: a name, a word that judges it, if any, and details. */
    lines: readonly { name: string; isWell?: boolean | undefined; status: string; details: string }[];
}

/** Entries in the table at most. */
const MAX_ENTRIES = 500;

export function verdictSection({ isWell, sentence, lines }: ReportVerdict): string {
    const rows = lines.map(({ name, isWell: isLineWell, status, details }) => {
        const sign = isLineWell === undefined ? '' : isLineWell ? '✔ ' : '✘ ';
        const look = isLineWell === undefined ? '' : isLineWell ? ' class="is-well"' : ' class="is-wrong"';
        return `<tr><th scope="row">${text(name)}</th><td${look}>${sign}${text(status)}</td><td>${text(details)}</td></tr>`;
    });
    const table = rows.length === 0 ? '' : `<table>${rows.join('')}</table>`;
    return `<section class="verdict ${isWell ? 'well' : 'wrong'}" aria-label="Verdict"><p>${text(sentence)}</p>${table}</section>`;
}

/** The picture of a run and its legend, and the entries that matter most, for those who see the page without scripts. */
export function stillRun(label: string, trace: Trace): string {
    const recording = recordingOf(trace, label);
    const { indexes, leftOut } = importantEntries(recording, MAX_ENTRIES);
    const startedAt = trace.entries[recording.first]!.at;
    const rows = indexes.map((index) => {
        const { text: told, kind } = recording.told[index - recording.first]!;
        const after = seconds(trace.entries[index]!.at - startedAt);
        return `<tr class="kind-${kind}"><td>#${index}</td><td class="number">${after}</td><td>${text(told)}</td></tr>`;
    });
    const causes = recording.causes.map((cause) => `<li>${text(cause)}</li>`).join('');
    return `<h2>What happened: ${text(label)}</h2>
${causes === '' ? '' : `<ul class="causes">${causes}</ul>`}
<div class="still-picture" role="img" aria-label="The picture of the run; the table below tells the same" tabindex="0">${stillPicture(recording)}</div>
<section class="legend" aria-label="Signs of the picture">${legendMarkup()}</section>
<p class="note">${indexes.length} entries${leftOut > 0 ? ` that matter most; ${leftOut} others, such as reads and answers, are left out here` : ''}.</p>
<div class="entries"><table><thead><tr><th scope="col">entry</th><th scope="col">after</th><th scope="col">what</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table></div>`;
}

/** What the file holds, for whoever sends it on. */
export function holdsText(withInput: boolean): string {
    return `<footer class="holds"><p>This file holds the recording of the runs above: every API call with its time, what the
Actor logged, rows, requests with their addresses and headers, and records up to 256 kB.</p>
<p>Left out are ${withInput ? 'secret fields of the input' : 'the input'}, tokens, passwords in addresses, values of environment variables, folders of the
machine that it ran on, and what Crawlee keeps for itself, of which a hash stays. Other secrets that the Actor printed or
stored are in it: read it before you send it on.</p></footer>`;
}

function text(raw: string): string {
    return escapeMarkup(plainText(raw));
}
