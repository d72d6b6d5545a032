import { decodeBytes } from '../../trace/codec.js';
import type { RecordedRequest } from '../../trace/recorded.js';
import type { OpenCall } from '../calls.js';
import type { PlatformCore } from '../core.js';
import type { ApiCallGate } from '../gate.js';
import type { Call, Operation } from './operation.js';
import { Query } from './query.js';
import type { Reply } from './reply.js';
import type { OperationRouter } from './router.js';
import { toApiError } from './send-error.js';

/** What became of a call that was applied anew. */
export interface Applied {
    status: number;
    /** Entries that it wrote. */
    wrote: number;
}

/** Applies a call; what it writes is known as its own. */
export async function apply(open: OpenCall, operation: Operation, call: Call): Promise<Reply> {
    return open.writing(async () => operation.handle(call));
}

/** Applies a recorded call of a run anew, for a process that is gone. */
export async function applyAnew(
    { core, gate, router }: { core: PlatformCore; gate: ApiCallGate; router: OperationRouter },
    { method, target, contentType, body }: RecordedRequest,
    runId: string,
): Promise<Applied> {
    const url = new URL(`http://local${target}`);
    const { operation, params } = router.find(method, url.pathname);
    const { operationId } = operation;
    const open = core.store.calls.begin({ operationId, params, runId, ...gate.count(runId, operationId) });
    const call = {
        core,
        params,
        query: new Query(url.searchParams),
        headers: contentType === undefined ? {} : { 'content-type': contentType },
        body: Buffer.from(body ? decodeBytes(body) : []),
        caller: { kind: 'run', runId } as const,
        now: Date.now(),
        writing: open.writing,
    };
    const status = await apply(open, operation, call).then(
        (reply) => reply.status,
        (error: unknown) => toApiError(error).status,
    );
    open.end({ how: 'dropped' });
    return { status, wrote: open.wrote.length };
}
