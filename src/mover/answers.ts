import type { RecordedEntry } from '../trace/recorded.js';
import type { Trace } from '../trace/trace.js';
import { type RecordContent, recordContent } from './record-content.js';

type Answered = Extract<RecordedEntry, { type: 'request.answered' }>;

/** What an answer is called, in order: `answer 2 (GET /items)`. No record's key is like that. */
export function answerLabel({ n, request }: Pick<Answered, 'n' | 'request'>): string {
    return `answer ${n} (${request})`;
}

export function isAnswer(label: string): boolean {
    return /^answer \d+ \(/.test(label);
}

/** What a run that serves has answered, as records are compared: status, type and body. */
export function answersOf(trace: Trace): Record<string, RecordContent> {
    const answers: Record<string, RecordContent> = {};
    for (const [, entry] of trace.tried()) {
        if (entry.type !== 'request.answered') continue;
        const { status, contentType, body, lack } = entry;
        const content = recordContent(contentType, Buffer.from(body, 'base64'));
        const value = {
            ...(lack === undefined ? { status, contentType } : { lack }),
            ...('value' in content
                ? { body: content.value }
                : { body: content.text ?? { bytes: content.bytes, sha256: content.sha256 } }),
        };
        answers[answerLabel(entry)] = { contentType: 'application/json', value };
    }
    return answers;
}

/** Why the first request that got no answer got none; undefined when each got one. */
export function unansweredIn(trace: Trace): string | undefined {
    for (const [, entry] of trace.tried()) {
        if (entry.type === 'request.answered' && entry.lack !== undefined) return `${entry.request}: ${entry.lack}`;
    }
    return undefined;
}
