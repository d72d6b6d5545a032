import { setTimeout } from 'node:timers/promises';

import { type ActorClient, ApifyClient, type RequestQueueClient, type RunClient, type TaskClient } from 'apify-client';

import { driveDataset, driveKeyValueStore, driveRequestQueue } from './drive-storages.js';

export interface ScenarioOptions {
    baseUrl: string;
    token: string;
    /** Actor to start; without one, nothing is done that needs a run. It must run until it is ended. */
    actor?: string | undefined;
    /** A task of that Actor; without one, nothing is done that needs it. */
    task?: string | undefined;
    /** True where the Actor may be given a price list, and tells its run's token. */
    canCharge: boolean;
}

/** Drives the real client through every operation, and cleans up behind itself. */
export class Scenario {
    readonly #client: ApifyClient;
    readonly #name = `contract-${Date.now().toString(36)}`;

    constructor(private readonly options: ScenarioOptions) {
        const { baseUrl, token } = options;
        this.#client = new ApifyClient({ baseUrl, token, maxRetries: 0 });
    }

    async run(): Promise<void> {
        const { username } = await this.#client.user('me').get();
        await this.#client.user(username).get();
        await this.#storages();
        const { actor } = this.options;
        if (actor !== undefined) await this.#runs(this.#client.actor(actor));
    }

    async #storages(): Promise<void> {
        const [client, name] = [this.#client, this.#name];
        const dataset = client.dataset((await client.datasets().getOrCreate()).id);
        const store = client.keyValueStore((await client.keyValueStores().getOrCreate()).id);
        const queue = client.requestQueue((await client.requestQueues().getOrCreate()).id, { clientKey: 'contract' });
        try {
            await driveDataset(dataset, name);
            await driveKeyValueStore(store, name);
            await driveRequestQueue(queue, name);
            await client.datasets().getOrCreate(name);
            await client.datasets().list({ limit: 10, desc: true });
            await client.keyValueStores().list({ limit: 10, unnamed: true });
            await client.requestQueues().list({ limit: 10, offset: 1 });
            await this.#call('HEAD', `/datasets/${dataset.id}/items`);
            await this.#call('POST', `/key-value-stores/${store.id}/records/POSTED`, '{}');
        } finally {
            await Promise.all([dataset.delete(), store.delete(), queue.delete()]);
        }
        // What is gone is not found.
        await dataset.get();
    }

