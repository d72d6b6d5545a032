import * as v from 'valibot';

import { parseJson } from '../../base/parse-json.js';
import type { Exchange } from './exchange.js';
import { ERROR, shapeOf } from './shapes.js';

/** Something about an exchange that is not as it must be. */
export interface ContractProblem {
    operationId: string;
    /** `GET /v2/… 200`. */
    exchange: string;
    message: string;
}

/** Holds an exchange against the project's own shapes. Returns nothing when all is well. */
export function problemsOf(exchange: Exchange): ContractProblem[] {
    const { operationId, status, responseHeaders } = exchange;
    if (operationId === undefined) return [problem(exchange, 'The local platform has no such operation.')];
    const answer = parseJson(exchange.responseBody);
    if (status >= 400) return exchange.method === 'HEAD' ? [] : mismatches(exchange, 'error', ERROR, answer);
    const shape = shapeOf(operationId);
    if (!shape) return [problem(exchange, 'There is no shape for this operation.')];
    const problems: ContractProblem[] = [];
    if (!shape.status.includes(status)) {
        problems.push(problem(exchange, `Success is status ${shape.status.join(' or ')}.`));
    }
    for (const [name, pattern] of Object.entries(shape.headers ?? {})) {
        const value = responseHeaders[name];
        if (typeof value !== 'string' || !pattern.test(value)) {
            problems.push(problem(exchange, `Header ${name} is ${JSON.stringify(value)}, not like ${pattern.source}.`));
        }
    }
    if (shape.request)
        problems.push(...mismatches(exchange, 'request', shape.request, parseJson(exchange.requestBody)));
    if (shape.data) {
        const body = v.is(v.looseObject({ data: v.unknown() }), answer) ? answer.data : undefined;
        problems.push(...mismatches(exchange, 'data', shape.data, body));
    }
    if (shape.json) problems.push(...mismatches(exchange, 'answer', shape.json, answer));
    return problems;
}

export function problem({ operationId = 'unknown', method, url, status }: Exchange, message: string): ContractProblem {
    return { operationId, exchange: `${method} ${url} ${status}`, message };
}

function mismatches(exchange: Exchange, what: string, schema: v.GenericSchema, value: unknown): ContractProblem[] {
    const parsed = v.safeParse(schema, value);
    if (parsed.success) return [];
    return parsed.issues.map((issue) =>
        problem(exchange, `${[what, v.getDotPath(issue)].filter(Boolean).join('.')}: ${issue.message}.`),
    );
}
