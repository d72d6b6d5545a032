import { Agent, request } from 'node:http';
import { buffer } from 'node:stream/consumers';

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
        const startedAt = performance.now();
        const answer = await new Promise<Buffer>((resolve, reject) => {
            const headers = {
                authorization: `Bearer ${this.token}`,
                'content-type': 'application/json',
                'content-length': body.length,
            };
            const call = request(`${this.baseUrl}/v2${path}`, { method, headers, agent: this.#agent }, (response) => {
                buffer(response).then((bytes) => {
                    if (response.statusCode! < 400) resolve(bytes);
                    else
                        reject(
                            new Error(`${method} ${path}: ${response.statusCode} ${bytes.subarray(0, 300).toString()}`),
                        );
                }, reject);
            });
            call.on('error', reject);
            call.end(body);
        });
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