    async #runs(actor: ActorClient): Promise<void> {
        const client = this.#client;
        const { id: actorId } = (await actor.get())!;
        await client.actors().list({ my: true });
        if (this.options.canCharge) await actor.update({ pricingInfos: [PRICING] } as never);
        const webhook = await client.webhooks().create({
            eventTypes: ['ACTOR.RUN.SUCCEEDED'],
            condition: { actorId },
            requestUrl: 'https://example.com/',
        });
        const started = await actor.start(
            { input: 1 },
            { memory: 256, timeout: 300, webhooks: [AD_HOC_WEBHOOK] as never },
        );
        const run = client.run(started.id);
        try {
            await this.#life(run, actorId);
            await this.#addresses(actor, started.id);
            await client.build(started.buildId).get();
            await client.webhook(webhook.id).get();
            await client.webhooks().list();
        } finally {
            await run.abort();
            const { items } = await client.webhooks().list();
            const own = items.filter(({ condition }) =>
                Object.values(condition).some((id) => id === actorId || id === run.id),
            );
            for (const { id } of own) await client.webhook(id!).delete();
        }
        await this.#storagesOfLastRun(actor);
        const { task } = this.options;
        if (task !== undefined) await this.#task(client.task(task));
    }

    async #task(task: TaskClient): Promise<void> {
        await task.get();
        await task.getInput();
        const { id } = await task.start({ input: 3 }, { memory: 256 });
        await this.#client.run(id).abort();
    }

    /** Everything that can happen to a run. It is running before and after. */
    async #life(run: RunClient, actorId: string): Promise<void> {
        await run.get({ waitForFinish: 0 });
        await run.update({ statusMessage: 'Under contract' });
        await this.#isUp(run);
        await this.#charge(run);
        await run.reboot();
        await this.#isUp(run);
        await run.metamorph(actorId, { input: 2 });
        await this.#isUp(run);
        await run.log().get();
        await this.#client.log(run.id!).get();
        await run.abort({ gracefully: true });
        await run.abort();
        await run.waitForFinish({ waitSecs: 60 });
        await run.resurrect({ timeout: 600 });
        await this.#isUp(run);
        await driveDataset(run.dataset());
        await driveKeyValueStore(run.keyValueStore());
        await driveRequestQueue(asClient(run.requestQueue()));
    }

    /** Waits until the Actor has told its token. On an Actor that never does, as long as a status needs. */
    async #isUp(run: RunClient): Promise<void> {
        if (!this.options.canCharge) {
            await run.waitForFinish({ waitSecs: 5 });
            return;
        }
        const store = run.keyValueStore();
        while (!(await store.recordExists('RUN-TOKEN'))) await setTimeout(POLL_MILLIS);
        const token = (await store.getRecord('RUN-TOKEN'))!.value as string;
        this.#runToken = token;
        await store.deleteRecord('RUN-TOKEN');
    }

    #runToken = '';

    async #charge(run: RunClient): Promise<void> {
        const charge = { eventName: EVENT, count: 2, idempotencyKey: this.#name };
        // By anybody but the run itself it is refused.
        await run.charge(charge).catch(ignoreApiError);
        if (!this.options.canCharge) return;
        const { baseUrl } = this.options;
        const ofRun = new ApifyClient({ baseUrl, token: this.#runToken, maxRetries: 0 });
        await ofRun.run(run.id!).charge(charge);
    }

    /** What is served under several addresses: those that the client doesn't use are called by hand. */
    async #addresses(actor: ActorClient, runId: string): Promise<void> {
        const client = this.#client;
        await client.runs().list({ limit: 5, desc: true, status: 'RUNNING' });
        await actor.runs().list({ limit: 5, desc: true });
        const last = actor.lastRun();
        await last.get();
        await last.log().get();
        await driveDataset(last.dataset());
        await driveKeyValueStore(last.keyValueStore());
        await driveRequestQueue(asClient(last.requestQueue()));
        const ofActor = `/acts/${encodeURIComponent(actor.id!)}/runs`;
        for (const below of ['dataset', 'key-value-store', 'request-queue']) {
            for (const run of [`/actor-runs/${runId}`, `${ofActor}/last`]) {
                await this.#call('PUT', `${run}/${below}`, '{}');
                if (below === 'key-value-store') await this.#call('POST', `${run}/${below}/records/POSTED`, '{}');
            }
        }
        await this.#call('GET', `${ofActor}/${runId}`);
        await this.#call('POST', `${ofActor}/last/reboot`);
        await this.#isUp(client.run(runId));
        await this.#call('POST', `${ofActor}/last/metamorph?targetActorId=${encodeURIComponent(actor.id!)}`);
        await this.#isUp(client.run(runId));
        await this.#call('POST', `${ofActor}/${runId}/metamorph?targetActorId=${encodeURIComponent(actor.id!)}`);
        await this.#isUp(client.run(runId));
        await this.#call('POST', `${ofActor}/${runId}/abort`);
        await client.run(runId).waitForFinish({ waitSecs: 60 });
        await this.#call('POST', `${ofActor}/${runId}/resurrect`);
        await this.#isUp(client.run(runId));
        await this.#call('POST', `${ofActor}/last/abort`);
        await client.run(runId).waitForFinish({ waitSecs: 60 });
    }

    /** Deletes default storages, once by the address of their run and once by that of the last run. */
    async #storagesOfLastRun(actor: ActorClient): Promise<void> {
        for (const runOf of [(id: string) => this.#client.run(id), () => actor.lastRun()]) {
            const { id } = await actor.start();
            const run = runOf(id);
            await run.abort();
            await run.dataset().delete();
            await run.keyValueStore().delete();
            await run.requestQueue().delete();
        }
    }

    /** A call that the client has no method for. */
    async #call(method: string, path: string, body?: string): Promise<void> {
        const response = await fetch(`${this.options.baseUrl}/v2${path}`, {
            method,
            headers: {
                authorization: `Bearer ${this.options.token}`,
                ...(body !== undefined && { 'content-type': 'application/json' }),
            },
            ...(body !== undefined && { body }),
        });
        await response.arrayBuffer();
    }
}

const POLL_MILLIS = 20;
const EVENT = 'contract-event';
const PRICING = {
    pricingModel: 'PAY_PER_EVENT',
    apifyMarginPercentage: 0.2,
    createdAt: '2025-01-01T00:00:00.000Z',
    startedAt: '2025-01-01T00:00:00.000Z',
    pricingPerEvent: {
        actorChargeEvents: {
            [EVENT]: { eventTitle: 'Contract', eventDescription: 'An event of the contract.', eventPriceUsd: 0.01 },
        },
    },
};
const AD_HOC_WEBHOOK = { eventTypes: ['ACTOR.RUN.FAILED'], requestUrl: 'https://example.com/' };

/** A lock belongs to a client key, and the client has no parameter for one here. */
function asClient(queue: RequestQueueClient): RequestQueueClient {
    return Object.assign(queue, { clientKey: 'contract' });
}

function ignoreApiError(error: Error): void {
    if (error.name !== 'ApifyApiError') throw error;
}
