import type { ShownRun } from '../pages/lab.js';
import type { LabPlace } from './lab-place.js';

interface Properties {
    runs: readonly ShownRun[];
    run: ShownRun | undefined;
    beside: string | undefined;
    onOpen: (place: LabPlace) => void;
}

/** Which run is shown, and which one beside it. */
export function RunList({ runs, run, beside, onOpen }: Properties) {
    return (
        <div class="run-list">
            <label>
                Run{' '}
                <select value={run?.id ?? ''} onChange={(event) => onOpen({ run: event.currentTarget.value })}>
                    <Options runs={runs} />
                </select>
            </label>
            <label>
                beside it{' '}
                <select
                    value={beside ?? ''}
                    onChange={(event) => {
                        const { value } = event.currentTarget;
                        onOpen({ ...(run && { run: run.id }), ...(value !== '' && { beside: value }) });
                    }}
                >
                    <option value="">none</option>
                    <Options runs={runs.filter(({ id }) => id !== run?.id)} />
                </select>
            </label>
        </div>
    );
}

function Options({ runs }: { runs: readonly ShownRun[] }) {
    const [own, recorded] = [runs.filter((run) => !run.isRecorded), runs.filter((run) => run.isRecorded)];
    return (
        <>
            {own.length > 0 && (
                <optgroup label="Run here">
                    {own.map(({ id, label }, i) => (
                        <option key={id} value={id}>
                            {i + 1}. {label}
                        </option>
                    ))}
                </optgroup>
            )}
            <optgroup label="Recorded for the lessons">
                {recorded.map(({ id, label }) => (
                    <option key={id} value={id}>
                        {label}
                    </option>
                ))}
            </optgroup>
        </>
    );
}
