/** A node of a flowchart: a question with its answers, or what is decided. */
export interface Decision {
    text: string;
    answers: { label: string; then: Decision }[];
}

const NODE = String.raw`(\w+)(?:\{"([^"]*)"\}|\["([^"]*)"\])?`;
const EDGE = new RegExp(`^\\s*${NODE}\\s*--\\s*(.+?)\\s*-->\\s*${NODE}\\s*$`);

/**
 * Reads the part of Mermaid's flowcharts that draws a tree of decisions: `A{"question"} -- answer --> B["decision"]`.
 *
 * @throws Error when a line is none of these, or there is no tree.
 */
export function readDecisions(mermaid: string): Decision {
    const nodes = new Map<string, Decision>();
    const node = (id: string, text: string | undefined): Decision => {
        const known = nodes.get(id) ?? { text: '', answers: [] };
        if (text !== undefined) known.text = text.replaceAll('<br>', ' ');
        nodes.set(id, known);
        return known;
    };
    for (const line of mermaid.split('\n').slice(1)) {
        if (line.trim() === '') continue;
        const [, from, question, decision, label, to, otherQuestion, otherDecision] = EDGE.exec(line) ?? [];
        if (from === undefined) throw new Error(`A decision tree has no such line: ${line.trim()}`);
        const then = node(to!, otherQuestion ?? otherDecision);
        node(from, question ?? decision).answers.push({ label: label!, then });
    }
    const [root] = nodes.values();
    const targets = new Set([...nodes.values()].flatMap(({ answers }) => answers.map(({ then }) => then)));
    const found = [...nodes.values()].find((one) => !targets.has(one)) ?? root;
    if (!found) throw new Error('A decision tree needs a line at least.');
    return found;
}
