/** A node of a flowchart: a question with its answers, or what is decided. */
export interface Decision {
    text: string;
    answers: { label: string; then: Decision }[];
}

const NODE = String.raw`(\w+)(?:\{"([^"]*)"\}|\["([^"]*)"\])?`;
const EDGE = new RegExp(`^\\s*${NODE}\\s*--\\s*(.+?)\\s*-->\\s*${NODE}\\s*$`);

/**
 * Reads the part of Mermaid's flowcharts that draws a tree of decisions: `A{"question"} -- answer --> B["decision"]`.
 * Undefined for what is more than that.
 */
export function readDecisions(mermaid: string): Decision | undefined {
    const nodes = new Map<string, Decision>();
    const led = new Set<string>();
    const node = (id: string, text: string | undefined): Decision => {
        const known = nodes.get(id) ?? { text: '', answers: [] };
        if (text !== undefined) known.text = text.replaceAll('<br>', ' ');
        nodes.set(id, known);
        return known;
    };
    for (const line of mermaid.split('\n').slice(1)) {
        if (line.trim() === '') continue;
        const [, from, question, decision, label, to, otherQuestion, otherDecision] = EDGE.exec(line) ?? [];
        if (from === undefined) return undefined;
        // In a tree one way leads to each node.
        if (led.has(to!)) return undefined;
        led.add(to!);
        const then = node(to!, otherQuestion ?? otherDecision);
        node(from, question ?? decision).answers.push({ label: label!, then });
    }
    const roots = [...nodes].flatMap(([id, one]) => (led.has(id) ? [] : [one]));
    return roots.length === 1 ? roots[0] : undefined;
}
