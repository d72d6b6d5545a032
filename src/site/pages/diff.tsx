/** A unified diff. Its signs say what its colours say. */
export function Diff({ text, label }: { text: string; label: string }) {
    if (text === '') return <p>Your files are the same.</p>;
    return (
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- What scrolls must be reached by keyboard.
        <pre class="code diff" tabIndex={0} role="region" aria-label={label}>
            {text
                .trimEnd()
                .split('\n')
                .map((line, n) => (
                    <Line key={n} line={line} />
                ))}
        </pre>
    );
}

function Line({ line }: { line: string }) {
    if (line.startsWith('---') || line.startsWith('+++')) return <strong>{`${line}\n`}</strong>;
    if (line.startsWith('@@')) return <span class="place">{`${line}\n`}</span>;
    if (line.startsWith('+')) return <ins>{`${line}\n`}</ins>;
    if (line.startsWith('-')) return <del>{`${line}\n`}</del>;
    return <span>{`${line}\n`}</span>;
}
