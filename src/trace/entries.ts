import type { DatasetItem } from './dataset.js';
import type { StoredValue } from './records.js';
import type { QueueRequest } from './request-queue.js';
import type { ActorSettings } from './actors.js';
import type { RunRecord, RunStatus } from './runs.js';
import type { StorageKind } from './storage-kinds.js';
import type { WebhookRecord } from './webhooks.js';

/** What an API call writes to a storage. */
export type StorageEntry =
    | { type: 'storage.created'; kind: StorageKind; id: string; name?: string; runId?: string; alias?: string }
    | { type: 'storage.renamed'; kind: StorageKind; id: string; name: string | null }
    | { type: 'storage.deleted'; kind: StorageKind; id: string }
    | { type: 'items.pushed'; id: string; items: DatasetItem[] }
    | { type: 'record.put'; id: string; key: string; contentType: string; value: StoredValue }
    | { type: 'record.deleted'; id: string; key: string }
    | { type: 'requests.added'; id: string; requests: QueueRequest[]; forefront: boolean; clientKey?: string }
    | { type: 'request.updated'; id: string; request: QueueRequest; forefront: boolean; clientKey?: string }
    | { type: 'requests.deleted'; id: string; requestIds: string[]; clientKey?: string }
    | {
          type: 'requests.locked';
          id: string;
          requestIds: string[];
          /** Milliseconds since the epoch. */
          lockedUntil: number;
          clientKey?: string;
          runId?: string;
          /** True moves them to the head, false to the end; without it they keep their places. */
          forefront?: boolean;
      }
    | { type: 'requests.unlocked'; id: string; requestIds: string[]; forefront?: boolean }
    /** A client read from a queue for the first time. */
    | { type: 'request-queue.client-seen'; id: string; clientKey?: string };

/** What happens to a run. */
export type RunEntry =
    | { type: 'run.created'; run: RunRecord }
    | { type: 'run.changed'; id: string; change: Partial<RunRecord> }
    | { type: 'run.status'; id: string; status: RunStatus; exitCode?: number }
    | { type: 'run.boot'; id: string; incarnation: number; pid: number }
    | { type: 'run.event'; id: string; name: string; data?: unknown }
    | { type: 'run.charged'; id: string; eventName: string; count: number; idempotencyKey?: string }
    | { type: 'run.struck'; id: string; fault: string }
    | { type: 'run.exit'; id: string; incarnation: number; exitCode: number | null; signal: string | null };

/** What an API call writes that is neither of a storage nor of a run. */
export type AccountEntry =
    | { type: 'actor.changed'; id: string; change: ActorSettings }
    | { type: 'webhook.created'; webhook: WebhookRecord }
    | { type: 'webhook.deleted'; id: string };

/** One line of the journal: what happened, and when (milliseconds since the epoch). */
export type JournalEntry = { at: number } & (StorageEntry | RunEntry | AccountEntry);
