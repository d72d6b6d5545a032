import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';

import { APIFY_OPERATIONS, OPERATIONS, UNSUPPORTED_OPERATIONS } from '../../platform/api/operations.js';
import { type ContractProblem, problem } from './check.js';
import { parseJson } from '../../base/parse-json.js';
import type { Exchange } from './exchange.js';

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head'];
const DOCUMENT = 'openapi';
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

type Json = Record<string, unknown>;

interface Described {
    operationId: string;
    method: string;
    path: string;
    /** JSON pointer to the operation. */
    pointer: string;
    operation: Json;
}

/** Apify's public description of its API, to hold exchanges against. It is not part of this project. */
export class OpenApi {
    readonly #operations = new Map<string, Described>();
    readonly #ajv: Ajv2020;

    /**
     * @param document The description: OpenAPI 3.1 as parsed JSON, https://docs.apify.com/api/openapi.json
     * @throws Error when it is no such thing.
     */
    constructor(private readonly document: Json) {
        const { openapi, paths } = document;
        if (typeof openapi !== 'string' || !openapi.startsWith('3.1') || !isObject(paths)) {
            throw new Error('It is no OpenAPI 3.1 description.');
        }
        for (const [path, item] of Object.entries(paths)) {
            for (const method of METHODS) {
                const operation = (item as Json)[method];
                if (!isObject(operation)) continue;
                const operationId = String(operation.operationId);
                const pointer = `/paths/${escapePointer(path)}/${method}`;
                const described = { operationId, method: method.toUpperCase(), path, pointer, operation };
                this.#operations.set(operationId, described);
            }
        }
        this.#ajv = new Ajv2020({ strict: false, allErrors: true, logger: false, formats: { 'date-time': TIME } });
        this.#ajv.addSchema(document, DOCUMENT);
    }

    /** What the platform says of its operations and the description doesn't. */
    differences(): string[] {
        const differences: string[] = [];
        if (this.#operations.size !== APIFY_OPERATIONS) {
            differences.push(`The description has ${this.#operations.size} operations, not ${APIFY_OPERATIONS}.`);
        }
        const known = [...OPERATIONS, ...UNSUPPORTED_OPERATIONS];
        for (const { operationId, method, path } of known) {
            const described = this.#operations.get(operationId);
            if (!described) differences.push(`The description has no ${operationId}.`);
            else if (described.method !== method || pattern(described.path) !== pattern(`/v2${path}`)) {
                differences.push(`${operationId} is ${described.method} ${described.path}.`);
            }
        }
        const ids = new Set(known.map(({ operationId }) => operationId));
        const paths = new Set(known.map(({ path }) => pattern(`/v2${path}`)));
        for (const { operationId, path } of this.#operations.values()) {
            if (!ids.has(operationId) && paths.has(pattern(path))) {
                differences.push(`${operationId} gets 405 here, as if Apify did not have it.`);
            }
        }
        return differences;
    }

    /** Holds an exchange against the description: query, status, bodies. */
    problemsOf(exchange: Exchange): ContractProblem[] {
        const described = this.#operations.get(exchange.operationId ?? '');
        if (!described) return [problem(exchange, 'The description has no such operation.')];
        const { operation, pointer } = described;
        const responses = operation.responses as Json;
        const { status } = exchange;
        if (!(status in responses))
            return [problem(exchange, `Described are the statuses ${Object.keys(responses).join(',')}.`)];
        return [
            ...this.#queryProblems(exchange, operation),
            ...(status < 400
                ? this.#bodyProblems(exchange, 'request', `${pointer}/requestBody`, exchange.requestBody)
                : []),
            ...this.#bodyProblems(exchange, 'answer', `${pointer}/responses/${status}`, exchange.responseBody),
        ];
    }

    #queryProblems(exchange: Exchange, { parameters = [] }: Json): ContractProblem[] {
        const described = (parameters as Json[]).map((parameter) => this.#resolve(parameter));
        const names = new Set(described.filter((parameter) => parameter.in === 'query').map(({ name }) => name));
        const { searchParams } = new URL(exchange.url, 'http://local');
        return [...searchParams.keys()]
            .filter((name) => !names.has(name))
            .map((name) => problem(exchange, `The query's '${name}' is not described.`));
    }

    #bodyProblems(exchange: Exchange, what: string, at: string, body: Buffer): ContractProblem[] {
        const pointer = this.#target(at);
        const holder = pointer === undefined ? undefined : this.#at(pointer);
        if (pointer === undefined || !isObject(holder)) return [];
        const content = isObject(holder.content) ? holder.content : {};
        const type = Object.keys(content).find((name) => name.startsWith('application/json'));
        const json = parseJson(body);
        if (type === undefined || (body.length === 0 && exchange.method === 'HEAD') || !isJson(exchange, what))
            return [];
        const schema = `${pointer}/content/${escapePointer(type)}/schema`;
        if (this.#at(schema) === undefined) return [];
        const validate = this.#ajv.compile({ $ref: `${DOCUMENT}#${encodeURI(schema)}` });
        if (validate(json)) return [];
        return distinct(validate.errors ?? []).map((message) => problem(exchange, `${what}${message}`));
    }

    /** Follows `$ref` to the pointer where something stands. */
    #target(pointer: string): string | undefined {
        const found = this.#at(pointer);
        if (!isObject(found)) return undefined;
        return typeof found.$ref === 'string' ? this.#target(found.$ref.slice(1)) : pointer;
    }

    #resolve(value: Json): Json {
        return typeof value.$ref === 'string' ? this.#resolve(this.#at(value.$ref.slice(1)) as Json) : value;
    }

    #at(pointer: string): unknown {
        let found: unknown = this.document;
        for (const step of pointer.split('/').slice(1)) {
            if (!isObject(found)) return undefined;
            found = found[step.replaceAll('~1', '/').replaceAll('~0', '~')];
        }
        return found;
    }
}

function isObject(value: unknown): value is Json {
    return typeof value === 'object' && value !== null;
}

/** A body without a type counts as what the description says; a record's is whatever was stored. */
function isJson(exchange: Exchange, what: string): boolean {
    const headers = what === 'request' ? exchange.requestHeaders : exchange.responseHeaders;
    return headers['content-type']?.startsWith('application/json') ?? false;
}

const escapePointer = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
const pattern = (path: string): string => path.replaceAll(/:\w+|\{\w+\}/g, '*');

function distinct(errors: ErrorObject[]): string[] {
    const messages = errors.map(({ instancePath, message, params }) => {
        const allowed = 'allowedValues' in params ? ` (${String(params.allowedValues)})` : '';
        return `${instancePath.replaceAll('/', '.')} ${message ?? 'is wrong'}${allowed}`;
    });
    return [...new Set(messages)];
}
