import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';

/** Calls an API over many connections at once and measures each call. */
export class ApiCaller {
    /** Milliseconds that each call took, from its start to its last byte. */
    readonly durations: number[] = [];
    readonly #agent: Agent;

    constructor(
        private readonly baseUrl: string,
        private readonly token: string,
        inFlight: number,
    ) {
        this.#agent = new Agent({ keepAlive: true, maxSockets: inFlight });
    }

    /**
     * @param path Below `/v2`.
     * @throws Error when the answer is no success.
     */
    async call<T>(method: string, path: string, body?: unknown): Promise<T> {
        return JSON.parse(
            (await this.bytes(method, path, Buffer.from(JSON.stringify(body) ?? ''))).toString() || '{}',
        ) as T;
    }

    async bytes(method: string, path: string, body: Buffer): Promise<Buffer> {
        return this.#answer(method, path, body, async (response) => buffer(response));
    }

    /** Reads an answer to its end and keeps nothing of it: what is kept has to be copied, which holds up whoever measures. */
    async drain(path: string): Promise<void> {
        await this.#answer('GET', path, Buffer.alloc(0), async (response) => {
            response.resume();
            await finished(response);
        });
    }

    async #answer<T>(
        method: string,
        path: string,
        body: Buffer,
        read: (response: IncomingMessage) => Promise<T>,
    ): Promise<T> {
        const startedAt = performance.now();
        const headers = {
            authorization: `Bearer ${this.token}`,
            'content-type': 'application/json',
            'content-length': body.length,
        };
        const call = request(`${this.baseUrl}/v2${path}`, { method, headers, agent: this.#agent });
        call.end(body);
        const [response] = (await once(call, 'response')) as [IncomingMessage];
        if (response.statusCode! >= 400) {
            const said = (await buffer(response)).subarray(0, 300).toString();
            throw new Error(`${method} ${path}: ${response.statusCode} ${said}`);
        }
        const answer = await read(response);
        this.durations.push(performance.now() - startedAt);
        return answer;
    }

    close(): void {
        this.#agent.destroy();
    }
}

/** Does the work for each number from 0 up to `count`, at most `atOnce` of them at a time. */
export async function forEachOf(count: number, atOnce: number, work: (n: number) => Promise<void>): Promise<void> {
    let next = 0;
    const worker = async (): Promise<void> => {
        while (next < count) await work(next++);
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker));
}
